/** Follows names to what is written for them, where that is one thing. */
import type { Expr } from './facts.ts';
import { nameOf, type Place } from './program.ts';
import { reaching } from './reaching.ts';
import type { Resolver } from './resolve.ts';

/** The expression that a variable holds. */
export function written(expr: Expr, place: Place): { readonly expr: Expr; readonly place: Place } {
  let now = { expr, place };
  for (let step = 0; step < 6; step++) {
    const one = now.expr.k === 'await' ? now.expr.value : now.expr;
    if (one.k !== 'name' || one.var === undefined) return { ...now, expr: one };
    const bound = now.place.program.bindings.get(one.var) ?? [];
    const { fn } = now.place.program.facts.vars[one.var]!;
    const [only, ...more] = reaching(bound, fn, one.at.start, now.place);
    if (!only?.value || only.path.length > 0 || more.length > 0) return now;
    now = { expr: only.value, place: only };
  }
  return now;
}

/** The constants of a list, tuple or set, if all of them can be told. */
export function listed(expr: Expr, place: Place, resolver: Resolver): readonly unknown[] | undefined {
  const now = written(expr, place);
  if (now.expr.k === 'call' && now.expr.args[0] && /^(set|frozenset|tuple|list|Set)$/.test(nameOf(now.expr.callee)))
    return listed(now.expr.args[0].value, now.place, resolver);
  for (const one of resolver.meanings(now.expr, now.place)) {
    if (one.k !== 'literal' || one.expr.k !== 'list') continue;
    const top: Place = { program: one.program, fn: 0, around: undefined };
    const items = one.expr.items.map((item) => resolver.constant(item, top));
    return items.every((item) => item !== undefined) ? items : undefined;
  }
  return undefined;
}
