/** Requests that are never sent again after all: a handler waits and goes on, or a loop runs out of attempts and tells nobody. */
import { givesNothing } from './asked-again.ts';
import { exits } from './exits.ts';
import type { Expr, FileFacts, Loop, Stmt, Target } from './facts.ts';
import { sendsAnother } from './fallbacks.ts';
import { assigned, isLogging, reads, reports } from './handler.ts';
import { type Around, expressions, nameOf, type Place, statements, within } from './program.ts';
import type { Span } from './span.ts';
import type { Absorbed, Tracing, Way } from './way.ts';

/** Whether a handler that has taken the 429 waits, and then leaves with nothing in hand. */
export function dropsAfterWait({ waits, mayRaise, exits: left, ...absorbed }: Absorbed): boolean {
  if (!waits || mayRaise) return false;
  const leaves = left.filter(({ k }) => k === 'return');
  return leaves.length === 0 || givesNothing({ ...absorbed, mayRaise, exits: leaves });
}

/** How a loop goes on when the handler of an attempt in it has waited. */
export function nextRound(
  loop: Loop,
  { attempt = [], body }: Absorbed,
  { sets }: Way,
  facts: FileFacts,
): 'other' | 'same' | 'refill' | 'again' | 'kept' {
  const own = new Set<number>([...targets(loop.target), ...assigned(loop.init ?? [])]);
  const changed = assigned(body);
  // `i--`: the counter is set back.
  if (loop.form === 'count' && [...own].some((one) => changed.has(one))) return 'again';
  const items = itemsOf(loop, own, attempt);
  if (keeps(body, items)) return 'kept';
  const uses = (expr: Expr): boolean => [...readsInside(expr, facts)].some((one) => items.has(one));
  const attempts = [...statements(attempt)].flatMap((stmt) => expressions(stmt));
  // A log line may name the item; what is asked inside one counts.
  if (attempts.some((expr) => (isLogging(expr) ? [...asked(expr)].some(uses) : uses(expr)))) return 'other';
  // Without items a loop that always does the same does it again; so does one that only fills one variable.
  const read = new Set(
    [...statements(loop.body)].flatMap((stmt) => expressions(stmt).flatMap((expr) => [...reads(expr)])),
  );
  const fills = sets.length > 0 && !sets.some((one) => read.has(one));
  if (own.size === 0) return 'again';
  return fills ? 'refill' : 'same';
}

/** The variables that an expression reads, those in functions inside included: `retry(() => ask(item))`. */
export function* readsInside(expr: Expr, facts: FileFacts): Generator<number> {
  for (const one of within(expr)) {
    if (one.k === 'name' && one.var !== undefined) yield one.var;
    if (one.k !== 'fn') continue;
    for (const stmt of statements(facts.fns[one.fn]!.body))
      for (const inner of expressions(stmt)) yield* readsInside(inner, facts);
  }
}

const plain =
  /^(str|repr|len|type|round|String|Number|(\w+\.)?(dumps|stringify|toString|join|slice|substring|toFixed))$/;

/** The calls in a log line whose value it writes out. */
function* asked(line: Expr): Generator<Expr> {
  for (const one of within(line)) if (one !== line && one.k === 'call' && !plain.test(nameOf(one.callee))) yield one;
}

/** What changes from round to round: what the loop runs over or takes in its body, and what is made of it. */
function itemsOf(loop: Loop, own: ReadonlySet<number>, attempt: readonly Stmt[]): ReadonlySet<number> {
  const before = loop.body.filter((stmt) => stmt.k !== 'try' || stmt.body !== attempt);
  const items = new Set(own.size > 0 ? own : assigned(before));
  for (const stmt of statements(loop.body)) {
    if (stmt.k !== 'assign') continue;
    if ([...reads(stmt.value)].some((one) => items.has(one))) for (const one of targets(stmt.target)) items.add(one);
  }
  return items;
}

const keeping =
  /(^|\.)(unshift|insert|appendleft|put|put_nowait|requeue|enqueue)$|(fail|err|retr|skip|miss|left|pend|todo|queue|later|dead|again)\w*\.(append|push|add|set)$/i;

/** Whether a handler puts the item back, or where it is seen to later. */
function keeps(body: readonly Stmt[], items: ReadonlySet<number>): boolean {
  return [...statements(body)].some((stmt) =>
    expressions(stmt).some((expr) =>
      [...within(expr)].some(
        (one) =>
          one.k === 'call' &&
          keeping.test(nameOf(one.callee)) &&
          one.args.some(({ value }) => [...reads(value)].some((each) => items.has(each))),
      ),
    ),
  );
}

