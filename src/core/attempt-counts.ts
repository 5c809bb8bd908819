/** How often a hand-written retry sends a request: what bounds its loop, or its calls of itself. */
import { numberOf } from './arithmetic.ts';
import {
  boundingOf,
  type Counted,
  changesIn,
  countersOf,
  countingIn,
  type LoopSource,
  type RecursionSource,
  settledIn,
} from './attempt-variables.ts';
import { exits } from './exits.ts';
import type { Expr, Loop, Stmt } from './facts.ts';
import { assigned } from './handler.ts';
import { nameOf, type Place, statements, within } from './program.ts';
import type { Resolver } from './resolve.ts';
import type { Attempts } from './retry-use.ts';
import type { Span } from './span.ts';
import { listed } from './written.ts';

/** More attempts than this are not counted out. */
const mostCounted = 10_000;

export function attemptsOfLoop(source: LoopSource, resolver: Resolver): Attempts {
  const { loop, place } = source;
  if (loop.iter) {
    const items = lengthOf(loop.iter, place, resolver);
    if (items !== 'endless') return items ?? 'unknown';
  }
  const counting = countingIn(loop);
  const failing = failingIn(source);
  const settled = settledIn(source);
  const conditions: readonly Condition[] = [
    ...(loop.test && !isTrue(loop.test, place, resolver) && !alwaysHolds(loop.test, loop, place, resolver)
      ? [{ test: loop.test, at: loop.test.at.start, goesOn: true }]
      : []),
    ...guards(loop.body, loop.label)
      .filter((one) => !isOfOthers(one.at, source))
      .map(({ test, at }) => ({ test, at: at.start, goesOn: false })),
  ];
  const counted = countersOf(source, resolver);
  const answers = conditions.map((one) => ({ one, k: boundingOf(one.test, counting, failing, settled) }));
  const bounds = answers.filter(({ k }) => k === 'bound');
  if (bounds.length > 0) {
    const counts = bounds.map(({ one }) => count(one, source, counted, resolver)).filter((one) => one !== undefined);
    return counts.length > 0 && counts.length === bounds.length ? Math.min(...counts) : 'unknown';
  }
  return answers.some(({ k }) => k === 'opaque') ? 'unknown' : 'unbounded';
}

/** A function that calls itself gives up where what it hands on counts, or where something else than the error is asked. */
export function attemptsOfRecursion(source: RecursionSource): Attempts {
  const { call, handler, place } = source;
  const hands = (value: Expr) => [...within(value)].some(({ k }) => k === 'binary' || k === 'assign');
  if (call.args.some(({ value, spread }) => spread !== undefined || hands(value))) return 'unknown';
  const own = place.program.facts.fns[place.fn]!;
  // Each call has its own local variables: only what is handed on, or lies outside, can count.
  const { vars } = place.program.facts;
  const handed = new Set(call.args.flatMap(({ value }) => (value.k === 'name' ? [value.var] : [])));
  const counts = (id: number) => handed.has(id) || vars[id]!.fn !== place.fn;
  const counting = new Set(changesIn(own.body).flatMap(({ id }) => (counts(id) ? [id] : [])));
  if (counting.size > 0 || changesAttribute(own.body)) return 'unknown';
  const failing = failingIn(source);
  const settled = assigned(handler.body);
  const tests = [...statements(handler.body)].flatMap((stmt) => (stmt.k === 'if' ? [stmt.test] : []));
  return tests.some((test) => boundingOf(test, counting, failing, settled) !== 'none') ? 'unknown' : 'unbounded';
}

function changesAttribute(body: readonly Stmt[]): boolean {
  return [...statements(body)].some((stmt) => stmt.k === 'assign' && stmt.augmented && stmt.target.k !== 'var');
}

/** The error's variable, and those made of it. */
function failingIn({ error, handler }: LoopSource | RecursionSource): ReadonlySet<number> {
  const found = new Set(error.var === undefined ? [] : [error.var]);
  for (const stmt of statements(handler.body)) {
    if (stmt.k !== 'assign' || stmt.target.k !== 'var' || stmt.augmented) continue;
    const isOf = [...within(stmt.value)].some((one) => one.k === 'name' && one.var !== undefined && found.has(one.var));
    if (isOf) found.add(stmt.target.var);
  }
  return found;
}

interface Condition {
  readonly test: Expr;
  readonly at: number;
  /** The loop goes on while it holds; otherwise the loop is left where it holds. */
  readonly goesOn: boolean;
}

