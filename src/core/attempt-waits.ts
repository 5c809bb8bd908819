/** What a hand-written retry waits for between attempts: where it sleeps, and how the time grows. */
import { numberOf } from './arithmetic.ts';
import {
  countersOf,
  type LoopSource,
  loopChanges,
  outsideHandlers,
  type RecursionSource,
  startOf,
} from './attempt-variables.ts';
import type { WaitShape } from './catalogue.ts';
import type { Expr } from './facts.ts';
import { logging } from './handler.ts';
import { children, expressions, nameOf, type Place, type Program, statements, within } from './program.ts';
import { reached } from './resends.ts';
import type { Resolver } from './resolve.ts';
import type { Attempts, Sleep, Waits } from './retry-use.ts';

export interface Pauses {
  readonly waits: Waits;
  readonly sleeps: readonly Sleep[];
}

/** How deep functions of the program's own are looked into. */
const deepest = 3;

export function pausesOf(source: LoopSource | RecursionSource, attempts: Attempts, resolver: Resolver): Pauses {
  const { place } = source;
  const failing = [...reached(source.handler.body, source.error, resolver)];
  const around = source.k === 'loop' ? outsideHandlers(source.loop.body, source.clauses) : [];
  const evaluated = [...failing, ...around].flatMap(expressions).concat(source.k === 'loop' ? headOf(source) : []);
  const sleeps = evaluated.flatMap((expr) => sleepsIn(expr, place.program));
  // `sleep(0)` lets others run, and waits for nothing.
  const real = sleeps.filter(({ time }) => time.k !== 'lit' || time.value !== 0);
  if (real.length > 0) return { sleeps, waits: shapeOf(real, source, attempts, resolver) };
  if (sleeps.length > 0) return { sleeps, waits: { growth: 'none', jitter: false } };
  // What runs only once an attempt has succeeded, or is the attempt, waits between none.
  const between = source.k === 'loop' ? [...failing, ...source.loop.body.filter(({ k }) => k !== 'try')] : failing;
  const hidden = between.flatMap(expressions).some((expr) => mayWait(expr, place, resolver, 0));
  return { sleeps, waits: hidden ? 'unknown' : { growth: 'none', jitter: false } };
}

function headOf({ loop }: LoopSource): readonly Expr[] {
  return [loop.test, loop.update].filter((one) => one !== undefined);
}

const sleeping = /(^|\.)_*(u?sleep\w*|async_?sleep|delay|wait(For)?|pause|waitfor|timeout|sleepFor)$/i;
const timer = /(^|\.)(setTimeout)$/;
/** Names that speak of waiting, whatever they do. */
const speaking =
  /sleep|delay|wait|pause|back_?off|throttl|cool_?down|retry_?after|set_?timeout|limiter|schedule|defer/i;

/** The calls in an expression that wait, those in functions inside included. */
function sleepsIn(expr: Expr, program: Program): readonly Sleep[] {
  const found: Sleep[] = [];
  for (const one of deep(expr, program)) {
    if (one.k !== 'call') continue;
    const name = nameOf(one.callee);
    const time = timer.test(name) && one.args[0]?.value.k !== 'lit' ? (one.args[1] ?? one.args[0]) : one.args[0];
    const isSleep = sleeping.test(name) || timer.test(name);
    // `sleep(resolve, 1000)` and `wait(condition)` wait for something else than a time.
    if (!isSleep || !time || time.spread || time.value.k === 'fn' || time.value.k === 'object') continue;
    const unit = program.facts.language === 'python' ? 'seconds' : 'milliseconds';
    found.push({ call: one, time: time.value, unit });
  }
  return found;
}

/** Every expression in `node`, the bodies of functions inside included. */
function* deep(node: Expr, program: Program): Generator<Expr> {
  for (const one of within(node)) {
    yield one;
    if (one.k !== 'fn') continue;
    for (const stmt of statements(program.facts.fns[one.fn]!.body))
      for (const expr of expressions(stmt)) yield* deep(expr, program);
  }
}

