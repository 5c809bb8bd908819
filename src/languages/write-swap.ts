/** Writes the repair `order`: two handlers, or two branches, change places. */
import type { Written } from '../core/editor.ts';
import type { Span } from '../core/span.ts';
import { say } from '../core/words.ts';
import { type Node, spanOf, type Tree } from './syntax.ts';

export function writeSwap({ root, text }: Tree, [first, second]: readonly [Span, Span]): Written {
  const [before, behind] = [clauseAt(root, first), clauseAt(root, second)];
  if (!before || !behind) return { refused: say('The handlers can’t be found in the text.') };
  if (before.parent?.hasError ?? true) return { refused: say('The code here has a syntax error.') };
  const spans = contains(before, behind) ? [bodyOf(before), bodyOf(behind)] : [spanOf(before), spanOf(behind)];
  const [one, other] = spans;
  if (!one || !other || one.end > other.start) return { refused: say('The two are not beside each other.') };
  return {
    edits: [
      { span: one, text: text.slice(other.start, other.end) },
      { span: other, text: text.slice(one.start, one.end) },
    ],
  };
}

function clauseAt(root: Node, { start, end }: Span): Node | undefined {
  for (let node: Node | null = root.descendantForIndex(start, start + 1); node; node = node.parent) {
    const isClause = /^(except_clause|except_group_clause|if_statement|elif_clause)$/.test(node.type);
    if (isClause && node.startIndex === start && node.endIndex <= Math.max(end, node.endIndex)) return node;
  }
  return undefined;
}

function contains(outer: Node, inner: Node): boolean {
  return outer.startIndex <= inner.startIndex && inner.endIndex <= outer.endIndex;
}

/** From the condition to the end of what it guards. */
function bodyOf(clause: Node): Span | undefined {
  const [condition, consequence] = [clause.childForFieldName('condition'), clause.childForFieldName('consequence')];
  return condition && consequence ? { start: condition.startIndex, end: consequence.endIndex } : undefined;
}
