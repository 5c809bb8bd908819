/** Python's retry and limiter libraries. */
import type { ArgumentKey, RetryExport, RetryLibrary, RetryPart, WaitShape, WaitTimes } from '../core/catalogue.ts';
import { fixed, growing, none, random, spread, told, wait } from './waits.ts';

const tenacityRetry: RetryExport = {
  does: 'retry',
  as: ['decorator'],
  on: ['retry'],
  catches: 'any',
  attempts: { at: ['stop'], counts: 'attempts', default: Number.POSITIVE_INFINITY },
  wait: { default: none, sets: new Map([['wait', 'part']]) },
  writes: {
    bound: { options: { stop: 'stop_after_attempt({attempts})', reraise: 'True' }, needs: ['stop_after_attempt'] },
    spread: {
      options: { wait: 'wait_random_exponential(multiplier={base}, max={cap})' },
      needs: ['wait_random_exponential'],
    },
    quota: {
      options: { retry: 'retry_if_exception(lambda error: {quota})' },
      needs: ['retry_if_exception'],
      joins: '&',
      ahead: 'retry_if_exception_type()',
    },
    original: { options: { reraise: 'True' } },
  },
  raises: { error: 'RetryError', unless: 'reraise', other: ['retry_error_cls', 'retry_error_callback'] },
};

const tenacityObject: RetryExport = {
  ...tenacityRetry,
  as: ['object', 'context', 'decorator'],
  methods: ['wraps'],
  runs: 0,
};

const doubling: WaitTimes = {
  factor: [0, 'multiplier'],
  otherwise: 1,
  most: [1, 'max'],
  least: [3, 'min'],
  doubles: true,
};

const tenacity: RetryLibrary = {
  id: 'tenacity',
  language: 'python',
  packageName: 'tenacity',
  modules: ['tenacity', 'tenacity.asyncio', 'tenacity.stop', 'tenacity.wait', 'tenacity.retry'],
  exports: new Map([
    ['retry', tenacityRetry],
    ['Retrying', tenacityObject],
    ['AsyncRetrying', tenacityObject],
  ]),
  parts: new Map<string, RetryPart>([
    ['stop_after_attempt', { k: 'stop', attempts: 0 }],
    ['stop_after_delay', { k: 'stop' }],
    ['stop_before_delay', { k: 'stop' }],
    ['stop_when_event_set', { k: 'stop' }],
    ['stop_never', { k: 'never-stop' }],
    ['wait_none', wait(none)],
    ['wait_fixed', wait(fixed, { factor: [0, 'wait'], doubles: false })],
    ['wait_random', wait(random)],
    ['wait_incrementing', wait(growing)],
    ['wait_exponential', wait(growing, doubling)],
    ['wait_random_exponential', wait(spread, doubling)],
    ['wait_full_jitter', wait(spread, doubling)],
    ['wait_exponential_jitter', wait(spread)],
    ['wait_exception', wait(told)],
    ['retry_always', { k: 'on', by: 'any' }],
    ['retry_never', { k: 'on', by: 'own' }],
    ['retry_if_exception', { k: 'on', by: 'predicate' }],
    ['retry_if_exception_type', { k: 'on', by: 'class' }],
    ['retry_if_not_exception_type', { k: 'on', by: 'not-class' }],
    ['retry_unless_exception_type', { k: 'on', by: 'not-class' }],
    ['retry_if_exception_cause_type', { k: 'on', by: 'predicate' }],
    ['retry_if_exception_message', { k: 'on', by: 'predicate' }],
    ['retry_if_not_exception_message', { k: 'on', by: 'predicate' }],
    ['retry_if_result', { k: 'on', by: 'own' }],
    ['retry_if_not_result', { k: 'on', by: 'own' }],
  ]),
};

const backoffOnException: RetryExport = {
  does: 'retry',
  as: ['decorator'],
  on: [1, 'exception', 'giveup'],
  catches: 'named',
  attempts: { at: ['max_tries'], counts: 'attempts', default: Number.POSITIVE_INFINITY },
  time: { at: ['max_time'] },
  wait: {
    default: spread,
    sets: new Map<ArgumentKey, 'part'>([
      [0, 'part'],
      ['wait_gen', 'part'],
    ]),
    jitterAt: ['jitter'],
  },
  writes: {
    bound: { options: { max_tries: '{attempts}' } },
    spread: { options: { jitter: 'full_jitter' }, needs: ['full_jitter'] },
    quota: { options: { giveup: 'lambda error: {isQuota}' }, once: true },
  },
};

const backoff: RetryLibrary = {
  id: 'backoff',
  language: 'python',
  packageName: 'backoff',
  modules: ['backoff'],
  exports: new Map<string, RetryExport>([
    ['on_exception', backoffOnException],
    ['on_predicate', { ...backoffOnException, on: [], catches: 'own' }],
  ]),
  // Its jitter is the decorator's, and full unless `jitter=None`.
  parts: new Map<string, RetryPart>([
    ['expo', wait(spread)],
    ['fibo', wait(spread)],
    ['constant', wait(random)],
    ['runtime', wait(told)],
  ]),
};

