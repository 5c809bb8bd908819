/** The retry libraries of JavaScript and TypeScript that are called with the function they run. */
import type { RetryExport, RetryLibrary, RetryPart, WaitShape } from '../core/catalogue.ts';
import { fixed, growing, none, random, spread, wait } from './waits.ts';

/** What `retry` does, and all that is built on it. */
const retryOperation: RetryExport = {
  does: 'retry',
  as: ['object'],
  methods: ['attempt'],
  catches: 'any',
  attempts: { at: ['retries'], counts: 'retries', default: 10 },
  forever: ['forever'],
  time: { at: ['maxRetryTime'] },
  wait: { default: growing, jitterAt: ['randomize'] },
};

const retry: RetryLibrary = {
  id: 'retry-npm',
  language: 'typescript',
  packageName: 'retry',
  modules: ['retry'],
  exports: new Map([['operation', retryOperation]]),
};

const asyncRetry: RetryLibrary = {
  id: 'async-retry',
  language: 'typescript',
  packageName: 'async-retry',
  modules: ['async-retry'],
  exports: new Map<string, RetryExport>([
    ['default', { ...retryOperation, as: ['call'], runs: 0, wait: { default: spread, jitterAt: ['randomize'] } }],
  ]),
};

const promiseRetry: RetryLibrary = {
  id: 'promise-retry',
  language: 'typescript',
  packageName: 'promise-retry',
  modules: ['promise-retry'],
  // Only what the function itself hands to its `retry` argument is repeated.
  exports: new Map<string, RetryExport>([['default', { ...retryOperation, as: ['call'], runs: 0, catches: 'named' }]]),
};

const pRetryCall: RetryExport = { ...retryOperation, as: ['call'], runs: 0, on: ['shouldRetry'] };

const pRetry: RetryLibrary = {
  id: 'p-retry',
  language: 'typescript',
  packageName: 'p-retry',
  modules: ['p-retry'],
  exports: new Map([
    ['default', pRetryCall],
    ['makeRetriable', pRetryCall],
  ]),
};

const exponentialBackoff: RetryLibrary = {
  id: 'exponential-backoff',
  language: 'typescript',
  packageName: 'exponential-backoff',
  modules: ['exponential-backoff'],
  exports: new Map<string, RetryExport>([
    [
      'backOff',
      {
        does: 'retry',
        as: ['call'],
        runs: 0,
        on: ['retry'],
        catches: 'any',
        attempts: { at: ['numOfAttempts'], counts: 'attempts', default: 10 },
        wait: { default: growing, jitterAt: ['jitter'] },
        writes: { quota: { options: { retry: '(error) => {quota}' }, at: 1, once: true } },
      },
    ],
  ]),
};

const tsRetryCall: RetryExport = {
  does: 'retry',
  as: ['call'],
  runs: 0,
  on: ['onError'],
  catches: 'any',
  attempts: { at: ['maxTry'], counts: 'attempts', default: 240 },
  wait: { default: fixed, sets: new Map([['delay', 'part']]) },
};

const tsRetry: RetryLibrary = {
  id: 'ts-retry',
  language: 'typescript',
  packageName: 'ts-retry',
  modules: ['ts-retry'],
  exports: new Map([
    ['retry', tsRetryCall],
    ['retryAsync', tsRetryCall],
    ['retryAsyncDecorator', tsRetryCall],
    ['retryAsyncUntilDefined', tsRetryCall],
    ['retryAsyncUntilDefinedDecorator', tsRetryCall],
    ['retryAsyncUntilResponse', tsRetryCall],
    ['retryAsyncUntilResponseDecorator', tsRetryCall],
    ['retryAsyncUntilTruthy', tsRetryCall],
    ['retryAsyncUntilTruthyDecorator', tsRetryCall],
  ]),
  parts: new Map<string, RetryPart>([
    ['createExponetialDelay', wait(growing)],
    ['createMutiplicableDelay', wait(growing)],
    ['createRandomDelay', wait(random)],
  ]),
};

