/** Lowers chains of members, subscripts and calls from their first expression outward, without recursion. */
import type { Expr } from '../../core/facts.ts';
import { applied, argumentsOf, expression, unwrapped } from './expressions.ts';
import { stringValue } from './literals.ts';
import { fieldOf, lastNamed, type SyntaxNode, spanOfNode } from './nodes.ts';
import { joined, operatorOf } from './operators.ts';
import { deepest, type Place, type Reader } from './reader.ts';

const links = new Set(['member_expression', 'subscript_expression', 'call_expression', 'nested_identifier']);
/**
 * The grammar reads `await f<T>(x)` as a call of `await f`, and likewise every operator before a call with type
 * arguments. Written with brackets these would be parenthesized, so one right at a chain's head belongs round the chain.
 */
const misread = new Set(['await_expression', 'unary_expression', 'binary_expression']);

export function chain(r: Reader, node: SyntaxNode, place: Place): Expr {
  const { base, steps } = taken(node);
  const { depth } = r;
  const exact = Math.min(steps.length, Math.max(0, deepest - depth - 5));
  r.depth = depth + exact;
  let value = expression(r, base, place);
  for (let at = 0; at < exact; at++) {
    r.depth = depth + exact - at;
    value = step(r, value, steps, at, place);
  }
  r.depth = depth + 1;
  if (exact < steps.length) value = flattened(r, node, value, steps.slice(exact), place);
  r.depth = depth;
  return value;
}

/** A chain's first expression, and what is done with it, in that order. */
function taken(node: SyntaxNode): { base: SyntaxNode; steps: SyntaxNode[] } {
  const inward: SyntaxNode[] = [];
  // Where, among the steps, the brackets begin that the walk is in.
  let bracket = 0;
  let base = node;
  while (links.has(base.kind)) {
    inward.push(base);
    let head = headOf(base);
    if (!head) break;
    while (misread.has(head.kind)) {
      const inner: SyntaxNode | undefined = lastNamed(head);
      if (!inner) break;
      inward.splice(bracket++, 0, head);
      head = inner;
    }
    base = unwrapped(head);
    if (head.kind === 'parenthesized_expression') bracket = inward.length;
  }
  return { base: links.has(base.kind) ? base.children[0]! : base, steps: inward.reverse() };
}

function headOf(node: SyntaxNode): SyntaxNode | undefined {
  return fieldOf(node, node.kind === 'call_expression' ? 'function' : 'object');
}

function step(r: Reader, value: Expr, steps: readonly SyntaxNode[], index: number, place: Place): Expr {
  const node = steps[index]!;
  if (!links.has(node.kind)) return operator(r, node, value, place);
  // A step that a misread operator will stand before begins after it.
  const before = steps.slice(index + 1, index + 4).some((it) => misread.has(it.kind) && it.start === node.start);
  const at = { start: before ? value.at.start : node.start, end: node.end };
  switch (node.kind) {
    case 'call_expression': {
      const args = fieldOf(node, 'arguments');
      const module = loaded(r, value, args);
      if (module === undefined)
        return { k: 'call', at, callee: value, args: argumentsOf(r, args, place), isNew: false };
      r.import(module, at, false);
      return { k: 'module', at, module };
    }
    case 'subscript_expression': {
      const inner = fieldOf(node, 'index');
      if (!inner) return { k: 'other', at, parts: [value] };
      const key = expression(r, inner, place);
      if (key.k === 'lit' && typeof key.value === 'string') return { k: 'attr', at, of: value, name: key.value };
      return { k: 'index', at, of: value, index: key };
    }
    default: {
      const property = fieldOf(node, 'property');
      // `f<T>?.(x)` is read as a member without a name.
      if (!property || property.start === property.end) return value;
      return { k: 'attr', at, of: value, name: r.textOf(property) };
    }
  }
}

function operator(r: Reader, node: SyntaxNode, value: Expr, place: Place): Expr {
  const { end } = value.at;
  if (node.kind === 'await_expression') return applied(node, 'await', value, end);
  if (node.kind === 'unary_expression') return applied(node, node.children[0]!.kind, value, end);
  const left = expression(r, fieldOf(node, 'left') ?? node.children[0]!, place);
  return joined(operatorOf(node), left, value, { start: node.start, end });
}

/** The module that `require('x')` or `import('x')` gives. */
function loaded(r: Reader, callee: Expr, args: SyntaxNode | undefined): string | undefined {
  const isImport =
    callee.k === 'other' && r.text.startsWith('import', callee.at.start) && callee.at.end - callee.at.start === 6;
  if (!isImport && !(callee.k === 'name' && callee.name === 'require')) return undefined;
  const first = args?.children.find((it) => it.named);
  if (first?.kind !== 'string' && first?.kind !== 'template_string') return undefined;
  return first.kind === 'string' || first.children.every((it) => !it.named) ? stringValue(r.textOf(first)) : undefined;
}

/** The rest of a chain that is too long to nest: the part read so far, and what the rest's calls are given. */
function flattened(r: Reader, node: SyntaxNode, value: Expr, rest: readonly SyntaxNode[], place: Place): Expr {
  const parts = [value];
  for (const it of rest) {
    if (it.kind === 'call_expression')
      parts.push(...argumentsOf(r, fieldOf(it, 'arguments'), place).map((arg) => arg.value));
    else if (it.kind === 'subscript_expression') {
      const index = fieldOf(it, 'index');
      if (index) parts.push(expression(r, index, place));
    }
  }
  return { k: 'other', at: spanOfNode(node), parts };
}
