/** How often a loop goes round, where the code says so. */
import type { Call, Expr, Loop } from './facts.ts';
import { nameOf, type Place } from './program.ts';
import type { Resolver } from './resolve.ts';
import { written } from './written.ts';

export function loopTimes(loop: Loop, place: Place, resolver: Resolver): number | undefined {
  if (loop.form === 'for' && loop.iter) return itemsOf(loop.iter, place, resolver);
  return loop.form === 'count' ? countedTimes(loop, place, resolver) : undefined;
}

/** How many items a collection or range has. `seen`: what it was made of so far, where it may be made of itself. */
export function itemsOf(expr: Expr, place: Place, resolver: Resolver, seen: readonly Expr[] = []): number | undefined {
  const now = written(expr, place);
  const one = now.expr;
  if (seen.includes(one)) return undefined;
  const inner = (source: Expr) => itemsOf(source, now.place, resolver, [...seen, one]);
  if (one.k === 'list') return one.items.every((item) => item.k !== 'spread') ? one.items.length : undefined;
  if (one.k === 'comprehension') {
    const [only, ...others] = one.loops;
    return only && others.length + one.tests.length === 0 ? inner(only.iter) : undefined;
  }
  if (one.k !== 'call') return undefined;
  const name = nameOf(one.callee).split('.').at(-1) ?? '';
  const numbers = one.args.map(({ value }) => resolver.constant(value, now.place));
  const length = one.args[0]?.value;
  if (name === 'range') return rangeLength(numbers);
  if (name === 'Array' && one.args.length === 1) return whole(numbers[0]);
  if (name === 'from' && length?.k === 'object' && /\bArray\.from$/.test(nameOf(one.callee))) {
    const entry = length.entries.find(({ key }) => key === 'length');
    return entry && whole(resolver.constant(entry.value, now.place));
  }
  if (sameLength.has(name) && length) return inner(length);
  if (one.callee.k === 'attr' && sameLengthMethods.has(name)) return inner(one.callee.of);
  return undefined;
}

/** How many a call starts that runs a function for each item: `items.map(fn)`, `pool.map(fn, items)`. */
export function startedBy(call: Call, place: Place, resolver: Resolver): number | undefined {
  const second = call.args[1]?.value;
  return itemsOf(call, place, resolver) ?? (second && itemsOf(second, place, resolver));
}

/** Functions that give as many items as they are given. */
const sameLength = new Set(['list', 'tuple', 'enumerate', 'reversed', 'sorted', 'tqdm', 'trange', 'from']);
const sameLengthMethods = new Set(['map', 'forEach', 'keys', 'values', 'entries', 'fill', 'toSorted', 'reverse']);

function rangeLength(numbers: readonly unknown[]): number | undefined {
  if (numbers.length === 0 || !numbers.every((one) => typeof one === 'number')) return undefined;
  const [start, end, step] = numbers.length === 1 ? [0, numbers[0]!, 1] : [numbers[0]!, numbers[1]!, numbers[2] ?? 1];
  return step === 0 ? undefined : Math.max(0, Math.ceil((end - start) / step));
}

/** `for (let n = 0; n < 1000; n++)`, up or down, in any step. */
function countedTimes({ init, test, update }: Loop, place: Place, resolver: Resolver): number | undefined {
  const first = init?.length === 1 ? init[0] : undefined;
  if (first?.k !== 'assign' || first.target.k !== 'var' || test?.k !== 'binary' || update?.k !== 'assign')
    return undefined;
  const counter = first.target.var;
  const counts = test.left.k === 'name' && test.left.var === counter;
  if (!counts || update.target.k !== 'var' || update.target.var !== counter) return undefined;
  const [from, to] = [first.value, test.right].map((one) => resolver.constant(one, place));
  // `n++` has no value of its own.
  const by = update.value.k === 'other' ? 1 : resolver.constant(update.value, place);
  if (typeof from !== 'number' || typeof to !== 'number' || typeof by !== 'number' || by <= 0) return undefined;
  const distance = { '<': to - from, '<=': to - from + 1, '>': from - to, '>=': from - to + 1 }[test.op];
  const upward = test.op.startsWith('<') ? '+' : '-';
  return distance === undefined || update.op !== upward ? undefined : Math.max(0, Math.ceil(distance / by));
}

function whole(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;
}
