/** Questions about the parser's nodes that every writer of TypeScript and JavaScript asks. */
import type { Node } from '../syntax.ts';

export const functionKinds: ReadonlySet<string> = new Set([
  'arrow_function',
  'function_declaration',
  'function_expression',
  'generator_function',
  'generator_function_declaration',
  'method_definition',
]);

/** What runs on its own, later or elsewhere: a function, a field's initialiser, a static block. */
export const boundaryKinds: ReadonlySet<string> = new Set([
  ...functionKinds,
  'public_field_definition',
  'field_definition',
  'class_static_block',
]);

/** Nodes that are a use or a binding of a plain name. */
export const nameKinds = ['identifier', 'shorthand_property_identifier', 'shorthand_property_identifier_pattern'];

/** The nearest node around (not itself) that runs on its own; the root where there is none. */
export function functionAround(node: Node): Node {
  let around = node;
  while (around.parent) {
    around = around.parent;
    if (boundaryKinds.has(around.type)) return around;
  }
  return around;
}

export function isAsync(fn: Node): boolean {
  return fn.type === 'program' || fn.children.some((child) => child.type === 'async');
}

export function isGenerator(fn: Node): boolean {
  return fn.type.startsWith('generator') || fn.children.some((child) => child.type === '*');
}

/** Whether `inner` is `outer` or lies in it. */
export function within(inner: Node, outer: Node): boolean {
  return outer.startIndex <= inner.startIndex && inner.endIndex <= outer.endIndex;
}

export function namedChildren(node: Node): readonly Node[] {
  return node.namedChildren.filter((child) => child.type !== 'comment');
}

function firstNamed(node: Node): Node | undefined {
  return namedChildren(node)[0];
}

/** All nodes of some kinds below `node`, itself included. */
export function descendants(node: Node, kinds: string | readonly string[]): readonly Node[] {
  return node.descendantsOfType(typeof kinds === 'string' ? kinds : [...kinds]);
}

/** The distinct plain names below `node`. */
export function namesIn(node: Node): ReadonlySet<string> {
  return new Set(descendants(node, nameKinds).map((name) => name.text));
}

/** `(x)` → `x`, as often as it takes. */
export function unwrapped(node: Node): Node {
  let inner = node;
  while (inner.type === 'parenthesized_expression') {
    const next = firstNamed(inner);
    if (!next) break;
    inner = next;
  }
  return inner;
}

/** The text of a string literal without its quotes. */
export function stringText(node: Node | null | undefined): string | undefined {
  return node?.type === 'string' ? node.text.slice(1, -1) : undefined;
}

/** A comment for a tool that speaks of the line below it. */
export function isDirective({ type, text }: Node): boolean {
  return type === 'comment' && directive.test(text);
}

const directive =
  /@ts-(expect-error|ignore)|eslint-disable-next-line|biome-ignore|prettier-ignore|oxlint-disable-next-line|tslint:disable-next-line|deno-lint-ignore|(istanbul|c8|v8) ignore/;
