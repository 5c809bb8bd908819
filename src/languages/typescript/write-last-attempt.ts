/** Lets the error of a loop’s last attempt out: `if (attempt === 4) throw error;`, ahead of the handler’s wait. */
import type { Edit } from '../../core/edit.ts';
import { lastAttempt } from '../../core/last-attempt.ts';
import type { RetryCode } from '../../core/retry-use.ts';
import { say } from '../../core/words.ts';
import { writtenBound } from '../write-bound.ts';
import { atEnd, before, begin, errorName, nodeAt, noRoom, notFound } from './write-attempts.ts';
import { refuse } from './write-refusal.ts';
import { isListed } from './write-spot.ts';
import { startsLine } from './write-style.ts';

export function raiseLast(tree: Parameters<typeof begin>[0], code: RetryCode): readonly Edit[] {
  if (code.k !== 'loop') return refuse(say('Only a loop comes to an end in silence.'));
  const last = lastAttempt(code);
  if ('refused' in last) return refuse(last.refused);
  const work = begin(tree, code);
  const error = errorName(work);
  if (last.k === 'leaves') {
    const semicolon = tree.text.slice(last.at.start, last.at.end).endsWith(';') ? ';' : '';
    return [...error.edits, { span: last.at, text: `throw ${error.name}${semicolon}` }];
  }
  const bound = nodeAt(tree.root, last.bound.at) ?? refuse(notFound);
  if (!last.counter) return refuse(say('How many attempts there are can’t be told from the loop.'));
  const { at, op } = last;
  const line = `if (${last.counter} ${op} ${writtenBound(bound.text, last.offset)}) throw ${error.name};`;
  if (at.k === 'end') return [...error.edits, atEnd(work, line)];
  if (!isStatement(tree, at.start)) refuse(noRoom);
  return [...error.edits, before(work, at.start, line)];
}

function isStatement(tree: Parameters<typeof begin>[0], start: number): boolean {
  if (!startsLine(tree.text, start)) return false;
  let node = tree.root.descendantForIndex(start, start);
  while (node && !isListed(node) && node.parent?.startIndex === start) node = node.parent;
  return node !== null && isListed(node);
}