const staminaRetry: RetryExport = {
  does: 'retry',
  as: ['decorator'],
  on: [0, 'on'],
  catches: 'named',
  attempts: { at: ['attempts'], counts: 'attempts', default: 10 },
  time: { at: ['timeout'], default: 45 },
  wait: { default: spread, jitterAt: ['wait_jitter'] },
};

const staminaCaller: RetryExport = { ...staminaRetry, as: ['object'], on: [], runs: 1, methods: ['on'] };

const stamina: RetryLibrary = {
  id: 'stamina',
  language: 'python',
  packageName: 'stamina',
  modules: ['stamina'],
  exports: new Map<string, RetryExport>([
    ['retry', staminaRetry],
    ['retry_context', { ...staminaRetry, as: ['context'] }],
    ['RetryingCaller', staminaCaller],
    ['AsyncRetryingCaller', staminaCaller],
  ]),
};

const retryingRetry: RetryExport = {
  does: 'retry',
  as: ['decorator'],
  synchronous: true,
  on: ['retry_on_exception'],
  catches: 'any',
  attempts: { at: ['stop_max_attempt_number'], counts: 'attempts', default: Number.POSITIVE_INFINITY },
  time: { at: ['stop_max_delay'] },
  wait: {
    default: none,
    sets: new Map<string, WaitShape | 'opaque'>([
      ['wait_fixed', fixed],
      ['wait_random_min', random],
      ['wait_random_max', random],
      ['wait_incrementing_start', growing],
      ['wait_incrementing_increment', growing],
      ['wait_exponential_multiplier', growing],
      ['wait_exponential_max', growing],
      ['wait_func', 'opaque'],
    ]),
    jitterAt: ['wait_jitter_max'],
  },
  writes: {
    bound: { options: { stop_max_attempt_number: '{attempts}' } },
    spread: {
      options: {
        wait_exponential_multiplier: '{baseMs}',
        wait_exponential_max: '{capMs}',
        wait_jitter_max: '{baseMs}',
      },
      drops: ['wait_fixed'],
    },
    quota: { options: { retry_on_exception: 'lambda error: {quota}' }, once: true },
  },
};

const retrying: RetryLibrary = {
  id: 'retrying',
  language: 'python',
  packageName: 'retrying',
  modules: ['retrying'],
  exports: new Map<string, RetryExport>([
    ['retry', retryingRetry],
    ['Retrying', { ...retryingRetry, as: ['object'], methods: ['call'], runs: 0 }],
  ]),
};

const retryRetry: RetryExport = {
  does: 'retry',
  as: ['decorator'],
  synchronous: true,
  on: [0, 'exceptions'],
  catches: 'any',
  attempts: { at: [1, 'tries'], counts: 'attempts', default: Number.POSITIVE_INFINITY },
  wait: {
    default: none,
    sets: new Map<ArgumentKey, WaitShape>([
      [2, fixed],
      ['delay', fixed],
      [4, growing],
      ['backoff', growing],
    ]),
    jitterAt: [5, 'jitter'],
  },
  writes: {
    bound: { options: { tries: '{attempts}' }, unless: [1] },
    spread: {
      options: { delay: '{base}', backoff: '2', max_delay: '{cap}', jitter: '(0, {base})' },
      unless: [2, 3, 4, 5],
    },
  },
};

const retryCall: RetryExport = {
  ...retryRetry,
  as: ['call'],
  runs: 0,
  on: [3, 'exceptions'],
  attempts: { at: [4, 'tries'], counts: 'attempts', default: Number.POSITIVE_INFINITY },
  writes: {},
  wait: {
    default: none,
    sets: new Map<ArgumentKey, WaitShape>([
      [5, fixed],
      ['delay', fixed],
      [7, growing],
      ['backoff', growing],
    ]),
    jitterAt: [8, 'jitter'],
  },
};

/** `retry` and its fork `retry2` share a module. */
const retry: RetryLibrary = {
  id: 'retry',
  language: 'python',
  packageName: 'retry',
  modules: ['retry', 'retry.api'],
  exports: new Map([
    ['retry', retryRetry],
    ['retry_call', retryCall],
  ]),
};

const opnieuwRetry: RetryExport = {
  does: 'retry',
  as: ['decorator'],
  on: ['retry_on_exceptions'],
  catches: 'named',
  attempts: { at: ['max_calls_total'], counts: 'attempts', default: 3 },
  time: { at: ['retry_window_after_first_call_in_seconds'], default: 60 },
  wait: { default: spread },
};

const opnieuw: RetryLibrary = {
  id: 'opnieuw',
  language: 'python',
  packageName: 'opnieuw',
  modules: ['opnieuw'],
  exports: new Map([
    ['retry', opnieuwRetry],
    ['retry_async', opnieuwRetry],
  ]),
};

export const retryLibraries: readonly RetryLibrary[] = [tenacity, backoff, stamina, retrying, retry, opnieuw];
