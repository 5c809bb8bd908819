/** Lowers classes. */
import type { Expr } from '../../core/facts.ts';
import { Scope } from '../scope.ts';
import { expression } from './expressions.ts';
import { decorator, functionLike, staticBlock } from './functions.ts';
import { fieldOf, type SyntaxNode, spanOfNode } from './nodes.ts';
import { propertyName } from './objects.ts';
import type { Place, Reader } from './reader.ts';
import { annotation } from './types.ts';

/** Reads a class and gives its index. `decorators`: those written before `export`. */
export function classLike(r: Reader, node: SyntaxNode, outer: Place, decorators: readonly SyntaxNode[] = []): number {
  const name = fieldOf(node, 'name');
  const cls = r.classes.length;
  const methods = new Map<string, number>();
  const own: Reader['classes'][number] = {
    name: name ? r.textOf(name) : '',
    at: { start: Math.min(node.start, decorators[0]?.start ?? node.start), end: node.end },
    bases: [],
    decorators: [],
    methods,
    fields: [],
  };
  r.classes.push(own);
  const all = [...decorators, ...node.children.filter((it) => it.kind === 'decorator')];
  own.decorators = all.flatMap((it) => decorator(r, it, outer));
  own.bases = basesOf(r, node, outer);
  const place: Place = { ...outer, scope: namedScope(r, node, cls, outer), cls };
  r.depth++;
  own.fields = members(r, fieldOf(node, 'body')?.children ?? [], place, cls, methods);
  r.depth--;
  return cls;
}

/** A class expression's own name is known only inside it. */
function namedScope(r: Reader, node: SyntaxNode, cls: number, outer: Place): Scope {
  const name = fieldOf(node, 'name');
  if (!name || node.kind !== 'class') return outer.scope;
  const scope = new Scope(r.vars, outer.scope.fn, outer.scope);
  scope.declare(r.textOf(name), spanOfNode(name), { k: 'class', cls });
  return scope;
}

function basesOf(r: Reader, node: SyntaxNode, place: Place): Expr[] {
  const heritage = node.children.find((it) => it.kind === 'class_heritage');
  const extended = heritage?.children.find((it) => it.kind === 'extends_clause');
  return (extended?.children ?? []).filter((it) => it.field === 'value').map((it) => expression(r, it, place));
}

type Field = Reader['classes'][number]['fields'][number];

function members(
  r: Reader,
  nodes: readonly SyntaxNode[],
  place: Place,
  cls: number,
  methods: Map<string, number>,
): Field[] {
  const fields: Field[] = [];
  let decorators: SyntaxNode[] = [];
  for (const it of nodes) {
    if (it.kind === 'decorator') {
      decorators.push(it);
      continue;
    }
    if (it.kind === 'method_definition' || it.kind === 'abstract_method_signature') {
      const fn = functionLike(r, it, place, { cls, decorators });
      const { name, modifiers } = r.fns[fn]!;
      // Of a getter and a setter, reading is what the property says.
      if (!methods.has(name) || !modifiers.includes('set')) methods.set(name, fn);
    } else if (it.kind === 'public_field_definition') fields.push(...field(r, it, place));
    else if (it.kind === 'class_static_block') staticBlock(r, it, place, cls);
    if (it.named) decorators = [];
  }
  return fields;
}

function field(r: Reader, node: SyntaxNode, place: Place): Field[] {
  const name = fieldOf(node, 'name');
  if (!name) return [];
  const value = fieldOf(node, 'value');
  const type = annotation(r, fieldOf(node, 'type'), place);
  return [
    {
      name: propertyName(r, name),
      at: spanOfNode(node),
      ...(value && { value: expression(r, value, place) }),
      ...(type && { type }),
    },
  ];
}
