/** Places where many requests start at once, and how many, where that can be told. */
import { boundedCalls } from './bounded.ts';
import type { Expr } from './facts.ts';
import { type CallPlace, nameOf, type Place, type Program, within } from './program.ts';
import { reaching } from './reaching.ts';
import type { Resolver } from './resolve.ts';
import { senders } from './senders.ts';
import { isSliced, sizeOf } from './sizes.ts';
import type { Span } from './span.ts';
import type { Verdict } from './verdict.ts';

export interface FanOut {
  /** What starts them or waits for them, as it is called: `asyncio.gather`, `Promise.all`. */
  readonly at: Span;
  /** The whole call. */
  readonly call: Span;
  /** One of the requests. */
  readonly verdict: Verdict;
  /** How many there are, where a constant tells. */
  readonly count?: number;
}

/** Something that a fan-out starts, and how often. */
export interface Started {
  readonly expr: Expr;
  readonly count: number | undefined;
}

export function fanOuts(program: Program, verdicts: readonly Verdict[], resolver: Resolver): readonly FanOut[] {
  const free = verdicts.filter(
    ({ request, limiters, protection }) =>
      request.method.plane === 'inference' &&
      limiters.length === 0 &&
      !(protection.k === 'resent' && protection.layers.some(({ k }) => k === 'rate')),
  );
  if (free.length === 0) return [];
  const sent = free.map(({ request }) => request);
  const { sends } = senders(program, sent, resolver, boundedCalls(program, resolver));
  const found = program.calls.flatMap((place): readonly FanOut[] => {
    if (!gathers(place)) return [];
    const started = startedBy(place, program, resolver);
    const asking = started.flatMap(({ expr, count }) => {
      const request = requestIn(expr, place, sends);
      return request ? [{ request, count }] : [];
    });
    const [first] = asking;
    const verdict = first && free.find(({ request }) => request === first.request);
    if (!verdict) return [];
    const counts = asking.map(({ count }) => count);
    const count = counts.includes(undefined) ? undefined : counts.reduce<number>((sum, one) => sum + (one ?? 0), 0);
    return [{ at: place.call.callee.at, call: place.call.at, verdict, ...(count !== undefined && { count }) }];
  });
  return found.sort((a, b) => a.at.start - b.at.start);
}

/** Whether a call waits for many that run side by side, or (`forEach` with an asynchronous function) for none of them. */
function gathers({ call, program }: CallPlace): boolean {
  const name = nameOf(call.callee);
  if (/(^|\.)(asyncio\.(gather|wait|as_completed)|gather|Promise\.(all|allSettled|any|race))$/.test(name)) return true;
  const [first] = call.args;
  return /\.forEach$/.test(name) && first?.value.k === 'fn' && program.facts.fns[first.value.fn]!.async;
}

