/** Lexical names while a file is read: declare and use in any order, resolve at the end. */
import type { Expr, Var } from '../core/facts.ts';
import type { Span } from '../core/span.ts';

type NameExpr = { k: 'name'; at: Span; name: string; var?: number };

/** Invariant: `resolve` is called once, after everything was declared. */
export class Scope {
  readonly names = new Map<string, number>();
  readonly #uses: NameExpr[] = [];
  readonly #children: Scope[] = [];
  readonly vars: Mutable<Var>[];
  /** The function whose body it is or lies in. */
  readonly fn: number;
  readonly parent: Scope | undefined;
  /** A Python class body: its names are not seen from the functions inside. */
  readonly isClass: boolean;

  constructor(vars: Mutable<Var>[], fn: number, parent?: Scope, kind: 'plain' | 'class' = 'plain') {
    this.vars = vars;
    this.fn = fn;
    this.parent = parent;
    this.isClass = kind === 'class';
    if (parent) parent.#children.push(this);
  }

  /** The variable of this scope with that name, made if it is new. A later, more telling `what` replaces `local`. */
  declare(name: string, at: Span, what: Var['what'] = { k: 'local' }, type?: Expr): number {
    const known = this.names.get(name);
    if (known !== undefined) {
      const own = this.vars[known]!;
      if (own.what.k === 'local' && what.k !== 'local') own.what = what;
      if (!own.type && type) own.type = type;
      return known;
    }
    const index = this.vars.push({ name, fn: this.fn, at, what, ...(type && { type }) }) - 1;
    this.names.set(name, index);
    return index;
  }

  /** Makes `name` here mean a variable of an outer scope (`global`, `nonlocal`). */
  alias(name: string, index: number): void {
    this.names.set(name, index);
  }

  /** An expression for the name, whose variable is filled in by `resolve`. */
  use(name: string, at: Span): Expr {
    const expr: NameExpr = { k: 'name', at, name };
    this.#uses.push(expr);
    return expr;
  }

  resolve(): void {
    for (const use of this.#uses) {
      const found = this.find(use.name);
      if (found !== undefined) use.var = found;
    }
    for (const child of this.#children) child.resolve();
  }

  /** Looks outward. The class bodies around are passed over, except the one the name stands in. */
  find(name: string): number | undefined {
    const own = this.names.get(name);
    if (own !== undefined) return own;
    for (let scope = this.parent; scope; scope = scope.parent) {
      if (scope.isClass) continue;
      const found = scope.names.get(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

export type Mutable<T> = { -readonly [K in keyof T]: T[K] };
