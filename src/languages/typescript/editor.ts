/** Writes repairs in TypeScript and JavaScript. */
import type { Edit } from '../../core/edit.ts';
import { alone, type Editor, type Surroundings, type Written } from '../../core/editor.ts';
import type { Tree } from '../syntax.ts';
import { writeBackoff } from './write-backoff.ts';
import { writeIgnore } from './write-ignore.ts';
import { Refusal } from './write-refusal.ts';
import { writeSdkRetries } from './write-sdk-retries.ts';
import { type Dialect, dialectOf } from './write-style.ts';

export function editTypescript(tree: Tree, surroundings: Surroundings = alone('')): Editor {
  // `.tsx`, `.jsx` and `.js` are one grammar; a path that tells nothing (an untitled document) leaves it to the text.
  const dialect = dialectOfPath(surroundings.path) ?? dialectOf(tree);
  return {
    backoff: (request, policy) =>
      request.http ? { refused: noPlainRequests } : written(() => writeBackoff(tree, request, policy, dialect)),
    sdkRetries: (request, count) => written(() => writeSdkRetries(tree, request, count)),
    helper: () => ({ refused: notYet }),
    library: () => ({ refused: notYet }),
    throttle: () => ({ refused: notYet }),
    logLimits: () => ({ refused: notYet }),
    ignore: (at, rules, where) => written(() => writeIgnore(tree, at, rules, where)),
  };
}

function written(write: () => readonly Edit[]): Written {
  try {
    const edits = [...write()].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
    const overlap = edits.some(({ span }, index) => index > 0 && span.start < edits[index - 1]!.span.end);
    return overlap ? { refused: 'The parts of the repair would overlap.' } : { edits };
  } catch (error) {
    if (error instanceof Refusal) return { refused: error.message };
    throw error;
  }
}

function dialectOfPath(path: string): Dialect | undefined {
  if (/\.[cm]?tsx?$/.test(path)) return 'typescript';
  return /\.[cm]?jsx?$/.test(path) ? 'javascript' : undefined;
}

const noPlainRequests =
  'No retry is written round a plain HTTP request: where its refusal shows, as an error or as a status, is the code’s own.';

const notYet = 'This can’t be written yet.';
