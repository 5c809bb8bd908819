/** Writes repairs in TypeScript and JavaScript. */
import type { Edit } from '../../core/edit.ts';
import type { Editor, Written } from '../../core/editor.ts';
import type { FileFacts } from '../../core/facts.ts';
import type { Tree } from '../syntax.ts';
import { writeBackoff } from './write-backoff.ts';
import { writeIgnore } from './write-ignore.ts';
import { Refusal } from './write-refusal.ts';
import { writeSdkRetries } from './write-sdk-retries.ts';
import { type Dialect, dialectOf } from './write-style.ts';

/** `dialect` is for `.tsx`, `.jsx` and `.js`, which the grammar does not tell apart; without it the file's types decide. */
export function editTypescript(tree: Tree, _facts: FileFacts, dialect?: Dialect): Editor {
  return {
    backoff: (request, policy) => written(() => writeBackoff(tree, request, policy, dialect ?? dialectOf(tree))),
    sdkRetries: (request, count) => written(() => writeSdkRetries(tree, request, count)),
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
