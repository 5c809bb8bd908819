/** Lowers object and array literals, and the names of properties. */
import type { Expr } from '../../core/facts.ts';
import { expression, operand, other, unwrapped } from './expressions.ts';
import { stringValue } from './literals.ts';
import { fieldOf, type SyntaxNode, spanOfNode } from './nodes.ts';
import type { Place, Reader } from './reader.ts';

/** An array's items; a hole holds nothing, and has its position all the same. */
export function items(r: Reader, node: SyntaxNode, place: Place): Expr[] {
  const list: Expr[] = [];
  let isFilled = false;
  for (const it of node.children) {
    if (it.named) list.push(expression(r, it, place));
    else if (it.kind === ',' && !isFilled) list.push({ k: 'lit', at: { start: it.start, end: it.start }, value: null });
    isFilled = it.named;
  }
  return list;
}

type Entry = (Expr & { k: 'object' })['entries'][number];

export function object(r: Reader, node: SyntaxNode, place: Place): Expr {
  const entries: Entry[] = [];
  for (const it of node.children) {
    if (it.named) entries.push(entry(r, it, place));
  }
  return { k: 'object', at: spanOfNode(node), entries };
}

function entry(r: Reader, node: SyntaxNode, place: Place): Entry {
  switch (node.kind) {
    case 'shorthand_property_identifier':
      return { key: r.textOf(node), value: r.use(node, place) };
    case 'spread_element':
      return { value: operand(r, node, place) };
    case 'pair':
    case 'method_definition': {
      const name = fieldOf(node, node.kind === 'pair' ? 'key' : 'name');
      const value = node.kind === 'pair' ? fieldOf(node, 'value') : node;
      if (!name || !value) return { value: other(r, node, place) };
      // `this` in an object's method is the object, in its other values the `this` around it.
      const found = expression(r, value, place);
      const key = keyOf(r, name);
      if (key !== undefined) return { key, value: found };
      return { computed: operand(r, name, place), value: found };
    }
    default:
      return { value: expression(r, node, place) };
  }
}

/** The name of a property, where it is written out. */
function keyOf(r: Reader, name: SyntaxNode): string | undefined {
  if (name.kind !== 'computed_property_name') return written(r, name);
  const inner = unwrapped(name.children[0] ?? name);
  if (inner.kind === 'string' || inner.kind === 'number') return written(r, inner);
  return undefined;
}

/** The name of a method or field: `x`, `#x`, `'x'`, `[Symbol.iterator]`. */
export function propertyName(r: Reader, name: SyntaxNode): string {
  return keyOf(r, name) ?? r.textOf(name);
}

function written(r: Reader, name: SyntaxNode): string {
  return name.kind === 'string' ? stringValue(r.textOf(name)) : r.textOf(name);
}
