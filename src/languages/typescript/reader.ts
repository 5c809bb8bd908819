/** The state of reading one file: what was found so far, and what is looked up once all names are known. */
import type { Class, Expr, FileFacts, Fn, Target, Var } from '../../core/facts.ts';
import type { Span } from '../../core/span.ts';
import { type Mutable, Scope } from '../scope.ts';
import { type SyntaxNode, spanOfNode } from './nodes.ts';

/** Where a piece of code stands. */
export interface Place {
  /** Holds what `let`, `const`, `class` and `function` declare here. */
  readonly scope: Scope;
  /** Holds what `var` declares here. */
  readonly hoist: Scope;
  /** The class whose instance `this` is. */
  readonly cls?: number;
}

/** Levels of nesting that are read; what lies deeper becomes `other`. Whoever reads facts may recurse over them. */
export const deepest = 250;

export class Reader {
  readonly text: string;
  readonly vars: Mutable<Var>[] = [];
  readonly fns: Mutable<Fn>[] = [];
  readonly classes: Mutable<Class>[] = [];
  readonly imports: { module: string; at: Span; typeOnly: boolean }[] = [];
  readonly exports = new Map<string, number>();
  readonly top: Place;
  depth = 0;
  readonly #assigned: { readonly scope: Scope; readonly name: string; readonly target: { var: number; at: Span } }[] =
    [];
  readonly #exported: { readonly name: string; readonly local: string }[] = [];

  constructor(text: string) {
    this.text = text;
    const scope = new Scope(this.vars, 0);
    this.top = { scope, hoist: scope };
  }

  textOf(node: SyntaxNode): string {
    return this.text.slice(node.start, node.end);
  }

  /** A name in use. The parser puts a name without letters where one is missing. */
  use(node: SyntaxNode, place: Place): Expr {
    if (node.start === node.end) return { k: 'other', at: spanOfNode(node), parts: [] };
    return place.scope.use(this.textOf(node), spanOfNode(node));
  }

  /** The target of an assignment to a name, which may be declared further down. */
  assigned(node: SyntaxNode, place: Place): Target {
    const target = { k: 'var' as const, at: spanOfNode(node), var: -1 };
    this.#assigned.push({ scope: place.scope, name: this.textOf(node), target });
    return target;
  }

  /** A variable that no name leads to: what a pattern takes apart. */
  hidden(pattern: SyntaxNode, fn: number, what: Var['what'], type?: Expr): number {
    const name = pattern.kind === 'array_pattern' ? '[]' : '{}';
    return this.vars.push({ name, fn, at: spanOfNode(pattern), what, ...(type && { type }) }) - 1;
  }

  /** A variable of the file that only its export leads to. */
  named(name: string, at: Span, what: Var['what']): number {
    return this.vars.push({ name, fn: 0, at, what }) - 1;
  }

  exportLater(name: string, local: string): void {
    this.#exported.push({ name, local });
  }

  import(module: string, at: Span, typeOnly: boolean): void {
    this.imports.push({ module, at, typeOnly });
  }

  /** Call once, when everything was read. */
  finish(errors: readonly Span[]): FileFacts {
    const { scope } = this.top;
    // Nothing declares it: the assignment makes a global.
    for (const { scope: from, name, target } of this.#assigned)
      target.var = from.find(name) ?? scope.declare(name, target.at);
    for (const { name, local } of this.#exported) {
      const found = scope.find(local);
      if (found !== undefined) this.exports.set(name, found);
    }
    scope.resolve();
    const { vars, fns, classes, imports, exports } = this;
    return { language: 'typescript', vars, fns, classes, imports, exports, errors };
  }
}

/** A place in a block of its own. */
export function blockIn(place: Place): Place {
  return { ...place, scope: new Scope(place.scope.vars, place.scope.fn, place.scope) };
}
