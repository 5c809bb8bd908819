/** Lowers functions of every kind. */
import type { Expr, Param, Stmt, Target } from '../../core/facts.ts';
import { Scope } from '../scope.ts';
import { bound } from './assignments.ts';
import { expression } from './expressions.ts';
import { fieldOf, hasToken, lastNamed, type SyntaxNode, spanOfNode } from './nodes.ts';
import { propertyName } from './objects.ts';
import type { Place, Reader } from './reader.ts';
import { statements } from './statements.ts';
import { annotation } from './types.ts';

interface Method {
  readonly cls: number;
  readonly decorators: readonly SyntaxNode[];
}

/** Reads a function and gives its index. */
export function functionLike(r: Reader, node: SyntaxNode, outer: Place, method?: Method): number {
  const name = fieldOf(node, 'name');
  const decorators = method?.decorators ?? [];
  const fn = r.fns.length;
  const isMethod = node.kind === 'method_definition' || node.kind === 'abstract_method_signature';
  const own: Reader['fns'][number] = {
    name: name ? propertyName(r, name) : '',
    at: { start: Math.min(node.start, decorators[0]?.start ?? node.start), end: node.end },
    parent: outer.scope.fn,
    ...(method && { cls: method.cls }),
    async: hasToken(node, 'async'),
    generator: hasToken(node, '*') || node.kind.startsWith('generator'),
    modifiers: isMethod ? modifiersOf(r, node, method) : [],
    ...typesOf(node),
    params: [],
    decorators: [],
    body: [],
  };
  r.fns.push(own);
  own.decorators = decorators.flatMap((it) => decorator(r, it, outer));
  const scope = new Scope(r.vars, fn, namedScope(r, node, fn, outer));
  const cls = node.kind === 'arrow_function' ? outer.cls : method?.cls;
  const place: Place = { scope, hoist: scope, ...(cls !== undefined && { cls }) };
  const first: Stmt[] = [];
  r.depth++;
  own.params = parameters(r, node, { place, outer, first });
  const type = annotation(r, fieldOf(node, 'return_type'), outer);
  if (type) own.returnType = type;
  own.body = [...first, ...bodyOf(r, node, place)];
  r.depth--;
  return fn;
}

/** The code of a class's `static { }`, as a function that nobody calls by name. */
export function staticBlock(r: Reader, node: SyntaxNode, outer: Place, cls: number): void {
  const fn = r.fns.length;
  const own: Reader['fns'][number] = {
    name: '',
    at: spanOfNode(node),
    parent: outer.scope.fn,
    cls,
    async: false,
    generator: false,
    modifiers: ['static'],
    params: [],
    decorators: [],
    body: [],
  };
  r.fns.push(own);
  const scope = new Scope(r.vars, fn, outer.scope);
  own.body = bodyOf(r, node, { scope, hoist: scope, cls });
}

export function decorator(r: Reader, node: SyntaxNode, place: Place): Expr[] {
  const inner = lastNamed(node);
  return inner ? [expression(r, inner, place)] : [];
}

function modifiersOf(r: Reader, node: SyntaxNode, method: Method | undefined): string[] {
  const words: string[] = [];
  for (const it of node.children) {
    if (it.field === 'name') {
      if (method && r.textOf(it) === 'constructor') words.push('constructor');
      break;
    }
    if (it.kind === 'accessibility_modifier' || it.kind === 'override_modifier') words.push(r.textOf(it));
    else if (!it.named && it.kind !== 'async' && it.kind !== '*') words.push(it.kind);
  }
  return words;
}

function typesOf(node: SyntaxNode): { readonly types?: 'generic' | 'fixed' } {
  if (fieldOf(node, 'type_parameters')) return { types: 'generic' };
  const params = fieldOf(node, 'parameters')?.children ?? [];
  return fieldOf(node, 'return_type') || params.some((param) => fieldOf(param, 'type')) ? { types: 'fixed' } : {};
}