/** What a fan-out starts. */
export function startedBy(place: CallPlace, program: Program, resolver: Resolver): readonly Started[] {
  const { call } = place;
  const seen = new Set<Expr>();
  const each = (expr: Expr): readonly Started[] => {
    if (seen.has(expr)) return [];
    seen.add(expr);
    switch (expr.k) {
      case 'spread':
        return each(expr.value);
      case 'list':
        return expr.items.flatMap((item) => (item.k === 'spread' ? each(item) : [{ expr: item, count: 1 }]));
      case 'comprehension':
        return isInBatches(
          expr.loops.map(({ iter }) => iter),
          place,
        )
          ? []
          : [{ expr: expr.element, count: sizeOf(expr, place, resolver) }];
      case 'call':
        return mapped(expr);
      case 'name':
        return expr.var === undefined ? [] : [...held(expr.var), ...added(expr.var)];
      default:
        return [];
    }
  };
  /** `items.map((item) => ask(item))`, `map(ask, items)` */
  const mapped = (expr: Expr & { k: 'call' }): readonly Started[] => {
    const { callee, args } = expr;
    if (callee.k === 'attr' && /^(map|flatMap|forEach)$/.test(callee.name) && args[0])
      return isInBatches([callee.of], place)
        ? []
        : [{ expr: args[0].value, count: sizeOf(callee.of, place, resolver) }];
    if (/(^|\.)Array\.from$/.test(nameOf(callee)) && args[1])
      return [{ expr: args[1].value, count: sizeOf(expr, place, resolver) }];
    if (/^(list|tuple|set)$/.test(nameOf(callee)) && args[0]) return each(args[0].value);
    if (nameOf(callee) === 'map' && args[0] && args[1])
      return isInBatches([args[1].value], place)
        ? []
        : [{ expr: args[0].value, count: sizeOf(args[1].value, place, resolver) }];
    return [];
  };
  const held = (variable: number): readonly Started[] =>
    reaching(program.bindings.get(variable) ?? [], program.facts.vars[variable]!.fn, call.at.start, place).flatMap(
      ({ value }) => (value ? each(value) : []),
    );
  /** `tasks.append(ask(item))` in a loop. */
  const added = (variable: number): readonly Started[] =>
    [
      ...(program.callsByName.get('append') ?? []),
      ...(program.callsByName.get('push') ?? []),
      ...(program.callsByName.get('add') ?? []),
    ].flatMap(({ call: one, around }) => {
      if (one.callee.k !== 'attr' || one.callee.of.k !== 'name' || one.callee.of.var !== variable || !one.args[0])
        return [];
      let count: number | undefined = 1;
      for (let at = around; at; at = at.outer) {
        if (at.k !== 'stmt' || at.node.k !== 'loop' || at.part !== 'body') continue;
        // A loop round the gathering itself empties the list each time.
        if (at.node.at.start <= call.at.start && call.at.end <= at.node.at.end) break;
        if (at.node.iter && isInBatches([at.node.iter], place)) return [];
        const size = at.node.iter && sizeOf(at.node.iter, place, resolver);
        count = size === undefined || count === undefined ? undefined : count * size;
      }
      return [{ expr: one.args[0].value, count }];
    });
  if (call.callee.k === 'attr' && call.callee.name === 'forEach') return mapped(call);
  return call.args.flatMap(({ name, value, spread }) => {
    if (name !== undefined) return [];
    // `gather(a(), b())`, `Promise.all(promises)`
    const whole = spread === 'list' || program.facts.language === 'typescript' || !/gather$/.test(nameOf(call.callee));
    return whole ? each(value) : [{ expr: value, count: 1 }];
  });
}

/** The first request that what is started sends. */
export function requestIn(
  expr: Expr,
  { program, fn }: CallPlace,
  sends: ReturnType<typeof senders>['sends'],
): Verdict['request'] | undefined {
  if (expr.k === 'fn') return sends.fn(expr.fn);
  // What is awaited on the spot runs alone.
  for (const one of within(expr, ({ k }) => k === 'await')) {
    const place: Place = { program, fn, around: undefined };
    const request = one.k === 'call' ? sends.call(one, place) : one.k === 'fn' ? sends.fn(one.fn) : undefined;
    if (request) return request;
  }
  return expr.k === 'name' ? sends.value(expr, { program, fn, around: undefined }) : undefined;
}

const batched = /batch|chunk|slice|window|page|group/i;

/** Whether what runs side by side are the items of a batch that was cut before. */
function isInBatches(collections: readonly Expr[], { program }: Place): boolean {
  return collections.some((one) => {
    if (batched.test(nameOf(one)) || isSliced(one)) return true;
    const bound = one.k === 'name' && one.var !== undefined ? (program.bindings.get(one.var) ?? []) : [];
    return bound.some(({ value, how, around }) => {
      if (value && isSliced(value)) return true;
      const loop = how === 'loop' && around?.k === 'stmt' && around.node.k === 'loop' ? around.node.iter : undefined;
      return loop !== undefined && batched.test(nameOf(loop));
    });
  });
}
