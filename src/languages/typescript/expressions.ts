/** Lowers expressions. */
import type { Arg, Expr } from '../../core/facts.ts';
import { assignmentExpression } from './assignments.ts';
import { chain } from './chains.ts';
import { classLike } from './classes.ts';
import { functionLike } from './functions.ts';
import { cooked, numberValue, stringValue } from './literals.ts';
import { fieldOf, firstNamed, lastNamed, type SyntaxNode, spanOfNode } from './nodes.ts';
import { items, object } from './objects.ts';
import { binaryExpression, conditional } from './operators.ts';
import { deepest, type Place, type Reader } from './reader.ts';

export function expression(r: Reader, node: SyntaxNode, place: Place): Expr {
  const inner = unwrapped(node);
  if (r.depth >= deepest) return { k: 'other', at: spanOfNode(inner), parts: [] };
  r.depth++;
  const found = lowered(r, inner, place);
  r.depth--;
  return found;
}

const transparent = new Set([
  'parenthesized_expression',
  'as_expression',
  'satisfies_expression',
  'non_null_expression',
  'instantiation_expression',
  'type_assertion',
]);

/** Without what changes nothing at run time: brackets, casts and assertions. */
export function unwrapped(node: SyntaxNode): SyntaxNode {
  let at = node;
  while (transparent.has(at.kind)) {
    const inner = at.kind === 'type_assertion' ? lastNamed(at) : firstNamed(at);
    if (!inner) return at;
    at = inner;
  }
  return at;
}

function expressions(r: Reader, nodes: readonly SyntaxNode[], place: Place): Expr[] {
  return nodes.filter((it) => it.named && !isType(it.kind)).map((it) => expression(r, it, place));
}

/** What can't be said more exactly, with all that stands in it. */
export function other(r: Reader, node: SyntaxNode, place: Place): Expr {
  return { k: 'other', at: spanOfNode(node), parts: expressions(r, node.children, place) };
}

export function argumentsOf(r: Reader, node: SyntaxNode | undefined, place: Place): Arg[] {
  if (!node) return [];
  // A tagged template.
  if (node.kind === 'template_string') return [{ value: expression(r, node, place) }];
  const list: Arg[] = [];
  for (const it of node.children) {
    if (!it.named) continue;
    if (it.kind !== 'spread_element') list.push({ value: expression(r, it, place) });
    else list.push({ spread: 'list', value: operand(r, it, place) });
  }
  return list;
}

function lowered(r: Reader, node: SyntaxNode, place: Place): Expr {
  const at = spanOfNode(node);
  switch (node.kind) {
    case 'identifier':
    case 'shorthand_property_identifier':
    case 'type_identifier':
      return r.use(node, place);
    case 'this':
      return { k: 'self', at, ...(place.cls !== undefined && { cls: place.cls }) };
    case 'super':
      return { k: 'super', at, ...(place.cls !== undefined && { cls: place.cls }) };
    case 'undefined':
    case 'null':
      return { k: 'lit', at, value: null };
    case 'true':
    case 'false':
      return { k: 'lit', at, value: node.kind === 'true' };
    case 'number':
      return number(r, node);
    case 'string':
      return { k: 'lit', at, value: stringValue(r.textOf(node)) };
    case 'regex':
    case 'private_property_identifier':
      return { k: 'lit', at, value: r.textOf(node) };
    case 'template_string':
      return template(r, node, place);
    case 'member_expression':
    case 'subscript_expression':
    case 'call_expression':
    case 'nested_identifier':
      return chain(r, node, place);
    case 'new_expression':
      return construction(r, node, place);
    case 'await_expression':
      return { k: 'await', at, value: operand(r, node, place) };
    case 'yield_expression': {
      const value = lastNamed(node);
      return { k: 'yield', at, ...(value && { value: expression(r, value, place) }) };
    }
    case 'arrow_function':
    case 'function_expression':
    case 'generator_function':
    case 'function_declaration':
    case 'generator_function_declaration':
    case 'method_definition':
      return { k: 'fn', at, fn: functionLike(r, node, place) };
    case 'class':
    case 'class_declaration':
    case 'abstract_class_declaration':
      return { k: 'class', at, cls: classLike(r, node, place) };
    case 'object':
      return object(r, node, place);
    case 'array':
      return { k: 'list', at, items: items(r, node, place) };
    case 'spread_element':
      return { k: 'spread', at, value: operand(r, node, place) };
    case 'ternary_expression':
      return conditional(r, node, place);
    case 'binary_expression':
      return binaryExpression(r, node, place);
    case 'unary_expression':
      return unary(r, node, place);
    case 'assignment_expression':
    case 'augmented_assignment_expression':
    case 'update_expression':
      return assignmentExpression(r, node, place);
    case 'jsx_element':
    case 'jsx_self_closing_element':
      return jsx(r, node, place);
    default:
      return other(r, node, place);
  }
}

