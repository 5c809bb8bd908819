/** The retry libraries of JavaScript and TypeScript that are composed of policies, or built into something else. */
import type { ArgumentKey, RetryExport, RetryLibrary, RetryPart } from '../core/catalogue.ts';
import { fixed, growing, none, spread, told, wait } from './waits.ts';

const cockatiel: RetryLibrary = {
  id: 'cockatiel',
  language: 'typescript',
  packageName: 'cockatiel',
  modules: ['cockatiel'],
  exports: new Map<string, RetryExport>([
    [
      'retry',
      {
        does: 'retry',
        as: ['object'],
        methods: ['execute'],
        on: [0],
        catches: 'named',
        attempts: { at: ['maxAttempts'], counts: 'retries', default: Number.POSITIVE_INFINITY },
        wait: { default: none, sets: new Map<ArgumentKey, 'part'>([['backoff', 'part']]) },
        writes: {
          bound: { options: { maxAttempts: '{retries}' }, at: 1 },
          spread: {
            options: { backoff: 'new ExponentialBackoff({ initialDelay: {baseMs}, maxDelay: {capMs} })' },
            needs: ['ExponentialBackoff'],
            at: 1,
          },
        },
      },
    ],
    ['bulkhead', { does: 'concurrency', as: ['object'], methods: ['execute'], catches: 'own' }],
  ]),
  parts: new Map<string, RetryPart>([
    ['handleAll', { k: 'on', by: 'any' }],
    ['handleType', { k: 'on', by: 'class' }],
    ['handleWhen', { k: 'on', by: 'predicate' }],
    ['handleResultType', { k: 'on', by: 'own' }],
    ['handleWhenResult', { k: 'on', by: 'own' }],
    ['ConstantBackoff', wait(fixed)],
    ['ExponentialBackoff', wait(spread)],
    ['IterableBackoff', wait(growing)],
    ['DelegateBackoff', wait(told)],
  ]),
};

const axiosRetry: RetryLibrary = {
  id: 'axios-retry',
  language: 'typescript',
  packageName: 'axios-retry',
  modules: ['axios-retry'],
  exports: new Map<string, RetryExport>([
    [
      'default',
      {
        does: 'retry',
        as: ['mixin'],
        on: ['retryCondition'],
        catches: 'notPost',
        attempts: { at: ['retries'], counts: 'retries', default: 3 },
        wait: { default: told, sets: new Map<ArgumentKey, 'part'>([['retryDelay', 'part']]) },
      },
    ],
  ]),
  parts: new Map<string, RetryPart>([
    ['exponentialDelay', wait(spread)],
    ['linearDelay', wait(growing)],
    ['default.exponentialDelay', wait(spread)],
    ['default.linearDelay', wait(growing)],
    ['isRetryableError', { k: 'on', by: 'predicate' }],
    ['default.isRetryableError', { k: 'on', by: 'predicate' }],
  ]),
};

const effect: RetryLibrary = {
  id: 'effect',
  language: 'typescript',
  packageName: 'effect',
  modules: ['effect'],
  exports: new Map<string, RetryExport>([
    [
      'Effect.retry',
      {
        does: 'retry',
        as: ['call', 'operator'],
        runs: 0,
        on: ['while', 'until'],
        catches: 'any',
        attempts: { at: ['times'], counts: 'retries', default: Number.POSITIVE_INFINITY },
        wait: {
          default: none,
          sets: new Map<ArgumentKey, 'part'>([
            [0, 'part'],
            [1, 'part'],
            ['schedule', 'part'],
          ]),
        },
      },
    ],
  ]),
  parts: new Map<string, RetryPart>([
    ['Schedule.exponential', wait(growing)],
    ['Schedule.fibonacci', wait(growing)],
    ['Schedule.spaced', wait(fixed)],
    ['Schedule.fixed', wait(fixed)],
    ['Schedule.recurs', { k: 'stop', attempts: 0 }],
    ['Schedule.upTo', { k: 'stop' }],
    ['Schedule.jittered', { k: 'jitter' }],
    ['Schedule.forever', { k: 'never-stop' }],
  ]),
};

const rxjs: RetryLibrary = {
  id: 'rxjs',
  language: 'typescript',
  packageName: 'rxjs',
  modules: ['rxjs', 'rxjs/operators'],
  exports: new Map<string, RetryExport>([
    [
      'retry',
      {
        does: 'retry',
        as: ['operator'],
        catches: 'any',
        attempts: { at: [0, 'count'], counts: 'retries', default: Number.POSITIVE_INFINITY },
        wait: { default: none, sets: new Map([['delay', 'opaque']]) },
      },
    ],
    // Its function decides everything: which error, how often, when.
    ['retryWhen', { does: 'retry', as: ['operator'], on: [0], catches: 'named' }],
  ]),
};

export const policyLibraries: readonly RetryLibrary[] = [cockatiel, axiosRetry, effect, rxjs];
