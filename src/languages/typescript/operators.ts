/** Lowers binary operators and conditional expressions, whose long chains are read without recursion. */
import type { Expr } from '../../core/facts.ts';
import type { Span } from '../../core/span.ts';
import { expression, other, unwrapped } from './expressions.ts';
import { fieldOf, type SyntaxNode, spanOfNode } from './nodes.ts';
import { deepest, type Place, type Reader } from './reader.ts';

export function binaryExpression(r: Reader, node: SyntaxNode, place: Place): Expr {
  const inward: SyntaxNode[] = [];
  let first = node;
  while (first.kind === 'binary_expression') {
    const left = fieldOf(first, 'left');
    if (!left) break;
    inward.push(first);
    first = unwrapped(left);
  }
  if (inward.length === 0) return other(r, node, place);
  const steps = inward.reverse();
  const { depth } = r;
  const exact = Math.min(steps.length, Math.max(0, deepest - depth - 5));
  r.depth = depth + exact;
  let value = expression(r, first, place);
  for (let at = 0; at < exact; at++) {
    r.depth = depth + exact - at;
    value = joined(operatorOf(steps[at]!), value, rightOf(r, steps[at]!, place), spanOfNode(steps[at]!));
  }
  r.depth = depth + 1;
  if (exact < steps.length) {
    const rest = steps.slice(exact).map((it) => rightOf(r, it, place));
    value = { k: 'other', at: spanOfNode(node), parts: [value, ...rest] };
  }
  r.depth = depth;
  return value;
}

function rightOf(r: Reader, node: SyntaxNode, place: Place): Expr {
  const right = fieldOf(node, 'right');
  return right ? expression(r, right, place) : { k: 'other', at: { start: node.end, end: node.end }, parts: [] };
}

export function operatorOf(node: SyntaxNode): string {
  return fieldOf(node, 'operator')?.kind ?? '';
}

export function joined(op: string, left: Expr, right: Expr, at: Span): Expr {
  switch (op) {
    case '||':
    case '??':
      // A chain of alternatives is one choice.
      return { k: 'either', at, of: left.k === 'either' && !left.test ? [...left.of, right] : [left, right] };
    case '&&':
      return { k: 'and', at, left, right };
    case '==':
    case '!=':
      return { k: 'binary', at, op: `${op}=`, left, right };
    default:
      return { k: 'binary', at, op, left, right };
  }
}

export function conditional(r: Reader, node: SyntaxNode, place: Place): Expr {
  const ways: SyntaxNode[] = [];
  let last: SyntaxNode | undefined = node;
  while (last?.kind === 'ternary_expression') {
    ways.push(last);
    const next = fieldOf(last, 'alternative');
    last = next && unwrapped(next);
  }
  const part = (of: SyntaxNode, field: string): Expr[] => {
    const found = fieldOf(of, field);
    return found ? [expression(r, found, place)] : [];
  };
  const { depth } = r;
  const exact = Math.min(ways.length, Math.max(0, deepest - depth - 5));
  r.depth = depth + exact;
  let rest: Expr[] = last ? [expression(r, last, place)] : [];
  const flat = ways.slice(exact);
  if (flat.length > 0) {
    const parts = flat.flatMap((it) => part(it, 'condition'));
    const at = spanOfNode(flat[0]!);
    rest = [
      {
        k: 'either',
        at,
        test: { k: 'other', at, parts },
        of: [...flat.flatMap((it) => part(it, 'consequence')), ...rest],
      },
    ];
  }
  for (let index = exact - 1; index >= 0; index--) {
    const way = ways[index]!;
    r.depth = depth + index + 1;
    const [test] = part(way, 'condition');
    rest = [{ k: 'either', at: spanOfNode(way), ...(test && { test }), of: [...part(way, 'consequence'), ...rest] }];
  }
  r.depth = depth;
  return rest[0] ?? other(r, node, place);
}
