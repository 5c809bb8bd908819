/** What the parts of the Python reader share: the facts under way, and where in the program the reader stands. */
import type { Class, FileFacts, Fn, Stmt, Var } from '../../core/facts.ts';
import type { Mutable, Scope } from '../scope.ts';
import type { SyntaxNode } from './tree.ts';

/** The facts of one file while they grow. */
export interface Reading {
  readonly text: string;
  readonly vars: Mutable<Var>[];
  readonly fns: Mutable<Fn>[];
  readonly classes: GrowingClass[];
  readonly imports: FileFacts['imports'][number][];
  /** The module's scope. */
  readonly top: Scope;
  /** How deep the expression or statement under way stands in what is written. */
  depth: number;
  /** What the parser could not read and the reader has not met, in order. */
  readonly unread: Set<SyntaxNode>;
  /** Statements met inside broken expressions: the list that is under way takes them. */
  strays: Stmt[];
}

export interface GrowingClass extends Class {
  readonly methods: Map<string, number>;
  readonly fields: Field[];
}

export type Field = Class['fields'][number];

export interface Place {
  readonly file: Reading;
  /** Where a name is looked up. */
  readonly scope: Scope;
  /** Where a statement binds a name: the function or class body around, never a comprehension. */
  readonly owner: Scope;
  /** The class whose body the statements stand in. */
  readonly cls?: number;
  /** The instance parameter of the method around, which functions inside it see too. */
  readonly self?: { readonly name: string; readonly var: number; readonly cls: number };
  /** Under `if TYPE_CHECKING`: never run. */
  readonly typeOnly: boolean;
}

/**
 * How deep facts may nest. What walks them is recursive, and code that nests deeper is generated or hostile: it is cut
 * with an `other`.
 */
export const deepest = 250;

/** How many links of a chain (`a.b().c()`, `a + b + c`) may still nest; half is left for what the links hold. */
export function room(file: Reading): number {
  return (deepest - file.depth) >> 1;
}

export function textOf({ file }: Place, { start, end }: SyntaxNode): string {
  return file.text.slice(start, end);
}
