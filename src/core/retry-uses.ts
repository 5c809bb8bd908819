/** Finds the retries that stand in a file, and those that multiply, from the ways that its requests’ 429s go. */
import { attemptsOfLoop, attemptsOfRecursion } from './attempt-counts.ts';
import { attemptCounter } from './attempt-variables.ts';
import { pausesOf } from './attempt-waits.ts';
import type { Loop } from './facts.ts';
import type { FoundLayer, LayerSource } from './layer-source.ts';
import { toldTo } from './library-options.ts';
import type { Program } from './program.ts';
import { quotaOf } from './quota-tests.ts';
import type { Resolver } from './resolve.ts';
import type { HandlerCode, RetryCode, RetryUse, Stack, StackedLayer } from './retry-use.ts';
import { waits } from './schedule.ts';
import type { Span } from './span.ts';
import type { Request } from './verdict.ts';
import type { Route } from './way.ts';
import { say } from './words.ts';

/** A request of any file, and the ways that its 429 goes. */
export interface Routed {
  readonly request: Request;
  readonly path: string;
  readonly routes: readonly Route[];
  /** Its method is handed to what calls it, with arguments that are not seen here. */
  readonly isHanded: boolean;
}

export interface Retries {
  readonly uses: readonly RetryUse[];
  readonly stacks: readonly Stack[];
}

export function retriesIn(program: Program, text: string, routed: readonly Routed[], resolver: Resolver): Retries {
  const known = new Map<string, Read>();
  const read = (layer: FoundLayer): Read | undefined => {
    const { source } = layer;
    if (!source) return undefined;
    const key = `${source.place.program.path} ${source.k} ${spanOf(source).start}`;
    const before = known.get(key);
    if (before) return before;
    const made = readLayer(layer, source, program === source.place.program ? text : undefined, resolver);
    known.set(key, made);
    return made;
  };
  const repeated = new Map<Read, Set<Routed>>();
  const innermost = new Set<Read>();
  const stacks = new Map<string, Stack>();
  for (const one of routed) {
    // What is asked of jobs and files in a loop is polled, not retried.
    if (one.request.method.plane === 'control') continue;
    for (const { fate } of one.routes) {
      if (fate.k !== 'resent') continue;
      const chain = [fate.layer, ...fate.outer];
      const reads = chain.map(read);
      for (const [index, each] of reads.entries()) {
        if (each?.program !== program) continue;
        repeated.set(each, (repeated.get(each) ?? new Set()).add(one));
        if (!chain.slice(0, index).some((inner, at) => isRetry(inner) && mayWait(reads[at]))) innermost.add(each);
      }
      const stack = stackOf(one, chain, reads, program);
      if (!stack) continue;
      const key = `${stack.at.start}`;
      const before = stacks.get(key);
      const requests = new Set([...(before?.requests ?? []), one.request]);
      stacks.set(key, { ...(before && product(before) >= product(stack) ? before : stack), requests: [...requests] });
    }
  }
  const uses = [...repeated].map(([read, by]) => ({
    ...read.use,
    waitsInside: !innermost.has(read),
    requests: [...by].map(({ request }) => request),
    own: [...by].filter(({ path }) => path === program.path).map(({ request }) => request),
  }));
  return { uses: uses.sort((a, b) => a.at.start - b.at.start), stacks: [...stacks.values()] };
}

interface Read {
  readonly program: Program;
  readonly use: Omit<RetryUse, 'requests' | 'own' | 'waitsInside'>;
}

/** Whether time may pass between the attempts of a retry. */
function mayWait(read: Read | undefined): boolean {
  return read === undefined || read.use.waits === 'unknown' || read.use.waits.growth !== 'none';
}

function readLayer(layer: FoundLayer, source: LayerSource, text: string | undefined, resolver: Resolver): Read {
  const { program } = source.place;
  if (source.k === 'library') {
    const { by, call, library, found } = source;
    const code: RetryCode = { k: 'library', by, library, found, ...(call && { call }) };
    return { program, use: { at: spanOf(source), name: layer.name, ...toldTo(source, resolver), code } };
  }
  const { at, body } = source.handler;
  const error = source.error.var === undefined ? undefined : program.facts.vars[source.error.var]?.name;
  const handler: HandlerCode = { at, body, ...(error !== undefined && { error }) };
  const quota = quotaOf(source, resolver);
  if (source.k === 'recursion') {
    const attempts = attemptsOfRecursion(source);
    const { waits: told, sleeps } = pausesOf(source, attempts, resolver);
    const code: RetryCode = { k: 'recursion', call: source.call, handler, sleeps };
    return {
      program,
      use: { at: spanOf(source), name: say('this recursion'), attempts, waits: told, quota, code },
    };
  }
  const attempts = attemptsOfLoop(source, resolver);
  const { waits: told, sleeps } = pausesOf(source, attempts, resolver);
  const counter = attemptCounter(source, resolver);
  const code: RetryCode = { k: 'loop', loop: source.loop, handler, sleeps, ...(counter && { counter }) };
  const head = text === undefined ? spanOf(source) : headOf(source.loop, text);
  return { program, use: { at: head, name: say('this loop'), attempts, waits: told, quota, code } };
}