const harmless =
  /(^|\.)(str|repr|print|len|int|float|bool|type|format|isinstance|issubclass|getattr|hasattr|super|min|max|abs|round|range|list|dict|set|tuple|next|open|sorted|any|all|id|vars|String|Number|Boolean|stringify|toString|valueOf|includes|indexOf|startsWith|endsWith|startswith|endswith|match|test|search|exec|find|findall|group|groups|lower|upper|strip|split|join|replace|toLowerCase|toUpperCase|toFixed|trim|slice|substring|get|items|keys|values|append|push|add|extend|update|pop|remove|clear|write|flush|format_exc|print_exc|exc_info|now|time|isoformat|utcnow|json|parse|loads|dumps|cast|isInstance|isArray|has|floor|random|uniform|getTime|echo|secho|error|info|warn|warning|debug|log|exception|trace|critical|count|inc|increment|record|set_exception|status|text|message)$/;

/** Whether an expression may wait in a way that isn't seen: it awaits, or calls what can't be looked into. */
function mayWait(expr: Expr, place: Place, resolver: Resolver, depth: number): boolean {
  for (const one of within(expr)) {
    if (one.k !== 'call') continue;
    const name = nameOf(one.callee);
    if (logging.test(name) || (harmless.test(name) && !speaking.test(name))) continue;
    if (one.isNew || /^_*[A-Z]\w*$/.test(name.split('.').at(-1)!)) continue;
    if (depth >= deepest || speaking.test(name)) return true;
    for (const meaning of resolver.meanings(one.callee, place)) {
      if (meaning.k === 'client') continue;
      if (meaning.k !== 'fn') return true;
      const { program, fn } = meaning;
      const inside: Place = { program, fn, around: undefined };
      for (const stmt of statements(program.facts.fns[fn]!.body))
        for (const inner of expressions(stmt)) if (mayWait(inner, inside, resolver, depth + 1)) return true;
    }
  }
  return false;
}

/** How the times of some sleeps grow together: the one that spreads best speaks for all. */
function shapeOf(
  sleeps: readonly Sleep[],
  source: LoopSource | RecursionSource,
  attempts: Attempts,
  resolver: Resolver,
): Waits {
  const { place } = source;
  const shapes = sleeps.map(({ time }) => timeShape(time, place, variables(source, resolver), resolver, 0));
  if (shapes.some((one) => one === undefined)) return 'unknown';
  const known = shapes as readonly WaitShape[];
  const growth = (['told', 'growing', 'fixed'] as const).find((one) => known.some((shape) => shape.growth === one));
  const jitter = known.some((shape) => shape.jitter);
  const seconds = total(sleeps, source, attempts, resolver);
  return { growth: growth ?? 'none', jitter, ...(seconds !== undefined && { seconds }) };
}

interface Variables {
  /** Those that count or grow. */
  readonly changing: ReadonlySet<number>;
  readonly error: number | undefined;
}

function variables(source: LoopSource | RecursionSource, resolver: Resolver): Variables {
  const error = source.error.var;
  if (source.k === 'recursion') {
    const { params } = source.place.program.facts.fns[source.place.fn]!;
    // What the function hands on to itself with another value changes from call to call.
    const handed = source.call.args.some(({ value }) => value.k === 'binary');
    const changing = new Set(handed ? params.flatMap((one) => (one.var === undefined ? [] : [one.var])) : []);
    return { error, changing };
  }
  const changing = new Set(loopChanges(source.loop).map(({ id }) => id));
  for (const id of countersOf(source, resolver).keys()) changing.add(id);
  const { target } = source.loop;
  const add = (one: typeof target): void => {
    if (one?.k === 'var') changing.add(one.var);
    else if (one?.k === 'pattern') for (const part of one.parts) add(part.target);
  };
  add(target);
  for (const stmt of source.loop.init ?? []) if (stmt.k === 'assign') add(stmt.target);
  return { error, changing };
}

const randomness = /random|jitter|uniform|randint/i;
const serverSaid = /retry_?-?after|retryafter|reset|server_?wait|wait_?(time|seconds|ms)_?from|suggested|try_?again/i;

