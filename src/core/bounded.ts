/** Whether a call waits for a limiter in its own function: inside a `with`, as what a limiter is given, or behind an `acquire`. */
import type { Expr } from './facts.ts';
import { nameOf, type Place, type Program, within } from './program.ts';
import type { Resolver } from './resolve.ts';

const limiting = /semaphore|limiter|throttl|bucket/i;
const handing = /(^|[._])(sem|limit\w*|throttle\w*|schedule|enqueue)$|\b\w*queue\.add$/i;
const acquiring =
  /(sem|semaphore|limiter|throttle\w*|bucket|mutex|lock)\w*\.(acquire|wait|consume|removeTokens|try_acquire)$/i;

export function boundedCalls(program: Program, resolver: Resolver): ReadonlySet<Expr> {
  return new Set(program.calls.filter((place) => isBounded(place, resolver)).map(({ call }) => call));
}

function isBounded(place: Place, resolver: Resolver): boolean {
  for (let { around } = place; around; around = around.outer) {
    const outer: Place = { ...place, around: around.outer };
    if (around.k === 'expr') {
      const { node, part } = around;
      if (
        node.k === 'call' &&
        part === 'arg' &&
        (handing.test(nameOf(node.callee)) || isLimiter(node.callee, outer, resolver))
      )
        return true;
    } else if (around.k === 'stmt') {
      const { node, part, block, index } = around;
      if (node.k === 'with' && part === 'body' && node.items.some(({ value }) => isLimiter(value, outer, resolver)))
        return true;
      const before = block
        .slice(0, index)
        .flatMap((stmt) => (stmt.k === 'expr' || stmt.k === 'assign' ? [stmt.value] : []));
      if (
        before.some((value) => [...within(value)].some((one) => one.k === 'call' && acquiring.test(nameOf(one.callee))))
      )
        return true;
    }
  }
  // A function that a limiter is given, or that stands in such a one: `limit(async () => { … })`, `limit(() => retry(() => …))`.
  const own = place.program.functions.get(place.fn);
  return own !== undefined && isBounded(own, resolver);
}

function isLimiter(expr: Expr, place: Place, resolver: Resolver): boolean {
  if (limiting.test(nameOf(expr)) || /(^|\.)sem$/i.test(nameOf(expr))) return true;
  return resolver.meanings(expr, place).some((one) => {
    if (one.k === 'result') return limiting.test(one.of.path.join('.')) || /limit/i.test(one.of.module);
    return one.k === 'fn' && /limit|throttl/i.test(one.program.facts.fns[one.fn]!.name);
  });
}
