/** Streams whose limit arrives while they are read, where what was written for limits does not look. */
import type { Expr } from './facts.ts';
import { type Around, nameOf, type Place, within } from './program.ts';
import type { Resolver } from './resolve.ts';
import type { Span } from './span.ts';
import type { Layer, Request } from './verdict.ts';
import type { Route } from './way.ts';

export interface StreamLimit {
  /** What is read, chunk by chunk. */
  readonly at: Span;
  /** What was written for limits. */
  readonly handled: Span;
}

export function streamLimit(
  request: Request,
  place: Place,
  fate: Route['fate'] | undefined,
  resolver: Resolver,
): StreamLimit | undefined {
  if (!request.streams || request.http || request.sdk.errors.inStream === undefined) return undefined;
  const layer = fate?.k === 'resent' && fate.layer.k !== 'rate' ? fate.layer : undefined;
  const handled = layer?.at ?? (fate?.k === 'handled' && !fate.response ? fate.at : undefined);
  if (!handled) return undefined;
  for (const { at, place: reads } of iterations(place, resolver, 0)) {
    // A retry that ends before the first chunk lets what comes later through, as it has to.
    if (layer && !isWithin(at, reads, layer)) continue;
    if (!looks(reads, request, resolver, layer, 0)) return { at, handled };
  }
  return undefined;
}

function isWithin(at: Span, { program, fn, around }: Place, layer: Layer): boolean {
  if (holds(layer.at, at)) return true;
  for (let one = around; one; one = one.outer)
    if (one.k === 'stmt' && one.node.k === 'loop' && one.node.iter && holds(one.node.iter.at, layer.at)) return true;
  return program.facts.fns[fn]!.decorators.some((one) => holds(one.at, layer.at));
}

interface Iteration {
  readonly at: Span;
  /** Round the loop. */
  readonly place: Place;
}

/** The loops that read what an expression gives: itself, kept in a variable, or given back to the callers. */
function iterations(place: Place, resolver: Resolver, depth: number): readonly Iteration[] {
  let around: Around | undefined = place.around;
  while (around?.k === 'expr' && around.node.k === 'await') around = around.outer;
  if (around?.k === 'expr' && around.node.k === 'assign')
    return around.node.target.k === 'var' ? readers(around.node.target.var, place) : [];
  if (around?.k === 'expr') return handedTo(around, place, resolver, depth);
  if (around?.k !== 'stmt') return [];
  const { node, part } = around;
  if (node.k === 'loop' && part === 'iter' && node.iter)
    return [{ at: node.iter.at, place: { ...place, around: around.outer } }];
  if (node.k === 'assign' && part === 'value' && node.target.k === 'var') return readers(node.target.var, place);
  if (node.k === 'with' && part === 'item')
    return node.items.flatMap(({ target, value }) =>
      target?.k === 'var' && [...within(value)].some((one) => one.k === 'call') ? readers(target.var, place) : [],
    );
  return node.k === 'return' && depth < 3 ? givenBack(place, resolver, depth) : [];
}

/** `retry(lambda: client.x.create(stream=True))` gives what the function gives. */
function handedTo(
  { node, part, outer }: Around & { k: 'expr' },
  { program, fn }: Place,
  resolver: Resolver,
  depth: number,
): readonly Iteration[] {
  if (node.k !== 'call' || part !== 'arg' || depth > 3) return [];
  return iterations({ program, fn, around: outer }, resolver, depth + 1);
}

function givenBack({ program, fn }: Place, resolver: Resolver, depth: number): readonly Iteration[] {
  const stands = program.functions.get(fn);
  if (stands?.around?.k === 'expr') return iterations(stands, resolver, depth + 1);
  if (fn === 0) return [];
  return resolver
    .callersOf({ k: 'fn', program, fn })
    .flatMap(({ place }) => (place.program === program ? iterations(place, resolver, depth + 1) : []));
}

function readers(variable: number, { program, fn }: Place): readonly Iteration[] {
  const found: Iteration[] = [];
  for (const use of program.uses.get(variable) ?? []) {
    let around: Around | undefined = use.around;
    while (around?.k === 'expr' && around.node.k === 'attr') around = around.outer;
    if (use.fn !== fn || around?.k !== 'stmt' || around.node.k !== 'loop' || around.part !== 'iter') continue;
    found.push({ at: around.node.iter!.at, place: { program, fn, around: around.outer } });
  }
  return found;
}

/** Whether some handler or retry round the loop takes an error that is no rate limit by its class. */
function looks(place: Place, request: Request, resolver: Resolver, layer: Layer | undefined, depth: number): boolean {
  const { program, fn } = place;
  const takes = (type: Expr) =>
    resolver.meanings(type, place).some((one) => {
      const name =
        one.k === 'builtin'
          ? one.name
          : one.k === 'export'
            ? one.path.at(-1)
            : one.k === 'client'
              ? one.names.at(-1)
              : undefined;
      return name !== request.sdk.errors.rateLimit;
    });
  for (let around = place.around; around; around = around.outer) {
    if (around.k !== 'stmt' || around.node.k !== 'try' || around.part !== 'body') continue;
    if (around.node.handlers.some(({ catches }) => catches === undefined || catches.some(takes))) return true;
  }
  const { decorators } = program.facts.fns[fn]!;
  const retry = decorators.find((one) => layer && one.at.start <= layer.at.start && layer.at.end <= one.at.end);
  if (retry && !onlyByClass(retry, request)) return true;
  // A loop of attempts over any error, a `with attempt:`.
  for (let around = place.around; around; around = around.outer)
    if (
      around.k === 'stmt' &&
      around.node.k === 'loop' &&
      around.part === 'body' &&
      layer &&
      around.node.iter &&
      holds(around.node.iter.at, layer.at)
    )
      return !onlyByClass(around.node.iter, request);
  if (depth > 2 || fn === 0) return false;
  // A generator runs where it is asked for its items.
  if (program.facts.fns[fn]!.generator && resolver.callersOf({ k: 'fn', program, fn }).length > 0) return true;
  const stands = program.functions.get(fn);
  if (stands) return true;
  return resolver
    .callersOf({ k: 'fn', program, fn })
    .some((caller) => looks(caller.place, request, resolver, layer, depth + 1));
}

/** Whether a retry names the class of a rate limit, and no other. */
function onlyByClass(retry: Expr, { sdk }: Request): boolean {
  const named = [...within(retry)].flatMap((one) => {
    const name = one.k === 'name' || one.k === 'attr' ? nameOf(one).split('.').at(-1)! : '';
    return /(Error|Exception)$/.test(name) ? [name] : [];
  });
  return named.length > 0 && named.every((name) => name === sdk.errors.rateLimit);
}

function holds(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
