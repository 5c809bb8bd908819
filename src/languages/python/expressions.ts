/** Python's expressions. */
import type { Expr } from '../../core/facts.ts';
import { Scope } from '../scope.ts';
import { readType } from './annotations.ts';
import { readPostfix } from './calls.ts';
import { readFunction } from './definitions.ts';
import { readNumber, readString } from './literals.ts';
import { readArithmetic, readBoolean, readComparison, readUnary } from './operators.ts';
import { deepest, type Place, textOf } from './place.ts';
import { isStatement, readStatement } from './statements.ts';
import { readTarget } from './targets.ts';
import { child, firstNamed, holds, named, type SyntaxNode, spanOf, unwrap } from './tree.ts';

type Reader = (place: Place, node: SyntaxNode) => Expr;

const readers = new Map<string, Reader>([
  ['identifier', readName],
  ['string', readString],
  ['concatenated_string', readString],
  ['integer', readNumber],
  ['float', readNumber],
  ['true', (_, node) => ({ k: 'lit', at: spanOf(node), value: true })],
  ['false', (_, node) => ({ k: 'lit', at: spanOf(node), value: false })],
  ['none', (_, node) => ({ k: 'lit', at: spanOf(node), value: null })],
  ['call', readPostfix],
  ['attribute', readPostfix],
  ['subscript', readPostfix],
  ['binary_operator', readArithmetic],
  ['boolean_operator', readBoolean],
  ['comparison_operator', readComparison],
  ['unary_operator', readUnary],
  ['not_operator', readUnary],
  ['conditional_expression', readConditional],
  ['lambda', (place, node) => ({ k: 'fn', at: spanOf(node), fn: readFunction(place, node, node) })],
  ['list', readList],
  ['tuple', readList],
  ['set', readList],
  ['expression_list', readList],
  ['pattern_list', readList],
  ['tuple_pattern', readList],
  ['list_pattern', readList],
  ['list_splat', readSpread],
  ['list_splat_pattern', readSpread],
  ['dictionary', readDictionary],
  ['list_comprehension', readComprehension],
  ['set_comprehension', readComprehension],
  ['dictionary_comprehension', readComprehension],
  ['generator_expression', readComprehension],
  ['await', readAwait],
  ['yield', readYield],
  ['named_expression', (place, node) => readBinding(place, node, child(node, 'name'), child(node, 'value'))],
  ['as_pattern', (place, node) => readBinding(place, node, child(node, 'alias'), firstNamed(node))],
  ['assignment', (place, node) => readBinding(place, node, child(node, 'left'), child(node, 'right'))],
  ['type', readType],
]);

export function isExpression({ type }: SyntaxNode): boolean {
  return readers.has(type) || type === 'parenthesized_expression' || type === 'ellipsis';
}

export function readExpression(place: Place, written: SyntaxNode): Expr {
  const node = unwrap(written);
  const { file } = place;
  if (file.depth >= deepest) return { k: 'other', at: spanOf(node), parts: [] };
  file.depth++;
  const expr = (readers.get(node.type) ?? readOther)(place, node);
  file.depth--;
  return expr;
}

function readName(place: Place, node: SyntaxNode): Expr {
  const at = spanOf(node);
  // The parser makes up a name of no letters where one is missing.
  if (node.start === node.end) return { k: 'other', at, parts: [] };
  const name = textOf(place, node);
  const { self } = place;
  if (self && name === self.name && place.scope.find(name) === self.var) return { k: 'self', at, cls: self.cls };
  return place.scope.use(name, at);
}

/** Anything without a shape of its own. A statement that a broken expression has swallowed is read as one. */
export function readOther(place: Place, node: SyntaxNode): Expr {
  const parts: Expr[] = [];
  place.file.unread.delete(node);
  for (const it of node.children) {
    if (!it.named) continue;
    if (isStatement(it)) place.file.strays.push(...readStatement(place, it));
    else parts.push(readExpression(place, it));
  }
  return { k: 'other', at: spanOf(node), parts };
}

/** What stands between the brackets of a subscript. */
export function readIndex(place: Place, node: SyntaxNode): Expr {
  const items = node.children.filter((it) => it.field === 'subscript');
  const only = items.length === 1 ? items[0]! : undefined;
  if (only && !holds(node, ',')) return readExpression(place, only);
  const at = { start: items[0]?.start ?? node.start, end: items.at(-1)?.end ?? node.end };
  return { k: 'list', at, items: items.map((it) => readExpression(place, it)) };
}

