/** Writes the repair `library`: the request handed to a helper that retries with the library of the project. */
import type { Surroundings } from '../../core/editor.ts';
import type { RetryPolicy } from '../../core/settings.ts';
import type { Request } from '../../core/verdict.ts';
import { say } from '../../core/words.ts';
import type { Tree } from '../syntax.ts';
import { waitHelper } from './write-delay.ts';
import type { Draft } from './write-draft.ts';
import { type Helper, pauseHelper, wrapHead } from './write-helper.ts';
import { type RetryPackage, retryPackages } from './write-library-calls.ts';
import { importFrom, type ModuleSystem, moduleSystemOf } from './write-module-import.ts';
import { refuse } from './write-refusal.ts';
import { errorShapeOf, prepareRetry, type Retry, type Wrapping, wrapRequest } from './write-retry.ts';
import type { Dialect } from './write-style.ts';

export function writeLibrary(
  tree: Tree,
  request: Request,
  policy: RetryPolicy,
  dialect: Dialect,
  { packages, path, format }: Surroundings,
): Draft {
  const used = packageFor(packages, moduleSystemOf(tree, path));
  const retry = prepareRetry(tree, request, policy, dialect, format);
  return {
    title: say`Retry with ${used.name}`,
    edits: wrapRequest(retry, (signal) => libraryHelper(retry, used, path, signal)),
  };
}

/** The first of the project's libraries that this file can load. */
function packageFor(packages: Surroundings['packages'], system: ModuleSystem): RetryPackage {
  const named = retryPackages.filter(({ name }) => packages.has(name));
  if (named.length === 0) refuse(say('The project depends on no library that a retry could be written with.'));
  for (const { name, versions } of named) {
    const major = /\d+/.exec(packages.get(name)!)?.[0];
    const found = versions.find(({ since, until }) => {
      if (major === undefined) return since === undefined && until === undefined;
      return Number(major) >= (since ?? 0) && Number(major) <= (until ?? Number.POSITIVE_INFINITY);
    });
    if (
      found &&
      !(system === 'commonjs' && Number(major ?? found.esOnly) >= (found.esOnly ?? Number.POSITIVE_INFINITY))
    )
      return { name, ...found };
  }
  const { name } = named[0]!;
  return refuse(
    packages.get(name) === ''
      ? say`Which version of ${name} the project uses is not told, and its options differ between versions.`
      : say`${name} ${packages.get(name)!} can’t be used by this file in a way that is known to be right.`,
  );
}

function libraryHelper(retry: Retry, used: RetryPackage, path: string, signal: string | undefined): Wrapping {
  const { source, tree, style } = retry;
  if (signal !== undefined && !used.signal)
    refuse(say`The waits of ${used.name} could not heed the AbortSignal that the call was given.`);
  const { shape, edits: errors } = errorShapeOf(retry);
  const imported = importFrom(tree, path, used.imports, style);
  const wait = waitHelper(source, shape);
  const pause = signal === undefined ? undefined : pauseHelper(source);
  const wrap = wrapperHelper(retry, used, imported.names, wait, pause);
  return {
    wrapper: { open: `${wrap.name}(() => `, close: signal ? `, ${signal})` : ')' },
    edits: [...errors, ...imported.edits],
    helpers: pause ? [wrap, wait, pause] : [wrap, wait],
  };
}

function wrapperHelper(
  { source, dialect }: Retry,
  used: RetryPackage,
  names: readonly string[],
  wait: Helper,
  pause: Helper | undefined,
): Helper {
  const known = source.known(pause ? 2 : 1, (text) =>
    [`${names[0]}(`, `${wait.name}(`].every((part) => text.includes(part)),
  );
  if (known) return known;
  const name = source.free(pause ? ['withAbortableRetry'] : ['withRetry', 'withRateLimitRetry']);
  const top = source.global;
  return {
    name,
    lines: [
      '/**',
      ` * Sends a request, and again after a rate limit, with ${used.name}; any other error,`,
      ' * and the last one, goes on to the caller.',
      ' */',
      wrapHead(`function ${name}`, dialect, pause !== undefined),
      `  const started = ${top('Date')}.now();`,
      ...used.body({
        names,
        typed: dialect === 'typescript',
        policy: source.policy,
        wait: wait.name,
        pause: pause
          ? `await ${pause.name}(wait, signal);`
          : `await new ${top('Promise')}((resolve) => ${top('setTimeout')}(resolve, wait));`,
        signal: pause !== undefined,
        math: top('Math'),
      }),
      '}',
    ],
  };
}
