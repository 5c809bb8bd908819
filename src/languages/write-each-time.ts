/** Writes the repair `send-again`: the call that makes a promise stands where the promise is waited for. */
import type { Written } from '../core/editor.ts';
import type { ReusedPromise } from '../core/reused-promises.ts';
import type { Span } from '../core/span.ts';
import { say } from '../core/words.ts';
import { type Node, spanOf, type Tree } from './syntax.ts';

export function writeEachTime({ root, text }: Tree, read: ReusedPromise['read']): Written {
  if (!read) return { refused: say('Hand over a function that sends the request, and call it in each attempt.') };
  const call = nodeAt(root, read.made.at);
  const statement = call && assignmentOf(call);
  if (!call || !statement) return { refused: say('The promise is not made in a statement of its own.') };
  if (statement.parent?.hasError ?? true) return { refused: say('The code here has a syntax error.') };
  const inserted = text.slice(read.made.at.start, read.made.at.end);
  return {
    edits: [
      { span: lineOf(spanOf(statement), text), text: '' },
      { span: read.at, text: inserted },
    ],
  };
}

function nodeAt(root: Node, { start, end }: Span): Node | undefined {
  for (let node: Node | null = root.descendantForIndex(start, end - 1); node; node = node.parent)
    if (node.startIndex === start && node.endIndex === end) return node;
  return undefined;
}

/** The statement that does nothing but keep the call's value in one variable. */
function assignmentOf(call: Node): Node | undefined {
  const holder = call.parent;
  const isAssigned =
    (holder?.type === 'variable_declarator' && holder.childForFieldName('value')?.id === call.id) ||
    (holder?.type === 'assignment' && holder.childForFieldName('right')?.id === call.id);
  const statement = isAssigned ? holder?.parent : undefined;
  return statement?.namedChildren.length === 1 && /declaration$|^expression_statement$/.test(statement.type)
    ? statement
    : undefined;
}

/** The whole line, where nothing else stands on it, with the empty lines behind it. */
function lineOf({ start, end }: Span, text: string): Span {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const rest = /^[ \t]*(?:\r?\n)+/.exec(text.slice(end));
  return /^[ \t]*$/.test(text.slice(from, start)) && rest ? { start: from, end: end + rest[0].length } : { start, end };
}