/** A function expression's own name is known only inside it. */
function namedScope(r: Reader, node: SyntaxNode, fn: number, outer: Place): Scope {
  const name = fieldOf(node, 'name');
  if (!name || (node.kind !== 'function_expression' && node.kind !== 'generator_function')) return outer.scope;
  const scope = new Scope(r.vars, outer.scope.fn, outer.scope);
  scope.declare(r.textOf(name), spanOfNode(name), { k: 'fn', fn });
  return scope;
}

function bodyOf(r: Reader, node: SyntaxNode, place: Place): Stmt[] {
  const body = fieldOf(node, 'body');
  if (!body) return [];
  if (body.kind === 'statement_block') return statements(r, body.children, place);
  r.depth++;
  const value = expression(r, body, place);
  r.depth--;
  return [{ k: 'return', at: spanOfNode(body), value }];
}

/** Where parameters are read: their values in the function, their types outside it. */
interface Head {
  readonly place: Place;
  readonly outer: Place;
  /** Receives what the function does with its parameters before its own statements. */
  readonly first: Stmt[];
}

function parameters(r: Reader, node: SyntaxNode, head: Head): Param[] {
  const single = fieldOf(node, 'parameter');
  if (single) return [named(r, single, 0, head.place)];
  const params: Param[] = [];
  for (const it of fieldOf(node, 'parameters')?.children ?? []) {
    const pattern = fieldOf(it, 'pattern');
    // TypeScript's `this` parameter only tells a type.
    if (pattern && pattern.kind !== 'this') params.push(parameter(r, it, pattern, params.length, head));
  }
  return params;
}

function parameter(r: Reader, node: SyntaxNode, pattern: SyntaxNode, index: number, head: Head): Param {
  const { place, first } = head;
  const type = annotation(r, fieldOf(node, 'type'), head.outer);
  const value = fieldOf(node, 'value');
  const isRest = pattern.kind === 'rest_pattern';
  const inner = isRest ? (lastNamed(pattern) ?? pattern) : pattern;
  const more = {
    ...(value && { default: expression(r, value, place) }),
    ...(isRest && { rest: 'list' as const }),
    ...(node.kind === 'optional_parameter' && !value && { optional: true as const }),
  };
  if (inner.kind !== 'identifier') {
    const variable = r.hidden(inner, place.scope.fn, { k: 'param', index }, type);
    first.push(takenApart(r, bound(r, inner, place, place.scope), variable));
    return { name: '', ...more };
  }
  const param = named(r, inner, index, place, type);
  if (isProperty(node)) first.push(propertyFrom(r, inner, param.var, place));
  return { ...param, ...more };
}

function named(r: Reader, node: SyntaxNode, index: number, place: Place, type?: Expr): Param & { var: number } {
  const name = r.textOf(node);
  return { name, var: place.scope.declare(name, spanOfNode(node), { k: 'param', index }, type) };
}

/** The statement that takes a hidden variable's value apart. */
export function takenApart(r: Reader, target: Target, variable: number): Stmt {
  const { at } = target;
  const value: Expr = { k: 'name', at, name: r.vars[variable]!.name, var: variable };
  return { k: 'assign', at, target, value, augmented: false };
}

function isProperty(node: SyntaxNode): boolean {
  return node.children.some(
    ({ kind }) => kind === 'accessibility_modifier' || kind === 'override_modifier' || kind === 'readonly',
  );
}

/** `constructor(private client: OpenAI)` sets the field of that name. */
function propertyFrom(r: Reader, name: SyntaxNode, variable: number, place: Place): Stmt {
  const at = spanOfNode(name);
  const self: Expr = { k: 'self', at, ...(place.cls !== undefined && { cls: place.cls }) };
  const text = r.textOf(name);
  return {
    k: 'assign',
    at,
    target: { k: 'attr', at, of: self, name: text },
    value: { k: 'name', at, name: text, var: variable },
    augmented: false,
  };
}