/**
 * Where a loop that sends one request until it succeeds comes to its end without an answer, and the program goes on as if
 * nothing had happened: the loop's own place.
 */
export function exhausted(
  loop: Loop,
  around: Around & { k: 'stmt' },
  way: Way,
  place: Place,
  { request, resolver }: Tracing,
): Span | undefined {
  const { absorbed } = way;
  const { program } = place;
  if (!absorbed || absorbed.mayRaise) return undefined;
  const leaves = absorbed.exits.some(({ k }) => k === 'break' || k === 'return');
  if (!leaves && !isBounded(loop, way)) return undefined;
  const next = [...loop.orElse, ...following(around)];
  // A variable that holds something from before can be taken apart.
  const empty = [...way.sets, ...assigned(way.after.flat())].filter((one) =>
    (program.bindings.get(one) ?? []).every(
      ({ at, value }) => at >= loop.at.start || value === undefined || isNothing(value),
    ),
  );
  const loud =
    exits(next).exits.some(({ k }) => k === 'raise' || k === 'ends') ||
    reports(next, undefined) ||
    (way.returned && sendsAnother(next, place, resolver, request)) ||
    takesApart(next, new Set(empty)) ||
    readsUnset(next, way, loop, around, place);
  return loud ? undefined : loop.at;
}

function isBounded(loop: Loop, way: Way): boolean {
  if (loop.form === 'for') return loop.iter === undefined || !/(^|\.)(count|cycle|repeat)$/.test(nameOf(loop.iter));
  if (loop.form === 'forAwait' || loop.test === undefined) return false;
  if (loop.form === 'count') return true;
  // A condition that only success changes bounds nothing.
  const success = new Set([...way.sets, ...assigned(way.after.flat())]);
  const counted = assigned(loop.body);
  for (const one of assigned(way.absorbed?.body ?? [])) success.delete(one);
  return [...reads(loop.test)].some((one) => counted.has(one) && !success.has(one));
}

/** What control meets behind a statement, up to the next loop round it or the function's end. */
function following(around: Around & { k: 'stmt' }): readonly Stmt[] {
  const found: Stmt[] = [];
  for (let at: Around | undefined = around; at && at.k === 'stmt'; at = at.outer) {
    if (at.node.k === 'loop' && at !== around) break;
    found.push(...at.block.slice(at.index + 1));
  }
  return found;
}

/** Whether an answer that never came is taken apart at once: then the program stops there. */
function takesApart(block: readonly Stmt[], answers: ReadonlySet<number>): boolean {
  for (const stmt of block) {
    if (stmt.k === 'if' || stmt.k === 'loop' || stmt.k === 'try') return false;
    for (const expr of expressions(stmt)) {
      for (const one of within(expr)) {
        if ((one.k === 'attr' || one.k === 'index') && one.of.k === 'name' && answers.has(one.of.var ?? -1))
          return true;
      }
    }
  }
  return false;
}

/** Python's local variable that only success gives a value: to read it without one is an error of its own. */
function readsUnset(
  next: readonly Stmt[],
  way: Way,
  loop: Loop,
  around: Around & { k: 'stmt' },
  { program, fn }: Place,
): boolean {
  if (program.facts.language !== 'python') return false;
  // In a loop of items it still holds the answer of an earlier one.
  for (let at: Around | undefined = around.outer; at && at.k === 'stmt'; at = at.outer)
    if (at.node.k === 'loop') return false;
  const unset = new Set(
    [...way.sets, ...assigned(way.after.flat())].filter((one) => {
      const { what, fn: owner } = program.facts.vars[one]!;
      const bindings = program.bindings.get(one) ?? [];
      return what.k === 'local' && owner === fn && bindings.every(({ at }) => loop.at.start <= at && at < loop.at.end);
    }),
  );
  const [first] = next;
  // What only one branch reads may stay unread.
  const always = (expr: Expr) => [...within(expr, ({ k }) => k === 'either' || k === 'and')];
  return (
    first !== undefined &&
    expressions(first).some((expr) => always(expr).some((one) => one.k === 'name' && unset.has(one.var ?? -1)))
  );
}

function isNothing(value: Expr): boolean {
  return value.k === 'lit' && value.value === null;
}

function targets(target: Target | undefined): readonly number[] {
  if (target?.k === 'var') return [target.var];
  return target?.k === 'pattern' ? target.parts.flatMap((part) => targets(part.target)) : [];
}
