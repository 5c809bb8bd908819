/** The limiters of JavaScript and TypeScript: they make 429s rarer, and send nothing again. */
import type { RetryExport, RetryLibrary } from '../core/catalogue.ts';

const bottleneck: RetryLibrary = {
  id: 'bottleneck',
  language: 'typescript',
  packageName: 'bottleneck',
  modules: ['bottleneck', 'bottleneck/es5', 'bottleneck/light'],
  exports: new Map<string, RetryExport>([
    [
      'default',
      {
        does: 'concurrency',
        rateWhen: ['minTime', 'reservoir'],
        as: ['object'],
        methods: ['schedule', 'wrap', 'submit'],
        catches: 'own',
      },
    ],
  ]),
};

const pLimit: RetryLibrary = {
  id: 'p-limit',
  language: 'typescript',
  packageName: 'p-limit',
  modules: ['p-limit'],
  exports: new Map<string, RetryExport>([
    ['default', { does: 'concurrency', as: ['object'], methods: ['map'], runs: 0, catches: 'own' }],
    ['limitFunction', { does: 'concurrency', as: ['call'], runs: 0, catches: 'own' }],
  ]),
};

const mapped: RetryExport = { does: 'concurrency', as: ['call'], runs: 1, catches: 'own' };

const pMap: RetryLibrary = {
  id: 'p-map',
  language: 'typescript',
  packageName: 'p-map',
  modules: ['p-map'],
  exports: new Map([
    ['default', mapped],
    ['pMapIterable', mapped],
    ['pMapSettled', mapped],
  ]),
};

const pQueue: RetryLibrary = {
  id: 'p-queue',
  language: 'typescript',
  packageName: 'p-queue',
  modules: ['p-queue'],
  exports: new Map<string, RetryExport>([
    [
      'default',
      { does: 'concurrency', rateWhen: ['intervalCap'], as: ['object'], methods: ['add', 'addAll'], catches: 'own' },
    ],
  ]),
};

const pThrottle: RetryLibrary = {
  id: 'p-throttle',
  language: 'typescript',
  packageName: 'p-throttle',
  modules: ['p-throttle'],
  exports: new Map<string, RetryExport>([['default', { does: 'rate', as: ['decorator'], catches: 'own' }]]),
};

const bucket: RetryExport = { does: 'rate', as: ['object'], acquires: ['removeTokens'], catches: 'own' };

const limiter: RetryLibrary = {
  id: 'limiter',
  language: 'typescript',
  packageName: 'limiter',
  modules: ['limiter'],
  exports: new Map([
    ['RateLimiter', bucket],
    ['TokenBucket', bucket],
  ]),
};

const asyncSema: RetryLibrary = {
  id: 'async-sema',
  language: 'typescript',
  packageName: 'async-sema',
  modules: ['async-sema'],
  exports: new Map<string, RetryExport>([
    ['Sema', { does: 'concurrency', as: ['object'], acquires: ['acquire'], catches: 'own' }],
    // What it gives is called itself, ahead of each request: `await limit()`.
    ['RateLimit', { does: 'rate', as: ['object'], acquires: [''], catches: 'own' }],
  ]),
};

export const limiters: readonly RetryLibrary[] = [bottleneck, pLimit, pMap, pQueue, pThrottle, limiter, asyncSema];