const tsRetryPromiseCall: RetryExport = {
  does: 'retry',
  as: ['call'],
  runs: 0,
  on: ['retryIf'],
  catches: 'any',
  attempts: { at: ['retries'], counts: 'retries', default: 10 },
  time: { at: ['timeout'], default: 60 },
  wait: { default: fixed, sets: new Map([['backoff', growing]]) },
  writes: {
    spread: { options: { delay: '{baseMs}', backoff: "'EXPONENTIAL'", maxBackOff: '{capMs}' }, at: 1 },
    quota: { options: { retryIf: '(error) => {quota}' }, at: 1, once: true },
  },
  raises: { error: 'RetryError' },
};

const tsRetryPromise: RetryLibrary = {
  id: 'ts-retry-promise',
  language: 'typescript',
  packageName: 'ts-retry-promise',
  modules: ['ts-retry-promise'],
  exports: new Map([
    ['retry', tsRetryPromiseCall],
    ['retryDecorator', tsRetryPromiseCall],
  ]),
};

const attempt: RetryLibrary = {
  id: 'lifeomic-attempt',
  language: 'typescript',
  packageName: '@lifeomic/attempt',
  modules: ['@lifeomic/attempt'],
  exports: new Map<string, RetryExport>([
    [
      'retry',
      {
        does: 'retry',
        as: ['call'],
        runs: 0,
        on: ['handleError'],
        catches: 'any',
        attempts: { at: ['maxAttempts'], counts: 'attempts', default: 3 },
        wait: {
          default: fixed,
          sets: new Map<string, WaitShape | 'opaque'>([
            ['factor', growing],
            ['calculateDelay', 'opaque'],
          ]),
          jitterAt: ['jitter'],
        },
        writes: {
          spread: { options: { delay: '{baseMs}', factor: '2', maxDelay: '{capMs}', jitter: 'true' }, at: 1 },
        },
      },
    ],
  ]),
};

const esToolkit: RetryLibrary = {
  id: 'es-toolkit',
  language: 'typescript',
  packageName: 'es-toolkit',
  modules: ['es-toolkit', 'es-toolkit/function'],
  exports: new Map<string, RetryExport>([
    [
      'retry',
      {
        does: 'retry',
        as: ['call'],
        runs: 0,
        on: ['shouldRetry'],
        catches: 'any',
        attempts: { at: [1, 'retries'], counts: 'retries', default: Number.POSITIVE_INFINITY },
        wait: { default: none, sets: new Map([['delay', 'opaque']]) },
        writes: {
          bound: { options: { retries: '{retries}' }, at: 1 },
          spread: { options: { delay: '(attempt) => {spreadMs}' }, at: 1 },
          quota: { options: { shouldRetry: '(error) => {quota}' }, at: 1, once: true },
        },
      },
    ],
  ]),
};

const radash: RetryLibrary = {
  id: 'radash',
  language: 'typescript',
  packageName: 'radash',
  modules: ['radash'],
  exports: new Map<string, RetryExport>([
    [
      'retry',
      {
        does: 'retry',
        as: ['call'],
        runs: 1,
        catches: 'any',
        attempts: { at: ['times'], counts: 'attempts', default: 3 },
        wait: {
          default: none,
          sets: new Map<string, WaitShape | 'opaque'>([
            ['delay', fixed],
            ['backoff', 'opaque'],
          ]),
        },
        writes: { spread: { options: { backoff: '(attempt) => {spreadMs}' }, drops: ['delay'], at: 0 } },
      },
    ],
  ]),
};

/** What LangChain’s models send their requests through. */
const asyncCaller: RetryExport = {
  does: 'retry',
  as: ['object'],
  runs: 0,
  methods: ['call', 'callWithOptions'],
  catches: 'any',
  attempts: { at: ['maxRetries'], counts: 'retries', default: 6 },
  wait: { default: spread },
};

const langchainCore: RetryLibrary = {
  id: 'LangChain',
  language: 'typescript',
  packageName: '@langchain/core',
  modules: ['@langchain/core'],
  exports: new Map([['AsyncCaller', asyncCaller]]),
  inherited: new Map([
    ['caller.call', asyncCaller],
    ['caller.callWithOptions', asyncCaller],
  ]),
};

export const retryLibraries: readonly RetryLibrary[] = [
  langchainCore,
  pRetry,
  asyncRetry,
  promiseRetry,
  retry,
  exponentialBackoff,
  tsRetry,
  tsRetryPromise,
  attempt,
  esToolkit,
  radash,
];
