/** Lets the error of a loop’s last attempt out: `if attempt == 4: raise`, ahead of the handler’s wait. */
import type { Written } from '../../core/editor.ts';
import { type LastAttempt, lastAttempt } from '../../core/last-attempt.ts';
import type { RetryCode } from '../../core/retry-use.ts';
import { say, type Words } from '../../core/words.ts';
import { writtenBound } from '../write-bound.ts';
import { begin, isUnread, type Loop, loopOf, nodeAt, noRoom, notFound, type Work } from './write-attempts.ts';
import { indentAt, ownsLine } from './write-draft.ts';

export function raiseLast(tree: Parameters<typeof begin>[0], code: RetryCode): Written {
  if (code.k !== 'loop') return { refused: say('Only a loop comes to an end in silence.') };
  const last = lastAttempt(code);
  if ('refused' in last) return last;
  const work = begin(tree, code);
  if ('refused' in work) return work;
  const { draft, inside, unit, end } = work;
  if (last.k === 'leaves') {
    draft.replace(last.at, 'raise');
    return { edits: draft.edits() };
  }
  const bound = nodeAt(tree.root, last.bound.at);
  if (!bound) return { refused: notFound };
  const counter = last.counter || ownCounter(work, code);
  if (typeof counter !== 'string') return counter;
  const { at, op } = last;
  const test = `if ${counter} ${op === '===' ? '==' : op} ${writtenBound(bound.text, last.offset)}:`;
  if (at.k === 'end') {
    draft.insert(end, `\n${inside}${test}\n${inside}${unit}raise`);
    return { edits: draft.edits() };
  }
  if (!isStatement(work, at)) return { refused: noRoom };
  const indent = indentAt(tree.text, at.start);
  draft.insert(at.start, `${test}\n${indent}${unit}raise\n${indent}`);
  return { edits: draft.edits() };
}

/** The name of what a `for` counts with: one that says nothing (`_`) becomes one that does. */
function ownCounter(work: Work, code: Loop): string | { readonly refused: Words } {
  const loop = loopOf(work, code);
  if ('refused' in loop) return loop;
  const target = loop.node.childForFieldName('left');
  if (!target) return { refused: notFound };
  if (/[a-z]/i.test(target.text)) return target.text;
  if (!isUnread(loop.node, target)) return { refused: say('What counts the attempts has no name.') };
  const name = work.free('attempt');
  work.draft.replace({ start: target.startIndex, end: target.endIndex }, name);
  return name;
}

function isStatement({ tree }: Work, { start }: LastAttempt['at'] & { k: 'before' }): boolean {
  if (!ownsLine(tree.text, start)) return false;
  let node = tree.root.descendantForIndex(start, start);
  while (node?.parent && node.parent.startIndex === start && node.parent.type !== 'block') node = node.parent;
  return node?.parent?.type === 'block' && node.type !== 'elif_clause';
}
