/** Python's functions, lambdas and classes. */
import type { Expr, Fn, Param, Stmt } from '../../core/facts.ts';
import { type Mutable, Scope } from '../scope.ts';
import { readType } from './annotations.ts';
import { readArguments } from './calls.ts';
import { readExpression } from './expressions.ts';
import { fieldsOf } from './fields.ts';
import type { GrowingClass, Place } from './place.ts';
import { textOf } from './place.ts';
import { readSuite } from './statements.ts';
import { readTarget } from './targets.ts';
import { child, firstNamed, holds, named, type SyntaxNode, spanOf } from './tree.ts';

/** A `def` or `class`, with the decorators around it. */
export function readDefinition(place: Place, node: SyntaxNode): Stmt[] {
  const definition = node.type === 'decorated_definition' ? child(node, 'definition') : node;
  if (!definition) return [];
  const at = spanOf(node);
  if (definition.type === 'class_definition') return [{ k: 'class', at, cls: readClass(place, definition, node) }];
  const fn = readFunction(place, definition, node);
  return [{ k: 'def', at, fn }];
}

/** Reads a `def` or lambda; `whole` has its decorators. Decorators, defaults and annotations belong to the outside. */
export function readFunction(place: Place, node: SyntaxNode, whole: SyntaxNode): number {
  const { file } = place;
  const decorators = readDecorators(place, whole);
  const outside = withTypeParameters(place, node);
  const name = child(node, 'name');
  const method = place.owner.isClass && place.scope === place.owner && name ? place.cls : undefined;
  const modifiers = method === undefined ? [] : modifiersOf(decorators);
  const fn: Mutable<Fn> = {
    name: name ? textOf(place, name) : '',
    at: spanOf(whole),
    parent: place.scope.fn,
    ...(method !== undefined && { cls: method }),
    async: holds(node, 'async'),
    generator: false,
    modifiers,
    params: [],
    decorators,
    body: [],
  };
  const index = file.fns.push(fn) - 1;
  const scope = new Scope(file.vars, index, outside.scope);
  const params: Param[] = [];
  const first: Stmt[] = [];
  for (const it of child(node, 'parameters')?.children ?? [])
    if (it.named) readParam({ place: outside, scope, params, first }, it);
  fn.params = params;
  const type = child(node, 'return_type');
  if (type) fn.returnType = readType(outside, type);
  if (name && name.start < name.end) {
    place.owner.declare(fn.name, spanOf(name), { k: 'fn', fn: index });
    if (method !== undefined && !isAccessor(decorators, fn.name)) file.classes[method]!.methods.set(fn.name, index);
  }

  const instance = params[0];
  const self =
    method !== undefined && instance?.var !== undefined && !instance.rest && !modifiers.includes('staticmethod')
      ? { name: instance.name, var: instance.var, cls: method }
      : place.self;
  const { cls: _, self: __, ...rest } = outside;
  const inside: Place = { ...rest, scope, owner: scope, ...(self && { self }) };
  fn.body = [...first, ...readBody(inside, node)];
  return index;
}

function readBody(place: Place, node: SyntaxNode): Stmt[] {
  if (node.type !== 'lambda') return readSuite(place, node);
  const body = child(node, 'body');
  if (!body) return [];
  place.file.depth++;
  const value = readExpression(place, body);
  place.file.depth--;
  return [{ k: 'return', at: spanOf(body), value }];
}

interface ParamList {
  /** Where defaults and annotations are evaluated. */
  readonly place: Place;
  readonly scope: Scope;
  readonly params: Param[];
  /** Assigns the parts of Python 2's tuple parameters. */
  readonly first: Stmt[];
}

function readParam({ place, scope, params, first }: ParamList, node: SyntaxNode): void {
  const target = child(node, 'name') ?? (node.type === 'typed_parameter' ? firstNamed(node) : node);
  if (!target) return;
  const rest =
    target.type === 'list_splat_pattern' ? 'list' : target.type === 'dictionary_splat_pattern' ? 'dict' : undefined;
  const name = rest ? firstNamed(target) : target;
  const value = child(node, 'value');
  const extras = { ...(value && { default: readExpression(place, value) }), ...(rest && ({ rest } as const)) };
  if (name?.type === 'tuple_pattern') {
    const at = spanOf(name);
    const parts: Place = { ...place, scope, owner: scope };
    first.push({
      k: 'assign',
      at,
      target: readTarget(parts, name),
      value: { k: 'other', at, parts: [] },
      augmented: false,
    });
    params.push({ name: '', ...extras });
    return;
  }
  if (name?.type !== 'identifier' || name.start === name.end) return;
  const annotation = child(node, 'type');
  const type = annotation && readType(place, annotation);
  const text = textOf(place, name);
  const index = scope.declare(text, spanOf(name), { k: 'param', index: params.length }, type);
  params.push({ name: text, var: index, ...extras });
}

function readDecorators(place: Place, whole: SyntaxNode): Expr[] {
  return whole.children.flatMap((it) => {
    const value = it.type === 'decorator' ? firstNamed(it) : undefined;
    return value ? [readExpression(place, value)] : [];
  });
}

const known: Readonly<Record<string, string>> = {
  staticmethod: 'staticmethod',
  classmethod: 'classmethod',
  property: 'property',
  cached_property: 'property',
};

function modifiersOf(decorators: readonly Expr[]): string[] {
  return decorators.flatMap((it) => {
    const word = it.k === 'name' || it.k === 'attr' ? known[it.name] : undefined;
    return word ? [word] : [];
  });
}

/** `@x.setter def x`: the property keeps the getter under its name. */
function isAccessor(decorators: readonly Expr[], name: string): boolean {
  return decorators.some(
    (it) => it.k === 'attr' && /^(setter|deleter)$/.test(it.name) && it.of.k === 'name' && it.of.name === name,
  );
}

/** `def f[T]`, `class A[T]`: the type parameters have a scope around the function or class. */
function withTypeParameters(place: Place, node: SyntaxNode): Place {
  const list = child(node, 'type_parameters');
  if (!list) return place;
  const scope = new Scope(place.file.vars, place.scope.fn, place.scope);
  const inside = { ...place, scope };
  for (const it of named(list)) declareTypeParameter(inside, it);
  return inside;
}

/** `T`, `T: Bound`, `*Ts`, `**P`: the first name is the parameter, the rest its bound. */
function declareTypeParameter(place: Place, node: SyntaxNode): void {
  let first: SyntaxNode | undefined = node;
  while (first && first.type !== 'identifier') first = firstNamed(first);
  if (first) place.scope.declare(textOf(place, first), spanOf(first));
}

function readClass(place: Place, node: SyntaxNode, whole: SyntaxNode): number {
  const { file } = place;
  const decorators = readDecorators(place, whole);
  const outside = withTypeParameters(place, node);
  const name = child(node, 'name');
  const bases = readArguments(outside, child(node, 'superclasses')).flatMap((it) => (it.name ? [] : [it.value]));
  const cls: GrowingClass = {
    name: name ? textOf(place, name) : '',
    at: spanOf(whole),
    bases,
    decorators,
    methods: new Map(),
    fields: [],
  };
  const index = file.classes.push(cls) - 1;
  if (name && name.start < name.end) place.owner.declare(cls.name, spanOf(name), { k: 'class', cls: index });
  const scope = new Scope(file.vars, place.scope.fn, outside.scope, 'class');
  const stmts = readSuite({ ...outside, scope, owner: scope, cls: index }, node);
  cls.fields.push(...fieldsOf(stmts, file));
  cls.fields.sort((a, b) => a.at.start - b.at.start);
  return index;
}
