/** The syntax tree as plain objects, copied by one walk of a cursor: reading them costs no call into the parser. */
import type { Span } from '../../core/span.ts';
import type { Tree } from '../syntax.ts';

/** A token that is all punctuation or keyword has its text as `type`, and no place of its own. */
export interface SyntaxNode {
  readonly type: string;
  readonly named: boolean;
  readonly field: string | undefined;
  readonly start: number;
  readonly end: number;
  readonly children: readonly SyntaxNode[];
}

const none: readonly SyntaxNode[] = [];

/** Comments say nothing to the facts; the kinds of the second set are read from their text. */
const skipped = new Set(['comment', 'line_continuation']);
const leaves = new Set(['identifier', 'integer', 'float', 'true', 'false', 'none', 'ellipsis', 'dotted_name']);

export interface TreeCopy {
  readonly root: SyntaxNode;
  /** The stretches that the parser could not read or had to make up. */
  readonly errors: readonly Span[];
  /** What could not be read, outermost, in order. */
  readonly broken: readonly SyntaxNode[];
}

export function copyTree(tree: Tree): TreeCopy {
  const cursor = tree.root.walk();
  try {
    const { language } = tree.root.tree;
    const { types, fields } = language;
    const tokens = types.map((type, id) => (language.nodeTypeIsNamed(id) ? undefined : token(type)));
    const isBroken = tree.root.hasError;
    const errors: Span[] = [];
    const broken: SyntaxNode[] = [];
    const top: SyntaxNode[] = [];
    const open: SyntaxNode[][] = [];
    let siblings = top;
    for (;;) {
      const id = cursor.nodeTypeId;
      const type = types[id] ?? 'ERROR';
      const token = tokens[id];
      let inside = false;
      if (token) siblings.push(token);
      else if (!skipped.has(type)) {
        const start = cursor.startIndex;
        const end = cursor.endIndex;
        const field = fields[cursor.currentFieldId] ?? undefined;
        const opaque = leaves.has(type) || (type === 'string' && !isBroken && !interpolates(tree.text, start));
        inside = !opaque && cursor.gotoFirstChild();
        const children = inside ? [] : none;
        const node = { type, named: true, field, start, end, children };
        siblings.push(node);
        if (inside) {
          open.push(siblings);
          siblings = children as SyntaxNode[];
        }
        if (type === 'ERROR' && start >= (broken.at(-1)?.end ?? 0)) {
          broken.push(node);
          errors.push({ start, end });
        }
      }
      if (isBroken && !inside && cursor.nodeIsMissing && cursor.startIndex >= (broken.at(-1)?.end ?? 0))
        errors.push({ start: cursor.startIndex, end: cursor.endIndex });
      while (!inside && !cursor.gotoNextSibling()) {
        if (!cursor.gotoParent()) return { root: top[0]!, errors, broken };
        siblings = open.pop()!;
      }
    }
  } finally {
    cursor.delete();
  }
}

export function spanOf({ start, end }: SyntaxNode): Span {
  return { start, end };
}

export function child(node: SyntaxNode, field: string): SyntaxNode | undefined {
  for (const it of node.children) if (it.field === field) return it;
  return undefined;
}

export function named(node: SyntaxNode): readonly SyntaxNode[] {
  return node.children.filter((it) => it.named);
}

export function firstNamed(node: SyntaxNode): SyntaxNode | undefined {
  for (const it of node.children) if (it.named) return it;
  return undefined;
}

/** Whether `node` holds this keyword or sign itself. */
export function holds(node: SyntaxNode, type: string): boolean {
  for (const it of node.children) if (!it.named && it.type === type) return true;
  return false;
}

/** Steps into brackets, which mean nothing but order. */
export function unwrap(node: SyntaxNode): SyntaxNode {
  let inner = node;
  while (inner.type === 'parenthesized_expression') {
    const parts = named(inner);
    if (parts.length !== 1) break;
    inner = parts[0]!;
  }
  return inner;
}

function token(type: string): SyntaxNode {
  return { type, named: false, field: undefined, start: 0, end: 0, children: none };
}

/** Whether the string that starts here is an f-string or t-string: only those have something to read inside. */
function interpolates(text: string, start: number): boolean {
  for (let at = start; at < start + 3; at++) {
    const letter = text[at];
    if (letter === 'f' || letter === 'F' || letter === 't' || letter === 'T') return true;
    if (letter === '"' || letter === "'") return false;
  }
  return false;
}
