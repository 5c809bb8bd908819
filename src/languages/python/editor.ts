/** Writes repairs in Python: a retry with backoff, the SDK's own retries, ignore comments. */
import type { Edit } from '../../core/edit.ts';
import { alone, type Editor, type Surroundings, type Written } from '../../core/editor.ts';
import { defaultSettings } from '../../core/settings.ts';
import type { Request } from '../../core/verdict.ts';
import { say, type Words } from '../../core/words.ts';
import { isNotebookPath, type Tree } from '../syntax.ts';
import { writeEachTime } from '../write-each-time.ts';
import { writeSwap } from '../write-swap.ts';
import { writeAsyncSleep } from './write-async-sleep.ts';
import { boundLoop, quotaOutOfLoop, spreadLoop } from './write-attempts.ts';
import { writeBackoff } from './write-backoff.ts';
import { setRetries, switchOff } from './write-client.ts';
import { writeCoverPosts } from './write-cover-posts.ts';
import { mannerOf } from './write-draft.ts';
import { writeEnvironment } from './write-environment.ts';
import { writeErrorClass } from './write-error-class.ts';
import { writeIgnore } from './write-ignore.ts';
import { topStatement } from './write-import-list.ts';
import { raiseLast } from './write-last-attempt.ts';
import { laidOut } from './write-layout.ts';
import { writeLibrary } from './write-library.ts';
import { writeOptions } from './write-library-options.ts';
import { writeLog } from './write-log.ts';
import { type Site, siteOf } from './write-place.ts';
import { writeSharedHelper } from './write-shared-helper.ts';
import { writeThrottle } from './write-throttle.ts';

export function editPython(tree: Tree, surroundings: Surroundings = alone('')): Editor {
  const valuesShown = isNotebookPath(surroundings.path) ? 'at-cell-end' : 'nowhere';
  /** The site of a request in code that parses. */
  const found = (request: Request): Site | { readonly refused: Words } => {
    const site = siteOf(tree, request, valuesShown);
    if (!site) return { refused: say('The call can’t be found in the text.') };
    // Where the parser gives up on the whole file, its root is no module.
    if (tree.root.type !== 'module' || isBroken(site)) return { refused: say('The code here has a syntax error.') };
    return site;
  };
  /** As the file's formatter would have it. */
  const lay = (written: Written): Written =>
    'refused' in written
      ? written
      : { ...written, edits: laidOut(tree.text, written.edits, surroundings.format, mannerOf(tree)) };
  return {
    backoff(request, policy) {
      if (request.http) return { refused: noPlainRequests };
      const site = found(request);
      return 'refused' in site ? site : lay(writeBackoff(tree, request, site, policy));
    },
    sdkRetries(request, count) {
      const site = found(request);
      if ('refused' in site) return site;
      return lay(setRetries(tree, request, site, count));
    },
    helper(request, policy, module) {
      if (request.http) return { refused: noPlainRequests };
      const site = found(request);
      return 'refused' in site ? site : lay(writeSharedHelper(tree, request, site, policy, surroundings, module));
    },
    library(request, policy) {
      if (request.http) return { refused: noPlainRequests };
      const site = found(request);
      return 'refused' in site ? site : lay(writeLibrary(tree, request, site, policy, surroundings.packages));
    },
    throttle(request, repetition, concurrency) {
      const site = found(request);
      if ('refused' in site) return site;
      return lay(writeThrottle(tree, request, site, repetition, concurrency, surroundings.packages));
    },
    logLimits(request) {
      const site = found(request);
      return 'refused' in site ? site : lay(writeLog(tree, request, site));
    },
    asyncSleep: ({ call }) => writeAsyncSleep(tree, call),
    awaitCall: () => ({ refused: say('In Python a call that is not awaited sends nothing.') }),
    environment: (key) => writeEnvironment(tree, key),
    boundRetry(use, policy) {
      const { code } = use;
      if (code.k === 'recursion') return { refused: noCounter };
      return code.k === 'library'
        ? writeOptions(tree, use, code, code.found.writes?.bound, policy)
        : boundLoop(tree, code, policy);
    },
    keepError(use) {
      return use.code.k === 'library'
        ? writeOptions(tree, use, use.code, use.code.found.writes?.original, defaultSettings.retry)
        : { refused: say('Its last error comes out as it is.') };
    },
    raiseLast: ({ code }) => raiseLast(tree, code),
    spreadWaits(use, policy) {
      const { code } = use;
      if (code.k === 'recursion') return { refused: noCounter };
      return code.k === 'library'
        ? writeOptions(tree, use, code, code.found.writes?.spread, policy)
        : spreadLoop(tree, code, policy);
    },
    letQuotaOut(use) {
      const { code } = use;
      return code.k === 'library'
        ? writeOptions(tree, use, code, code.found.writes?.quota, defaultSettings.retry)
        : quotaOutOfLoop(tree, use, code);
    },
    withoutSdkRetries(requests) {
      const edits: Edit[] = [];
      for (const request of requests) {
        const site = found(request);
        const written = 'refused' in site ? site : switchOff(tree, request, site);
        if ('refused' in written) return written;
        edits.push(...written.edits);
      }
      return edits.length > 0
        ? { edits }
        : { refused: say('The SDK’s own retries are set where this file doesn’t show it.') };
    },
    errorClass: (error) => writeErrorClass(tree, error),
    sendEachTime: (read) => writeEachTime(tree, read),
    swap: (clauses) => writeSwap(tree, clauses),
    coverPosts: (omission) => writeCoverPosts(tree, omission),
    ignore: (at, rules, where) => writeIgnore(tree, at, rules, where),
  };
}

/** Whether an error touches the function that a repair would change, or at the top level the statement. */
function isBroken({ scope, call }: Site): boolean {
  if (scope.type !== 'module') return scope.hasError;
  const top = topStatement(call);
  return top.hasError || (top.previousSibling?.isError ?? false) || (top.nextSibling?.isError ?? false);
}

const noCounter = say('A function that calls itself has no place to count its attempts: that takes a loop.');

const noPlainRequests = say(
  'No retry is written round a plain HTTP request: where its refusal shows, as an error or as a status, is the code’s own.',
);
