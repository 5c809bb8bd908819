/** The variables of a hand-written retry: which of them count attempts or grow, and what a condition asks of them. */
import { numberOf } from './arithmetic.ts';
import type { Expr, Handler, Loop, Stmt, Target } from './facts.ts';
import type { LayerSource } from './layer-source.ts';
import { blocks, expressions, nameOf, type Place, type Program, statements, within } from './program.ts';
import type { Resolver } from './resolve.ts';
import type { Counter } from './retry-use.ts';
import type { Span } from './span.ts';

export type LoopSource = LayerSource & { k: 'loop' };
export type RecursionSource = LayerSource & { k: 'recursion' };

/** Where a variable changes by its own value: `n += 1`, `i++`, `delay = min(delay * 2, 60)`. */
export interface Change {
  readonly id: number;
  readonly at: number;
  /** By which operator and value, where it is that plain. */
  readonly op?: string;
  readonly by?: Expr;
}

export function changesIn(body: readonly Stmt[], more: readonly (Expr | undefined)[] = []): readonly Change[] {
  const found: Change[] = [];
  const evaluated: Expr[] = more.filter((one) => one !== undefined);
  for (const stmt of statements(body)) {
    evaluated.push(...expressions(stmt));
    if (stmt.k !== 'assign' || stmt.target.k !== 'var') continue;
    const { var: id } = stmt.target;
    const at = stmt.at.start;
    if (stmt.augmented) found.push({ id, at, by: stmt.value, ...(stmt.op && { op: stmt.op }) });
    else if (readsVar(stmt.value, id)) found.push({ id, at, ...steppedBy(stmt.value, id) });
  }
  for (const expr of evaluated) {
    for (const one of within(expr)) {
      if (one.k !== 'assign' || one.target.k !== 'var') continue;
      const { var: id } = one.target;
      const at = one.at.start;
      if (one.op !== undefined && one.op !== '??') found.push({ id, at, op: one.op, by: one.value });
      else if (readsVar(one.value, id)) found.push({ id, at, ...steppedBy(one.value, id) });
    }
  }
  return found;
}

/** `n = n + 1` */
function steppedBy(value: Expr, id: number): Pick<Change, 'op' | 'by'> {
  const plain = value.k === 'binary' && value.left.k === 'name' && value.left.var === id;
  return plain ? { op: value.op, by: value.right } : {};
}

function readsVar(expr: Expr, id: number): boolean {
  return [...within(expr)].some((one) => one.k === 'name' && one.var === id);
}

export interface Counted extends Counter {
  /** Where it steps: what stands ahead of that sees the value of before. */
  readonly at: number;
}

/** The variables that start at a known number and go in equal steps. */
export function countersOf({ loop, place }: LoopSource, resolver: Resolver): ReadonlyMap<number, Counted> {
  const found = new Map<number, Counted>();
  const { program } = place;
  const { iter, target } = loop;
  if (iter?.k === 'call' && nameOf(iter.callee) === 'range' && target?.k === 'var') {
    const [start, , by] = iter.args.map(({ value }) => numberOf(value, place, resolver));
    const first = iter.args.length > 1 ? start : 0;
    const step = iter.args.length > 2 ? by : 1;
    if (first !== undefined && step !== undefined)
      found.set(target.var, { ...named(program, target.var), first, step, at: loop.at.end });
  }
  for (const { id, op, by, at } of loopChanges(loop)) {
    const step = by && stepOf(op, by, place, resolver);
    const first = startOf(id, loop, place, resolver);
    if (step !== undefined && first !== undefined && !found.has(id))
      found.set(id, { ...named(program, id), first, step, at });
  }
  return found;
}

/** The number that a variable holds ahead of the loop. */
export function startOf(id: number, loop: Loop, place: Place, resolver: Resolver): number | undefined {
  const [start, ...others] = (place.program.bindings.get(id) ?? []).filter(({ at }) => !isInside(at, loop));
  return start?.value && start.how === 'assign' && others.length === 0
    ? numberOf(start.value, place, resolver)
    : undefined;
}

/** What a loop does at the end of a round stands behind its body. */
export function loopChanges({ body, update, test, at }: Loop): readonly Change[] {
  const behind = update ? changesIn([], [update]).map((change) => ({ ...change, at: at.end })) : [];
  return [...changesIn(body, [test]), ...behind];
}

function named({ facts }: Program, id: number): { readonly name: string; readonly var: number } {
  return { name: facts.vars[id]!.name, var: id };
}

function stepOf(op: string | undefined, by: Expr, place: Place, resolver: Resolver): number | undefined {
  if (op !== '+' && op !== '-') return undefined;
  const size = by.k === 'other' && by.parts.length === 0 ? 1 : numberOf(by, place, resolver);
  return size === undefined ? undefined : op === '-' ? -size : size;
}

/** Whether an offset lies in what the loop runs each time. */
function isInside(at: number, { body, update }: Loop): boolean {
  const first = body[0]?.at.start ?? Number.POSITIVE_INFINITY;
  const last = body.at(-1)?.at.end ?? Number.NEGATIVE_INFINITY;
  return (first <= at && at < last) || (update !== undefined && update.at.start <= at && at < update.at.end);
}

