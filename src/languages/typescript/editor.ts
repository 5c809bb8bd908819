/** Writes repairs in TypeScript and JavaScript. */
import type { OptionWriting } from '../../core/catalogue.ts';
import { alone, type Editor, type Surroundings, type Written } from '../../core/editor.ts';
import type { RetryCode, RetryUse } from '../../core/retry-use.ts';
import { defaultSettings, type RetryPolicy } from '../../core/settings.ts';
import { say } from '../../core/words.ts';
import type { Tree } from '../syntax.ts';
import { writeEachTime } from '../write-each-time.ts';
import { writeSwap } from '../write-swap.ts';
import { writeAsyncSleep } from './write-async-sleep.ts';
import { boundLoop, quotaOutOfLoop, spreadLoop } from './write-attempts.ts';
import { writeAwait } from './write-await.ts';
import { writeBackoff } from './write-backoff.ts';
import { writeCoverPosts } from './write-cover-posts.ts';
import type { Draft } from './write-draft.ts';
import { writeEnvironment } from './write-environment.ts';
import { writeIgnore } from './write-ignore.ts';
import { raiseLast } from './write-last-attempt.ts';
import { writeLibrary } from './write-library.ts';
import { writeOptions } from './write-library-options.ts';
import { writeLogLimits } from './write-log-limits.ts';
import { Refusal, refuse } from './write-refusal.ts';
import { switchOff, writeSdkRetries } from './write-sdk-retries.ts';
import { writeSharedHelper } from './write-shared-helper.ts';
import { type Dialect, dialectOf } from './write-style.ts';
import { writeThrottle } from './write-throttle.ts';

export function editTypescript(tree: Tree, surroundings: Surroundings = alone('')): Editor {
  // `.tsx`, `.jsx` and `.js` are one grammar; a path that tells nothing (an untitled document) leaves it to the text.
  const dialect = dialectOfPath(surroundings.path) ?? dialectOf(tree);
  const options = (use: RetryUse, code: RetryCode, writing: OptionWriting | undefined | false, policy: RetryPolicy) => {
    if (code.k !== 'library')
      refuse(say('A function that calls itself has no place to count its attempts: that takes a loop.'));
    return writeOptions(tree, surroundings.path, use, code, writing || undefined, policy, dialect);
  };
  return {
    backoff: (request, policy) =>
      written(() => ({ edits: writeBackoff(tree, request, policy, dialect, surroundings) })),
    sdkRetries: (request, count) =>
      written(() => ({ edits: writeSdkRetries(tree, request, count, surroundings.format) })),
    helper: (request, policy, module) =>
      written(() => writeSharedHelper(tree, request, policy, dialect, surroundings, module)),
    library: (request, policy) => written(() => writeLibrary(tree, request, policy, dialect, surroundings)),
    throttle: (request, repetition, concurrency) =>
      written(() => writeThrottle(tree, request, repetition, concurrency, dialect, surroundings)),
    logLimits: (request) => written(() => ({ edits: writeLogLimits(tree, request, dialect, surroundings) })),
    asyncSleep: (wait) => written(() => ({ edits: writeAsyncSleep(tree, wait) })),
    awaitCall: (request) => written(() => ({ edits: writeAwait(tree, request) })),
    environment: (key) => written(() => ({ edits: writeEnvironment(tree, key, dialect) })),
    boundRetry: (use, policy) =>
      written(() => ({
        edits:
          use.code.k === 'loop'
            ? boundLoop(tree, use.code, policy)
            : options(use, use.code, use.code.k === 'library' && use.code.found.writes?.bound, policy),
      })),
    keepError: (use) =>
      written(() => ({
        edits: options(
          use,
          use.code,
          use.code.k === 'library' && use.code.found.writes?.original,
          defaultSettings.retry,
        ),
      })),
    raiseLast: ({ code }) => written(() => ({ edits: raiseLast(tree, code) })),
    spreadWaits: (use, policy) =>
      written(() => ({
        edits:
          use.code.k === 'loop'
            ? spreadLoop(tree, use.code, policy)
            : options(use, use.code, use.code.k === 'library' && use.code.found.writes?.spread, policy),
      })),
    letQuotaOut: (use) =>
      written(() => ({
        edits:
          use.code.k === 'library'
            ? options(use, use.code, use.code.found.writes?.quota, defaultSettings.retry)
            : quotaOutOfLoop(tree, use, use.code, dialect),
      })),
    withoutSdkRetries: (requests) => written(() => ({ edits: switchOff(tree, requests) })),
    errorClass: ({ replaced }) =>
      replaced
        ? { edits: [{ span: replaced.at, text: replaced.text }] }
        : { refused: say('Import the class that this version has, and name that one.') },
    sendEachTime: (read) => writeEachTime(tree, read),
    swap: (clauses) => writeSwap(tree, clauses),
    coverPosts: (omission) => written(() => ({ edits: writeCoverPosts(tree, omission) })),
    ignore: (at, rules, where) => written(() => ({ edits: writeIgnore(tree, at, rules, where) })),
  };
}

function written(write: () => Draft): Written {
  try {
    const draft = write();
    const edits = [...draft.edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
    const overlap = edits.some(({ span }, index) => index > 0 && span.start < edits[index - 1]!.span.end);
    return overlap ? { refused: say('The parts of the repair would overlap.') } : { ...draft, edits };
  } catch (error) {
    if (error instanceof Refusal) return { refused: error.why };
    throw error;
  }
}

function dialectOfPath(path: string): Dialect | undefined {
  if (/\.[cm]?tsx?$/.test(path)) return 'typescript';
  return /\.[cm]?jsx?$/.test(path) ? 'javascript' : undefined;
}
