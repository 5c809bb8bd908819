/** What a retry does again besides sending the request: what stands between it and the request, or behind the call. */
import type { Expr, Stmt } from './facts.ts';
import { argument } from './options.ts';
import { type Around, type CallPlace, nameOf, type Place, statements, within } from './program.ts';
import type { Resolver } from './resolve.ts';
import type { Span } from './span.ts';
import type { Layer, Protection, Request } from './verdict.ts';

export interface RepeatedEffect {
  /**
   * `started`: a job that the call starts and then waits for; `tools`: functions that it runs; `appended`: what is added
   * to what it sends; `pages`: items of the pages before.
   */
  readonly k: 'started' | 'tools' | 'appended' | 'pages';
  readonly layer: Layer;
  /** Where it is done, and to what. */
  readonly at?: Span;
  readonly name?: string;
}

export function repeatedEffect(
  request: Request,
  place: CallPlace,
  protection: Protection,
  resolver: Resolver,
): RepeatedEffect | undefined {
  if (protection.k !== 'resent' || protection.exhausted) return undefined;
  const layer = protection.layers.find(({ k }) => k !== 'sdk' && k !== 'rate' && k !== 'concurrency');
  if (!layer) return undefined;
  const method = request.path.split('.').at(-1)!;
  if (runs.test(method) || runsTools(request, place, resolver)) return { k: 'tools', layer, name: method };
  if (request.method.shape === 'helper' && starts.test(method)) return { k: 'started', layer, name: method };
  const region = repeatedRegion(layer, place);
  if (!region) return undefined;
  const added = addedBefore(request, place, region);
  if (added) return { k: 'appended', layer, ...added };
  const kept = request.method.shape === 'paginated' ? keptOfPages(place, region) : undefined;
  return kept && { k: 'pages', layer, ...kept };
}

const runs = /^(run_?(tools|functions)|tool_?runner)$/i;
const starts = /^(create|upload|submit)\w*(_poll|Poll)$|^(upload|upload_file_chunked|uploadFileChunked)$/;

/** A call of several steps runs the functions that it is given between them. */
function runsTools({ sdk, call }: Request, place: Place, resolver: Resolver): boolean {
  const given = (name: string) => argument(call, name, resolver, place).value !== undefined;
  return sdk.runs !== undefined && given(sdk.runs) && (given('stopWhen') || given('maxSteps'));
}

/** What runs again: the whole function, or the body of a loop in it. */
type Region = 'function' | Stmt;

function repeatedRegion({ k, at, name }: Layer, { program, fn, around }: Place): Region | undefined {
  if (name.english === 'the handler' || name.english.startsWith('the queue')) return undefined;
  const own = program.facts.fns[fn]!;
  if (k === 'recursion' || own.decorators.some((one) => contains(one.at, at)) || !contains(own.at, at))
    return fn === 0 ? undefined : 'function';
  for (let one = around; one; one = one.outer)
    if (one.k === 'stmt' && one.node.k === 'loop' && one.part === 'body' && contains(one.node.at, at)) return one.node;
  return undefined;
}

/** `messages.append(…)` before the request that sends `messages`, in what runs again. */
function addedBefore(request: Request, place: Place, region: Region): { at: Span; name: string } | undefined {
  for (let around = place.around; around && around.k !== 'edge'; around = around.outer) {
    if (around.k !== 'stmt') continue;
    if (around.node === region) return undefined;
    for (const stmt of around.block.slice(0, around.index)) {
      const target = addsTo(stmt, region);
      if (!target || !outlives(target, place, region) || isTakenBack(target, place)) continue;
      const name = nameOf(target);
      if (name && sendsIt(request, name, place)) return { at: stmt.at, name };
    }
  }
  return undefined;
}

const adding = /^(append|push|extend|insert|unshift)$/;

/** What a statement adds to; in a loop, the same in each round. */
function addsTo(stmt: Stmt, region: Region): Expr | undefined {
  if (stmt.k !== 'expr' || stmt.value.k !== 'call') return undefined;
  const { callee, args } = stmt.value;
  if (callee.k !== 'attr' || !adding.test(callee.name)) return undefined;
  const parts = args.flatMap(({ value }) => [...within(value)]);
  const varies =
    region !== 'function' &&
    parts.some(
      (one) =>
        one.k === 'call' ||
        (one.k === 'name' && region.k === 'loop' && region.target?.k === 'var' && one.var === region.target.var),
    );
  return varies ? undefined : callee.of;
}

/** Whether a variable or an attribute is there before what runs again, and after it. */
function outlives(expr: Expr, { program, fn }: Place, region: Region): boolean {
  if (expr.k === 'self') return true;
  if (expr.k === 'attr' || expr.k === 'index') return outlives(expr.of, { program, fn, around: undefined }, region);
  if (expr.k !== 'name' || expr.var === undefined) return false;
  const { fn: owner, what } = program.facts.vars[expr.var]!;
  const bound = program.bindings.get(expr.var) ?? [];
  if (region !== 'function') return !bound.some(({ at }) => region.at.start <= at && at < region.at.end);
  return what.k === 'param' ? bound.every((one) => one.fn !== fn || one.how === 'augmented') : owner !== fn;
}

/** `messages.pop()` somewhere in the function. */
function isTakenBack(target: Expr, { program, fn }: Place): boolean {
  const name = nameOf(target);
  return ['pop', 'splice', 'remove', 'clear', 'slice', 'length'].some((way) =>
    (program.members.get(way) ?? []).some(
      (use) => use.fn === fn && use.expr.k === 'attr' && nameOf(use.expr.of) === name,
    ),
  );
}

/** Whether the request is given it, by itself or in an object that is made before. */
function sendsIt({ call }: Request, name: string, { program }: Place): boolean {
  const holds = (expr: Expr, depth: number): boolean =>
    [...within(expr)].some((one) => {
      if (nameOf(one) === name && one.k !== 'call') return true;
      if (one.k !== 'name' || one.var === undefined || depth > 1) return false;
      return (program.bindings.get(one.var) ?? []).some(
        ({ value, how }) => how === 'assign' && value?.k === 'object' && holds(value, depth + 1),
      );
    });
  return call.args.some(({ value }) => holds(value, 0));
}

/** Where the items of the pages go, if that outlives the retry: it starts again at the first page. */
function keptOfPages(place: Place, region: Region): { at: Span; name: string } | undefined {
  for (let around: Around | undefined = place.around; around; around = around.outer) {
    if (around.k !== 'stmt' || around.node === region) {
      if (around.k === 'stmt') return undefined;
      continue;
    }
    const { node, part } = around;
    if (node.k !== 'loop' || part !== 'iter') return undefined;
    for (const stmt of statements(node.body)) {
      const target = addsTo(stmt, 'function');
      if (target && outlives(target, place, region)) return { at: stmt.at, name: nameOf(target) };
    }
    return undefined;
  }
  return undefined;
}

function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