function spanOf(source: LayerSource): Span {
  if (source.k === 'loop') return source.loop.at;
  if (source.k === 'recursion') return source.call.callee.at;
  const own = source.call ?? source.by;
  return own.k === 'call' ? own.callee.at : own.at;
}

/** A loop's head: `for attempt in range(5)`, `while (true)`, `do`. */
function headOf(loop: Loop, text: string): Span {
  const { start } = loop.at;
  if (loop.form === 'doWhile') return { start, end: start + 'do'.length };
  const parts = [loop.target, loop.iter, loop.test, loop.update, ...(loop.init ?? [])];
  const last = Math.max(start, ...parts.map((part) => part?.at.end ?? start));
  const first = loop.body[0]?.at.start ?? loop.at.end;
  const closing = /^[\s;]*\)/.exec(text.slice(last, first))?.[0].length ?? 0;
  if (last > start) return { start, end: last + closing };
  const word = /^(async\s+)?\w+(\s*\(\s*;\s*;\s*\))?/.exec(text.slice(start, first));
  return { start, end: start + (word?.[0].length ?? 1) };
}

/** The layers that one way's request meets, where there are two or more that really send again. */
function stackOf(
  routed: Routed,
  chain: readonly FoundLayer[],
  reads: readonly (Read | undefined)[],
  program: Program,
): Stack | undefined {
  const outside: StackedLayer[] = [];
  let at: Span | undefined;
  let name = say('');
  for (const [index, layer] of chain.entries()) {
    const use = reads[index]?.use;
    if (!use || !sendsAgain(layer, reads[index])) continue;
    const isOutermost = !chain.slice(index + 1).some((other, at) => sendsAgain(other, reads[index + 1 + at]));
    const inside = use.code.k === 'library' ? layer.name : innerNames[use.code.k];
    const here = reads[index]?.program === program ? use.name : layer.k === 'wrapper' ? layer.name : say('this helper');
    outside.unshift({ name: isOutermost ? here : inside, attempts: use.attempts });
    // It stands on the outermost layer that this file holds, or hands the request to.
    const own =
      reads[index]?.program === program ? use.at : layer.through?.path === program.path ? layer.through.at : undefined;
    const put = layer.path === program.path && layer.k === 'wrapper' ? layer.at : undefined;
    if (own ?? put) {
      at = own ?? put;
      name = use.name;
    } else at = undefined;
  }
  const { request } = routed;
  // It is told where the other file hands its request over.
  const isTold = (layer: FoundLayer) =>
    (layer.through ?? (layer.k === 'wrapper' ? layer : undefined))?.path === routed.path;
  if (routed.path !== program.path && chain.some(isTold)) return undefined;
  const sdk = sdkLayer(routed);
  const layers = [...outside, ...(sdk ? [sdk] : [])];
  if (!at || outside.length === 0 || layers.length < 2) return undefined;
  const seconds = longest(request, reads, sdk);
  return { at, name, layers, request, requests: [request], ...(seconds !== undefined && { seconds }) };
}

const innerNames = { loop: say('the loop inside'), recursion: say('the recursion inside') } as const;

function sendsAgain(layer: FoundLayer, read: Read | undefined): boolean {
  return read !== undefined && isRetry(layer) && read.use.attempts !== 1;
}

function isRetry({ k }: FoundLayer): boolean {
  return k === 'loop' || k === 'library' || k === 'wrapper' || k === 'recursion';
}

/** The SDK's own retries, where they act on every 429. */
function sdkLayer({ request: { client, sdk, http }, isHanded }: Routed): StackedLayer | undefined {
  const { retries, known } = client;
  // Arguments that are not seen may say how often.
  if (http || known === 'shape' || retries.k === 'unknown' || (isHanded && sdk.retry.perCall !== 'derive'))
    return undefined;
  const count = retries.k === 'set' ? Math.max(0, retries.count) : sdk.retry.default;
  return count > 0 ? { name: say(sdk.name), attempts: count + 1, sdk } : undefined;
}

/** How often a request is sent in all; those without end count as many. */
function product({ layers }: Pick<Stack, 'layers'>): number {
  return layers.reduce((all, { attempts }) => all * (typeof attempts === 'number' ? attempts : 1), 1);
}

/** Seconds that all waits take together, from outside inward. */
function longest(
  { sdk: { retry } }: Request,
  reads: readonly (Read | undefined)[],
  own: StackedLayer | undefined,
): number | undefined {
  let seconds = own ? waits(retry, (own.attempts as number) - 1).most : 0;
  for (const one of reads) {
    const use = one?.use;
    if (!use || typeof use.attempts !== 'number' || use.waits === 'unknown') return undefined;
    const between = use.waits.growth === 'none' ? 0 : use.waits.seconds;
    if (between === undefined) return undefined;
    seconds = seconds * use.attempts + between;
  }
  return seconds;
}