/** The counter that steps with each failed attempt: where it stands is on a failure's way. */
export function attemptCounter(source: LoopSource, resolver: Resolver): Counted | undefined {
  const { loop, handler } = source;
  const covers = ({ start, end }: Span, at: number) => start <= at && at < end;
  const onWay = (at: number) =>
    at === loop.at.end ||
    covers(handler.at, at) ||
    loop.body.some((stmt) => stmt.k === 'assign' && covers(stmt.at, at));
  return [...countersOf(source, resolver).values()].find(({ at, step }) => step === 1 && onWay(at));
}

/** Variables of a loop that count, grow, or are made of those or of the clock. */
export function countingIn(loop: Loop): ReadonlySet<number> {
  const found = new Set(loopChanges(loop).map(({ id }) => id));
  if (loop.target?.k === 'var') found.add(loop.target.var);
  for (let size = -1; size < found.size; ) {
    size = found.size;
    for (const stmt of statements(loop.body)) {
      if (stmt.k !== 'assign' || stmt.target.k !== 'var' || found.has(stmt.target.var)) continue;
      const counts = [...within(stmt.value)].some(
        (one) =>
          (one.k === 'name' && one.var !== undefined && found.has(one.var)) ||
          (one.k === 'call' && clock.test(nameOf(one.callee))),
      );
      if (counts) found.add(stmt.target.var);
    }
  }
  return found;
}

/** The variables that the attempt itself sets, outside the handlers. */
export function settledIn({ loop, clauses }: LoopSource): ReadonlySet<number> {
  const found = new Set<number>();
  const add = (target: Target): void => {
    if (target.k === 'var') found.add(target.var);
    else if (target.k === 'pattern') for (const part of target.parts) add(part.target);
  };
  for (const stmt of outsideHandlers(loop.body, clauses)) {
    if (stmt.k === 'assign') add(stmt.target);
    else if (stmt.k === 'with') for (const { target } of stmt.items) if (target) add(target);
  }
  return found;
}

/** The statements of a block and of the blocks in it, but for those of the handlers. */
export function* outsideHandlers(block: readonly Stmt[], clauses: readonly Handler[]): Generator<Stmt> {
  for (const stmt of block) {
    yield stmt;
    for (const inner of blocks(stmt))
      if (!clauses.some(({ body }) => body === inner)) yield* outsideHandlers(inner, clauses);
  }
}

/** What a condition says of how often a retry goes on: it `bound`s it, says nothing of it (`none`), or can't be told. */
export type Bounding = 'bound' | 'none' | 'opaque';

const clock = /(^|\.)(time|monotonic|perf_counter|now|utcnow|getTime|time_ns|hrtime|elapsed)$/;

/** `counting`: variables that count or grow; `failing`: those that hold the error or something of it. */
export function boundingOf(
  test: Expr,
  counting: ReadonlySet<number>,
  failing: ReadonlySet<number>,
  settled: ReadonlySet<number>,
): Bounding {
  let opaque = false;
  const look = (expr: Expr): boolean => {
    if (expr.k === 'name') {
      if (expr.var === undefined) return false;
      if (counting.has(expr.var)) return true;
      if (!failing.has(expr.var) && !settled.has(expr.var)) opaque = true;
      return false;
    }
    // `++attempt >= 7`
    if (expr.k === 'assign' && expr.target.k === 'var' && counting.has(expr.target.var)) return true;
    if (expr.k === 'self') {
      opaque = true;
      return false;
    }
    if (expr.k === 'call') {
      if (clock.test(nameOf(expr.callee))) return true;
      if (expr.args.some(({ value }) => look(value))) return true;
      // What a function says of the error is about the error.
      if (expr.callee.k === 'attr' && expr.callee.of.k === 'self') {
        // A method may have changed the object: another model, another key.
        opaque = true;
        return false;
      }
      const about = [...within(expr)].some((one) => one.k === 'name' && one.var !== undefined && failing.has(one.var));
      if (!about) opaque = true;
      return false;
    }
    // A class that is asked for, a constant to compare with.
    if (expr.k === 'binary' && expr.op === 'instanceof') return look(expr.left);
    return parts(expr).some(look);
  };
  if (look(test)) return 'bound';
  return opaque ? 'opaque' : 'none';
}

function parts(expr: Expr): readonly Expr[] {
  switch (expr.k) {
    case 'attr':
      return [expr.of];
    case 'index':
      return [expr.of, expr.index];
    case 'not':
    case 'await':
      return [expr.value];
    case 'and':
    case 'binary':
      return [expr.left, expr.right];
    case 'either':
      return [...(expr.test ? [expr.test] : []), ...expr.of];
    case 'assign':
      return [expr.value];
    case 'list':
      return expr.items;
    case 'template':
    case 'other':
      return expr.parts;
    default:
      return [];
  }
}
