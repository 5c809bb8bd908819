/** Python's operators. */
import type { Expr } from '../../core/facts.ts';
import { readExpression, readOther } from './expressions.ts';
import { type Place, room } from './place.ts';
import { child, firstNamed, named, type SyntaxNode, spanOf } from './tree.ts';

/** As JavaScript writes them. */
const spelling: Readonly<Record<string, string>> = {
  '==': '===',
  is: '===',
  '!=': '!==',
  '<>': '!==',
  'is not': '!==',
};

export function readArithmetic(place: Place, node: SyntaxNode): Expr {
  return readChain(place, node, 'left', ({ type }) => type === 'binary_operator', join);
}

export function readBoolean(place: Place, node: SyntaxNode): Expr {
  const sign = operator(node);
  const same = (it: SyntaxNode) => it.type === 'boolean_operator' && operator(it) === sign;
  if (sign === 'and')
    return readChain(place, node, 'left', same, (left, right, link) => ({ k: 'and', at: spanOf(link), left, right }));
  const of: Expr[] = [];
  let link = node;
  for (;;) {
    const left = child(link, 'left');
    const right = child(link, 'right');
    if (!left || !right) return readOther(place, node);
    of.push(readExpression(place, right));
    if (!same(left)) return { k: 'either', at: spanOf(node), of: [readExpression(place, left), ...of.reverse()] };
    link = left;
  }
}

/** `a < b < c` compares twice and evaluates `b` once, which no other expression says. */
export function readComparison(place: Place, node: SyntaxNode): Expr {
  const [left, right, ...more] = named(node);
  const sign = operator(node);
  if (!left || !right || more.length > 0 || sign === undefined) return readOther(place, node);
  const at = spanOf(node);
  const negated = sign === 'not in';
  const op = negated ? 'in' : (spelling[sign] ?? sign);
  const compared: Expr = {
    k: 'binary',
    at,
    op,
    left: readExpression(place, left),
    right: readExpression(place, right),
  };
  return negated ? { k: 'not', at, value: compared } : compared;
}

export function readUnary(place: Place, node: SyntaxNode): Expr {
  const argument = child(node, 'argument') ?? firstNamed(node);
  if (!argument) return readOther(place, node);
  const at = spanOf(node);
  const value = readExpression(place, argument);
  if (node.type === 'not_operator') return { k: 'not', at, value };
  if (operator(node) === '-' && value.k === 'lit' && typeof value.value === 'number')
    return { k: 'lit', at, value: -value.value };
  return { k: 'other', at, parts: [value] };
}

/** A chain that grows to the right, from its first operand on, in a loop. One too long to nest is flat, an `other`. */
function readChain(
  place: Place,
  node: SyntaxNode,
  side: string,
  continues: (node: SyntaxNode) => boolean,
  combine: (left: Expr, right: Expr, link: SyntaxNode) => Expr,
): Expr {
  const { file } = place;
  const links = [node];
  let first = child(node, side);
  while (first && continues(first)) {
    links.push(first);
    first = child(first, side);
  }
  if (!first || links.some((link) => !child(link, 'right'))) return readOther(place, node);
  const outside = file.depth;
  const nests = links.length <= room(file);
  file.depth = outside + (nests ? links.length : 1);
  let expr = readExpression(place, first);
  const parts: Expr[] = [];
  for (let link = links.pop(); link; link = links.pop()) {
    if (nests) file.depth = outside + links.length;
    const right = readExpression(place, child(link, 'right')!);
    const joined = nests ? combine(expr, right, link) : constant(expr, right, link);
    if (joined) expr = joined;
    else {
      parts.push(expr);
      expr = right;
    }
  }
  file.depth = outside;
  return parts.length > 0 ? { k: 'other', at: spanOf(node), parts: [...parts, expr] } : expr;
}

function join(left: Expr, right: Expr, link: SyntaxNode): Expr {
  return constant(left, right, link) ?? { k: 'binary', at: spanOf(link), op: operator(link) ?? '', left, right };
}

/** Two strings added are one. */
function constant(left: Expr, right: Expr, link: SyntaxNode): Expr | undefined {
  if (left.k !== 'lit' || right.k !== 'lit' || operator(link) !== '+') return undefined;
  if (typeof left.value !== 'string' || typeof right.value !== 'string') return undefined;
  return { k: 'lit', at: { start: left.at.start, end: right.at.end }, value: left.value + right.value };
}

function operator(node: SyntaxNode): string | undefined {
  for (const it of node.children) if (!it.named && it.type !== '(' && it.type !== ')') return it.type;
  return undefined;
}
