/** How many items an expression has, where a constant tells. */
import type { Call, Expr } from './facts.ts';
import { nameOf, type Place } from './program.ts';
import type { Resolver } from './resolve.ts';

/** The number of items that an expression has at most. */
export function sizeOf(expr: Expr, place: Place, resolver: Resolver): number | undefined {
  switch (expr.k) {
    case 'list': {
      let size = 0;
      for (const item of expr.items) {
        const inner = item.k === 'spread' ? sizeOf(item.value, place, resolver) : 1;
        if (inner === undefined) return undefined;
        size += inner;
      }
      return size;
    }
    case 'comprehension': {
      let size = 1;
      for (const { iter } of expr.loops) {
        const each = sizeOf(iter, place, resolver);
        if (each === undefined) return undefined;
        size *= each;
      }
      return size;
    }
    case 'call':
      return sizeOfCall(expr, place, resolver);
    case 'name': {
      const lists = resolver.meanings(expr, place).map((one) => (one.k === 'literal' ? one.expr : undefined));
      const [list, ...others] = lists;
      const bound = expr.var === undefined ? [] : (place.program.bindings.get(expr.var) ?? []);
      // One that is filled as the program runs has the items of its literal and more.
      const filled = bound.length !== 1 || (list?.k === 'list' && list.items.length === 0);
      return list && list.k === 'list' && others.length === 0 && !filled ? sizeOf(list, place, resolver) : undefined;
    }
    default:
      return undefined;
  }
}

function sizeOfCall({ callee, args }: Call, place: Place, resolver: Resolver): number | undefined {
  const name = nameOf(callee).split('.').at(-1)!;
  const numbers = args
    .map(({ value }) => resolver.constant(value, place))
    .map((one) => (typeof one === 'number' ? one : undefined));
  const [first, second] = numbers;
  if (name === 'range')
    return args.length === 1 ? first : first !== undefined && second !== undefined ? second - first : undefined;
  if (/^(enumerate|sorted|reversed|list|tuple|set|filter|keys|values|entries)$/.test(name)) {
    const of = args[0]?.value ?? (callee.k === 'attr' ? callee.of : undefined);
    return of && sizeOf(of, place, resolver);
  }
  if (name === 'slice' && args.length === 2)
    return first !== undefined && second !== undefined ? second - first : undefined;
  if (name === 'from') {
    const length = args[0] && resolver.entry(args[0].value, 'length', place);
    const size = length?.value && resolver.constant(length.value, length.place ?? place);
    return typeof size === 'number' ? size : args[0] && sizeOf(args[0].value, place, resolver);
  }
  if (/^(fill|map|filter|keys)$/.test(name) && callee.k === 'attr') return sizeOf(callee.of, place, resolver);
  return name === 'Array' && args.length === 1 ? first : undefined;
}

/** `items[i : i + 5]`, `items.slice(i, i + 5)`, `islice(items, 5)`, `items.splice(0, 5)` */
export function isSliced(expr: Expr): boolean {
  if (expr.k === 'call') return /(^|\.)(slice|splice|islice)$/.test(nameOf(expr.callee)) && expr.args.length > 1;
  return expr.k === 'index' && expr.index.k === 'other';
}