/** The shape of a time; undefined where it can't be told. */
function timeShape(
  expr: Expr,
  place: Place,
  known: Variables,
  resolver: Resolver,
  depth: number,
): WaitShape | undefined {
  let growth: WaitShape['growth'] = 'fixed';
  let jitter = false;
  let sure = true;
  const grows = () => {
    if (growth === 'fixed') growth = 'growing';
  };
  const told = () => {
    growth = 'told';
  };
  for (const one of timeParts(expr)) {
    const name = nameOf(one);
    if (name && randomness.test(name)) jitter = true;
    if (name && serverSaid.test(name)) told();
    if (one.k === 'lit' && typeof one.value === 'string' && serverSaid.test(one.value)) told();
    if (one.k === 'binary' && (one.op === '**' || one.op === '<<')) grows();
    if (one.k === 'call') {
      const last = name.split('.').at(-1)!;
      if (last === 'pow' || /expo|back_?off/i.test(last)) grows();
      else if (!/^(min|max|float|int|abs|round|floor|ceil|Number|random|uniform|randint|get)$/.test(last)) sure = false;
    }
    const root = rootOf(one);
    if (root.k === 'name' && root.var !== undefined && root.var === known.error) told();
    if (one.k !== 'name' || one.var === undefined) continue;
    if (one.var === known.error) told();
    else if (known.changing.has(one.var)) grows();
    else if (depth < 4) {
      for (const { value, how } of place.program.bindings.get(one.var) ?? []) {
        const inner = value && timeShape(value, place, known, resolver, depth + 1);
        if (!inner || how !== 'assign') {
          if (value || how !== 'assign') sure = false;
          continue;
        }
        jitter ||= inner.jitter;
        if (inner.growth === 'told') told();
        if (inner.growth === 'growing') grows();
      }
    }
  }
  return sure || growth !== 'fixed' || jitter ? { growth, jitter } : undefined;
}

/** What a time is made of: of a setting that is read from somewhere, not where it comes from. */
function* timeParts(expr: Expr): Generator<Expr> {
  yield expr;
  if (expr.k === 'attr') return;
  if (expr.k === 'index') {
    yield* timeParts(expr.index);
    if (expr.of.k === 'call') yield* timeParts(expr.of);
    return;
  }
  for (const { child } of children(expr)) yield* timeParts(child);
}

function rootOf(expr: Expr): Expr {
  return expr.k === 'attr' ? rootOf(expr.of) : expr;
}

/** Seconds that all waits between the attempts take at most. */
function total(
  sleeps: readonly Sleep[],
  source: LoopSource | RecursionSource,
  attempts: Attempts,
  resolver: Resolver,
): number | undefined {
  const [sleep, ...others] = sleeps;
  if (!sleep || others.length > 0 || source.k !== 'loop' || typeof attempts !== 'number' || attempts > 1000)
    return undefined;
  const { loop, place } = source;
  const counters = countersOf(source, resolver);
  let sum = 0;
  for (let attempt = 1; attempt < attempts; attempt++) {
    const values = new Map<number, number>();
    for (const { var: id, first, step, at } of counters.values())
      values.set(id, first + step * (attempt - 1 + (at < sleep.call.at.start ? 1 : 0)));
    for (const { id, op, by, at } of loopChanges(loop)) {
      if (values.has(id)) continue;
      const start = startOf(id, loop, place, resolver);
      const factor = by && op === '*' ? numberOf(by, place, resolver) : undefined;
      if (start === undefined || factor === undefined) return undefined;
      values.set(id, start * factor ** (attempt - 1 + (at < sleep.call.at.start ? 1 : 0)));
    }
    const time = secondsOf(sleep.time, place, resolver, values);
    if (time === undefined) return undefined;
    sum += sleep.unit === 'milliseconds' ? time / 1000 : time;
  }
  return sum;
}

/** The number that an expression comes to, variables that are set in the loop followed. */
function secondsOf(
  expr: Expr,
  place: Place,
  resolver: Resolver,
  values: ReadonlyMap<number, number>,
): number | undefined {
  const now = new Map(values);
  for (const one of within(expr)) {
    if (one.k !== 'name' || one.var === undefined || now.has(one.var)) continue;
    const [only, ...others] = place.program.bindings.get(one.var) ?? [];
    if (!only?.value || others.length > 0) continue;
    const value = numberOf(only.value, place, resolver, values);
    if (value !== undefined) now.set(one.var, value);
  }
  return numberOf(expr, place, resolver, now);
}
