/** Writes the repair `async-sleep`: a wait that lets everything else run, in place of one that stops it. */
import type { BlockingWait } from '../../core/blocking.ts';
import type { Edit } from '../../core/edit.ts';
import { say } from '../../core/words.ts';
import type { Node, Tree } from '../syntax.ts';
import { refuse } from './write-refusal.ts';
import { isBroken } from './write-site.ts';
import { functionAround, isAsync } from './write-syntax.ts';

export function writeAsyncSleep({ root, text }: Tree, { call: { at }, time }: BlockingWait): readonly Edit[] {
  const call = callAt(root, at.start, at.end);
  if (!call) refuse(say('The call could not be found in the text.'));
  const fn = functionAround(call);
  if (isBroken(fn, call)) refuse(say('The code around the call has a syntax error.'));
  if (!time) refuse(say('How long it waits can’t be told here.'));
  if (call.parent?.type !== 'expression_statement') refuse(say('The wait is part of an expression.'));
  if (fn.parent && !isAsync(fn)) refuse(say('The function is not `async`, so it can’t await anything.'));
  const duration = text.slice(time.at.start, time.at.end);
  return [{ span: at, text: `await new Promise((resolve) => setTimeout(resolve, ${duration}))` }];
}

function callAt(root: Node, start: number, end: number): Node | undefined {
  for (let node: Node | null = root.descendantForIndex(start, end - 1); node; node = node.parent)
    if (node.type === 'call_expression' && node.startIndex === start && node.endIndex === end) return node;
  return undefined;
}
