/** The calls of the retry libraries, as each of their versions has to be asked. */
import type { RetryPolicy } from '../../core/settings.ts';
import { milliseconds } from './write-delay.ts';
import type { Wanted } from './write-module-import.ts';

export interface RetryPackage extends PackageVersions {
  readonly name: string;
}

interface PackageVersions {
  /** First and last major version that is used so; without both, any version, and one that is not told. */
  readonly since?: number;
  readonly until?: number;
  /** The first major version that CommonJS can’t load. */
  readonly esOnly?: number;
  /** Whether its waits end when a signal is aborted. */
  readonly signal: boolean;
  /** What is imported; the first one makes the retry. */
  readonly imports: readonly Wanted[];
  /** The lines of a helper that has `request`, `started` and perhaps `signal`. */
  body(parts: BodyParts): readonly string[];
}

interface BodyParts {
  /** Of the imports, in their order. */
  readonly names: readonly string[];
  readonly typed: boolean;
  readonly policy: RetryPolicy;
  /** The name of the function that gives the server's wait. */
  readonly wait: string;
  /** The statement that waits for `wait`. */
  readonly pause: string;
  readonly signal: boolean;
  /** The name of the global. */
  readonly math: string;
}

const importOf = (module: string, name: string, ...wishes: readonly string[]): Wanted => ({
  module,
  name,
  wishes: [...wishes, ...(name === 'default' ? [] : [name])],
});

/** In the order of preference. */
export const retryPackages: readonly { readonly name: string; readonly versions: readonly PackageVersions[] }[] = [
  { name: 'p-retry', versions: [pRetry(6, 6), pRetry(7), pRetryBefore(5), pRetryBefore()] },
  { name: 'exponential-backoff', versions: [exponentialBackoff()] },
  { name: 'async-retry', versions: [asyncRetry()] },
  { name: 'cockatiel', versions: [cockatiel()] },
];

/** From 6 on a predicate decides, and may wait; since 7 it gets an object. */
function pRetry(since: number, until?: number): PackageVersions {
  return {
    since,
    ...(until !== undefined && { until }),
    esOnly: 5,
    signal: true,
    imports: [importOf('p-retry', 'default', 'pRetry')],
    body: ({ names: [retry], policy, wait, pause, signal }) => [
      `  return ${retry}(request, {`,
      ...waits(policy).map((line) => `    ${line}`),
      ...(signal ? ['    ...(signal && { signal }),'] : []),
      `    async shouldRetry(${since === 6 ? 'error' : '{ error }'}) {`,
      `      const wait = ${wait}(error, started);`,
      // Version 6 asks even when no attempt is left.
      `      if (wait === undefined${since === 6 ? ' || error.retriesLeft === 0' : ''}) return false;`,
      `      ${pause}`,
      '      return true;',
      '    },',
      '  });',
    ],
  };
}

/** Up to version 5 an error of its own ends the retry; all later versions know it, too. */
function pRetryBefore(until?: number): PackageVersions {
  return {
    ...(until !== undefined && { until }),
    esOnly: 5,
    signal: false,
    imports: [importOf('p-retry', 'default', 'pRetry'), importOf('p-retry', 'AbortError', 'AbortError', 'AbortRetry')],
    body: (parts) =>
      untilThrown(parts, 'attempt', (last) => [
        `        if (${last})`,
        `          throw new ${parts.names[1]}(error${parts.typed ? ' as Error' : ''});`,
      ]),
  };
}

function asyncRetry(): PackageVersions {
  return {
    signal: false,
    imports: [importOf('async-retry', 'default', 'retry', 'asyncRetry')],
    body: (parts) =>
      untilThrown(parts, 'bail, attempt', (last) => [
        `        if (${last}) {`,
        `          bail(error${parts.typed ? ' as Error' : ''});`,
        `          return undefined${parts.typed ? ' as never' : ''};`,
        '        }',
      ]),
  };
}

/** A function that throws to be called again; `end` says how it ends the retry when `last` holds. */
function untilThrown(
  { names: [retry], policy, wait, pause }: BodyParts,
  parameters: string,
  end: (last: string) => readonly string[],
): readonly string[] {
  return [
    `  return ${retry}(`,
    `    async (${parameters}) => {`,
    '      try {',
    '        return await request();',
    '      } catch (error) {',
    `        const wait = ${wait}(error, started);`,
    ...end(`wait === undefined || attempt >= ${policy.maxAttempts}`),
    `        ${pause}`,
    '        throw error;',
    '      }',
    '    },',
    '    {',
    ...waits(policy).map((line) => `      ${line}`),
    '    },',
    '  );',
  ];
}

function exponentialBackoff(): PackageVersions {
  return {
    signal: false,
    imports: [importOf('exponential-backoff', 'backOff', 'backOff', 'exponentialBackOff')],
    body: ({ names: [backOff], typed, policy, wait, pause }) => [
      `  return ${backOff}${typed ? '<T>' : ''}(async () => request(), {`,
      `    numOfAttempts: ${policy.maxAttempts},`,
      `    startingDelay: ${milliseconds(policy.baseSeconds)},`,
      `    maxDelay: ${milliseconds(policy.maxWaitSeconds)},`,
      "    jitter: 'full',",
      '    async retry(error, attempts) {',
      `      const wait = ${wait}(error, started);`,
      `      if (wait === undefined || attempts >= ${policy.maxAttempts}) return false;`,
      `      ${pause}`,
      '      return true;',
      '    },',
      '  });',
    ],
  };
}

function cockatiel(): PackageVersions {
  return {
    since: 3,
    esOnly: 4,
    signal: false,
    imports: [
      importOf('cockatiel', 'retry', 'retry', 'retryPolicy'),
      importOf('cockatiel', 'handleWhen'),
      importOf('cockatiel', 'DelegateBackoff'),
    ],
    body: ({ names: [retry, handleWhen, backoff], typed, policy, wait, math }) => [
      `  const asked = (error${typed ? ': unknown' : ''}) => ${wait}(error, started);`,
      `  const limited = ${handleWhen}((error) => asked(error) !== undefined);`,
      `  const policy = ${retry}(limited, {`,
      `    maxAttempts: ${policy.maxAttempts - 1},`,
      `    backoff: new ${backoff}(({ attempt, result }) => {`,
      "      const wait = 'error' in result ? asked(result.error) : undefined;",
      `      const most = ${math}.min(${milliseconds(policy.maxWaitSeconds)}, ${milliseconds(policy.baseSeconds)} * 2 ** (attempt - 1));`,
      `      return ${math}.max(wait ?? 0, ${math}.random() * most);`,
      '    }),',
      '  });',
      '  return policy.execute(request);',
    ],
  };
}

/** The options of `retry`, which several libraries hand on. */
function waits(policy: RetryPolicy): readonly string[] {
  return [
    `retries: ${policy.maxAttempts - 1},`,
    `minTimeout: ${milliseconds(policy.baseSeconds)},`,
    `maxTimeout: ${milliseconds(policy.maxWaitSeconds)},`,
    'randomize: true,',
    `maxRetryTime: ${milliseconds(policy.maxTotalSeconds)},`,
  ];
}
