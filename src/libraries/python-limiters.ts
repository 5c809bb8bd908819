/** Python's limiters: they make 429s rarer, and send nothing again. */
import type { RetryExport, RetryLibrary } from '../core/catalogue.ts';

const decorated: RetryExport = { does: 'rate', as: ['decorator'], catches: 'own' };
const entered: RetryExport = { does: 'rate', as: ['context'], acquires: ['acquire'], catches: 'own' };

const ratelimit: RetryLibrary = {
  id: 'ratelimit',
  language: 'python',
  packageName: 'ratelimit',
  modules: ['ratelimit', 'ratelimit.decorators'],
  exports: new Map<string, RetryExport>([
    ['limits', decorated],
    ['rate_limited', decorated],
    ['RateLimitDecorator', decorated],
    // Repeats the call, but only on the exception of `limits` itself.
    ['sleep_and_retry', decorated],
  ]),
};

const ratelimiter: RetryLibrary = {
  id: 'ratelimiter',
  language: 'python',
  packageName: 'ratelimiter',
  modules: ['ratelimiter'],
  exports: new Map<string, RetryExport>([['RateLimiter', { ...entered, as: ['context', 'decorator'], acquires: [] }]]),
};

const aiolimiter: RetryLibrary = {
  id: 'aiolimiter',
  language: 'python',
  packageName: 'aiolimiter',
  modules: ['aiolimiter'],
  exports: new Map([['AsyncLimiter', entered]]),
};

const asyncioThrottle: RetryLibrary = {
  id: 'asyncio-throttle',
  language: 'python',
  packageName: 'asyncio-throttle',
  modules: ['asyncio_throttle'],
  exports: new Map([['Throttler', entered]]),
};

const pyrateLimiter: RetryLibrary = {
  id: 'pyrate-limiter',
  language: 'python',
  packageName: 'pyrate-limiter',
  modules: ['pyrate_limiter', 'pyrate_limiter.limiter'],
  exports: new Map<string, RetryExport>([
    [
      'Limiter',
      {
        does: 'rate',
        as: ['object', 'decorator'],
        methods: ['as_decorator'],
        acquires: ['try_acquire', 'try_acquire_async'],
        catches: 'own',
      },
    ],
  ]),
};

const metered: RetryExport = {
  does: 'concurrency',
  rateWhen: ['max_per_second'],
  as: ['call'],
  runs: 0,
  catches: 'own',
};

const aiometer: RetryLibrary = {
  id: 'aiometer',
  language: 'python',
  packageName: 'aiometer',
  modules: ['aiometer'],
  exports: new Map([
    ['run_all', metered],
    ['run_any', metered],
    ['run_on_each', metered],
    ['amap', metered],
  ]),
};

const semaphore: RetryExport = { does: 'concurrency', as: ['context'], acquires: ['acquire'], catches: 'own' };

const standardLibrary: RetryLibrary = {
  id: 'python-standard-library',
  language: 'python',
  packageName: 'python',
  modules: ['asyncio', 'threading', 'concurrent.futures', 'multiprocessing.pool'],
  exports: new Map<string, RetryExport>([
    ['Semaphore', semaphore],
    ['BoundedSemaphore', semaphore],
    [
      'ThreadPoolExecutor',
      { does: 'concurrency', as: ['object', 'context'], methods: ['submit', 'map'], catches: 'own' },
    ],
    [
      'ThreadPool',
      {
        does: 'concurrency',
        as: ['object', 'context'],
        methods: ['map', 'imap', 'imap_unordered', 'starmap', 'apply', 'apply_async', 'map_async', 'starmap_async'],
        catches: 'own',
      },
    ],
  ]),
};

const anyio: RetryLibrary = {
  id: 'anyio',
  language: 'python',
  packageName: 'anyio',
  modules: ['anyio'],
  exports: new Map([
    ['Semaphore', semaphore],
    ['CapacityLimiter', semaphore],
  ]),
};

export const limiters: readonly RetryLibrary[] = [
  ratelimit,
  ratelimiter,
  aiolimiter,
  asyncioThrottle,
  pyrateLimiter,
  aiometer,
  standardLibrary,
  anyio,
];