/** The value of an expression that only marks it: `await x`, `...x`. */
export function operand(r: Reader, node: SyntaxNode, place: Place): Expr {
  const inner = lastNamed(node);
  return inner ? expression(r, inner, place) : { k: 'other', at: spanOfNode(node), parts: [] };
}

function number(r: Reader, node: SyntaxNode): Expr {
  const at = spanOfNode(node);
  const value = numberValue(r.textOf(node));
  return value === undefined ? { k: 'other', at, parts: [] } : { k: 'lit', at, value };
}

function unary(r: Reader, node: SyntaxNode, place: Place): Expr {
  const inner = lastNamed(node);
  if (!inner) return other(r, node, place);
  return applied(node, node.children[0]!.kind, expression(r, inner, place), node.end);
}

/** A prefix operator (or `await`) on a value that ends at `end`. */
export function applied({ start }: SyntaxNode, operator: string, value: Expr, end: number): Expr {
  const at = { start, end };
  if (operator === 'await') return { k: 'await', at, value };
  if (operator === '!') return { k: 'not', at, value };
  if (operator === '-' && value.k === 'lit' && typeof value.value === 'number')
    return { k: 'lit', at, value: -value.value };
  // `void 0` is how minifiers write `undefined`.
  if (operator === 'void' && value.k === 'lit') return { k: 'lit', at, value: null };
  return { k: 'other', at, parts: [value] };
}

function construction(r: Reader, node: SyntaxNode, place: Place): Expr {
  const callee = fieldOf(node, 'constructor');
  if (!callee) return other(r, node, place);
  const args = argumentsOf(r, fieldOf(node, 'arguments'), place);
  return { k: 'call', at: spanOfNode(node), callee: expression(r, callee, place), args, isNew: true };
}

function template(r: Reader, node: SyntaxNode, place: Place): Expr {
  const at = spanOfNode(node);
  const parts: Expr[] = [];
  let text = '';
  let from = node.start + 1;
  for (const it of node.children) {
    if (it.kind !== 'template_substitution') continue;
    text += `${cooked(r.text.slice(from, it.start))}{}`;
    parts.push(...expressions(r, it.children, place));
    from = it.end;
  }
  text += cooked(r.text.slice(from, Math.max(from, node.end - 1)));
  return parts.length > 0 ? { k: 'template', at, text, parts } : { k: 'lit', at, value: text };
}

function jsx(r: Reader, node: SyntaxNode, place: Place): Expr {
  const parts: Expr[] = [];
  const opening = node.kind === 'jsx_element' ? fieldOf(node, 'open_tag') : node;
  const tag = opening && fieldOf(opening, 'name');
  // Lower-case tags are the platform's elements, no names of the program.
  if (tag && (tag.kind === 'member_expression' || /^[^a-z]/.test(r.textOf(tag)))) parts.push(expression(r, tag, place));
  for (const it of opening?.children ?? []) if (it.field === 'attribute') parts.push(...jsxValue(r, it, place));
  if (opening !== node)
    for (const it of node.children) if (it.field === '' && it.named) parts.push(...jsxValue(r, it, place));
  return { k: 'other', at: spanOfNode(node), parts };
}

function jsxValue(r: Reader, node: SyntaxNode, place: Place): Expr[] {
  if (node.kind === 'jsx_expression') return expressions(r, node.children, place);
  if (node.kind !== 'jsx_attribute') return [expression(r, node, place)];
  const value = lastNamed(node);
  return value && node.children.length > 1 ? jsxValue(r, value, place) : [];
}

/** Kinds of the grammar's types, which are read elsewhere. */
export function isType(kind: string): boolean {
  return kind.startsWith('type_') ? kind !== 'type_identifier' && kind !== 'type_assertion' : kind.endsWith('_type');
}