function readConditional(place: Place, node: SyntaxNode): Expr {
  const [then, test, otherwise, ...more] = named(node);
  if (!then || !test || !otherwise || more.length > 0) return readOther(place, node);
  const of = [readExpression(place, then), readExpression(place, otherwise)];
  return { k: 'either', at: spanOf(node), test: readExpression(place, test), of };
}

function readList(place: Place, node: SyntaxNode): Expr {
  return { k: 'list', at: spanOf(node), items: named(node).map((it) => readExpression(place, it)) };
}

function readSpread(place: Place, node: SyntaxNode): Expr {
  const value = firstNamed(node);
  return value ? { k: 'spread', at: spanOf(node), value: readExpression(place, value) } : readOther(place, node);
}

function readDictionary(place: Place, node: SyntaxNode): Expr {
  return { k: 'object', at: spanOf(node), entries: named(node).map((it) => readEntry(place, it)) };
}

function readEntry(place: Place, node: SyntaxNode) {
  const key = child(node, 'key');
  const value = child(node, 'value');
  if (key && value) {
    const computed = readExpression(place, key);
    const entry = { value: readExpression(place, value) };
    return computed.k === 'lit' && typeof computed.value === 'string'
      ? { key: computed.value, ...entry }
      : { computed, ...entry };
  }
  const spread = node.type === 'dictionary_splat' ? firstNamed(node) : undefined;
  return { value: spread ? readExpression(place, spread) : readOther(place, node) };
}

function readAwait(place: Place, node: SyntaxNode): Expr {
  const value = firstNamed(node);
  return value ? { k: 'await', at: spanOf(node), value: readExpression(place, value) } : readOther(place, node);
}

function readYield(place: Place, node: SyntaxNode): Expr {
  place.file.fns[place.scope.fn]!.generator = true;
  const values = named(node);
  const at = spanOf(node);
  if (values.length === 0) return { k: 'yield', at };
  return { k: 'yield', at, value: values.length > 1 ? readList(place, node) : readExpression(place, values[0]!) };
}

/** `name := value`. It binds in the function, even from within a comprehension. */
function readBinding(place: Place, node: SyntaxNode, name?: SyntaxNode, value?: SyntaxNode): Expr {
  if (!name || !value) return readOther(place, node);
  const bound = readExpression(place, value);
  return { k: 'assign', at: spanOf(node), target: readTarget(place, name), value: bound };
}

/** A comprehension has a scope of its own, but its first iterable is evaluated outside. */
function readComprehension(place: Place, node: SyntaxNode): Expr {
  const inner: Place = { ...place, scope: new Scope(place.file.vars, place.scope.fn, place.scope) };
  const loops: (Expr & { k: 'comprehension' })['loops'][number][] = [];
  const tests: Expr[] = [];
  for (const clause of node.children) {
    if (clause.type === 'if_clause') {
      const test = firstNamed(clause);
      if (test) tests.push(readExpression(inner, test));
    }
    if (clause.type !== 'for_in_clause') continue;
    const left = child(clause, 'left');
    const right = clause.children.filter((it) => it.field === 'right' && it.named);
    if (!left || right.length === 0) continue;
    const from = loops.length === 0 ? place : inner;
    const iter = readOne(from, right);
    loops.push({ target: readTarget(inner, left, inner.scope), iter, async: holds(clause, 'async') });
  }
  const body = child(node, 'body');
  const element: Expr = body ? readElement(inner, body) : { k: 'other', at: spanOf(node), parts: [] };
  return { k: 'comprehension', at: spanOf(node), lazy: node.type === 'generator_expression', loops, tests, element };
}

function readElement(place: Place, node: SyntaxNode): Expr {
  if (node.type !== 'pair') return readExpression(place, node);
  return { k: 'object', at: spanOf(node), entries: [readEntry(place, node)] };
}

/** One expression, or the tuple that several make. */
export function readOne(place: Place, nodes: readonly SyntaxNode[]): Expr {
  const [first] = nodes;
  if (first && nodes.length === 1) return readExpression(place, first);
  const at = { start: first?.start ?? 0, end: nodes.at(-1)?.end ?? 0 };
  return { k: 'list', at, items: nodes.map((it) => readExpression(place, it)) };
}