/** The conditions on which a loop is left from inside. */
function guards(body: readonly Stmt[], label: string | undefined): readonly (Stmt & { k: 'if' })[] {
  return [...statements(body)].filter((stmt): stmt is Stmt & { k: 'if' } => {
    if (stmt.k !== 'if') return false;
    return [stmt.then, stmt.else].some((branch) =>
      exits(branch).exits.some(
        ({ k, label: to }) =>
          k === 'raise' || k === 'return' || k === 'ends' || (k === 'break' && (!to || to === label)),
      ),
    );
  });
}

/** Whether a place lies in a handler of other errors than the one that is repeated. */
function isOfOthers({ start }: Span, { clauses, handler }: LoopSource): boolean {
  const other = clauses.find(({ at }) => at.start <= start && start < at.end);
  return other !== undefined && other.at.start !== handler.at.start;
}

/** After how many failed attempts a condition ends the loop. */
function count(
  { test, at, goesOn }: Condition,
  { place, loop }: LoopSource,
  counters: ReadonlyMap<number, Counted>,
  resolver: Resolver,
): number | undefined {
  const counter = [...counters.values()].find(({ var: id }) =>
    [...within(test)].some((one) => one.k === 'name' && one.var === id),
  );
  if (!counter || test.k !== 'binary' || counter.step === 0) return undefined;
  // A loop's head is asked ahead of each attempt, one behind its body after it.
  const ahead = goesOn && loop.form !== 'doWhile';
  const stepped = !ahead && counter.at < at ? 1 : goesOn && !ahead ? 1 : 0;
  for (let attempt = 1; attempt <= mostCounted; attempt++) {
    const value = counter.first + counter.step * (attempt - 1 + stepped);
    const holds = compare(test, place, resolver, new Map([[counter.var, value]]));
    if (holds === undefined) return undefined;
    if (holds !== goesOn) return ahead ? attempt - 1 : attempt;
  }
  return undefined;
}

function compare(
  { op, left, right }: Expr & { k: 'binary' },
  place: Place,
  resolver: Resolver,
  values: ReadonlyMap<number, number>,
): boolean | undefined {
  const [a, b] = [left, right].map((one) => numberOf(one, place, resolver, values));
  if (a === undefined || b === undefined) return undefined;
  return { '<': a < b, '<=': a <= b, '>': a > b, '>=': a >= b, '===': a === b, '!==': a !== b }[op];
}

/** Whether a condition compares what no round changes: `tries < 10` where nothing counts the tries. */
function alwaysHolds(test: Expr, loop: Loop, place: Place, resolver: Resolver): boolean {
  if (test.k !== 'binary') return false;
  const changed = new Set([...assigned(loop.body), ...countingIn(loop)]);
  const steady = [test.left, test.right].every(
    (one) => one.k === 'lit' || (one.k === 'name' && one.var !== undefined && !changed.has(one.var)),
  );
  return steady && compare(test, place, resolver, new Map()) === true;
}

/** Whether a condition always holds: `True`, or `most is None or attempt < most` where nobody says how many. */
function isTrue(test: Expr, place: Place, resolver: Resolver): boolean {
  if (test.k === 'lit') return Boolean(test.value);
  if (test.k === 'either') return !test.test && test.of.some((one) => isTrue(one, place, resolver));
  if (test.k !== 'binary' || test.op !== '===') return false;
  return [test.left, test.right].every((one) => resolver.constant(one, place) === null);
}

/** How many items a loop runs over. */
function lengthOf(iter: Expr, place: Place, resolver: Resolver): number | 'endless' | undefined {
  if (iter.k !== 'call') return listed(iter, place, resolver)?.length;
  const name = nameOf(iter.callee);
  const [first, second, third] = iter.args.map(({ value }) => numberOf(value, place, resolver));
  switch (name.split('.').at(-1)) {
    case 'range': {
      if (iter.args.length === 1) return first === undefined ? undefined : Math.max(0, first);
      const step = iter.args.length > 2 ? third : 1;
      if (first === undefined || second === undefined || !step) return undefined;
      return Math.max(0, Math.ceil((second - first) / step));
    }
    case 'count':
      return 'endless';
    case 'repeat':
      return iter.args.length === 1 ? 'endless' : second;
    case 'enumerate':
    case 'trange':
    case 'tqdm':
      return iter.args[0] ? lengthOf(iter.args[0].value, place, resolver) : undefined;
    default:
      return undefined;
  }
}
