/** Waits that a program makes of its own accord: `time.sleep(10)`, `await new Promise((done) => setTimeout(done, 1000))`. */
import type { Call, Expr, FileFacts, Stmt, Target } from './facts.ts';
import { expressions, nameOf, type Program, statements, within } from './program.ts';

const waiting =
  /^(async)?_?(sleep|delay|wait|pause|snooze|cool_?down)(_?(for|ms|msec|seconds|secs|async|sync|a_?bit|\w*jitter))?$/i;

/** The first wait in a block, functions inside left out. */
export function waitIn(block: Iterable<Stmt>, facts: FileFacts): Call | undefined {
  for (const stmt of block) {
    for (const expr of expressions(stmt)) {
      for (const one of within(expr)) if (isWait(one, facts)) return one;
    }
  }
  return undefined;
}

/** Whether a call does nothing but wait, by its name or because it is a promise that a timer settles. */
function isWait(expr: Expr, facts: FileFacts): expr is Call {
  if (expr.k !== 'call') return false;
  if (!expr.isNew) return waiting.test(nameOf(expr.callee).split('.').at(-1)!);
  const [executor] = expr.args;
  if (nameOf(expr.callee) !== 'Promise' || executor?.value.k !== 'fn') return false;
  for (const stmt of statements(facts.fns[executor.value.fn]!.body)) {
    for (const one of expressions(stmt).flatMap((each) => [...within(each)]))
      if (one.k === 'call' && nameOf(one.callee).split('.').at(-1) === 'setTimeout') return true;
  }
  return false;
}

/**
 * Whether statements keep what follows them apart from what went before: they wait for what is left of an interval, and
 * the function takes the time for the next one (`elapsed = time.time() - self.last`, `self.last = time.time()`).
 */
export function keepsApart(before: readonly Stmt[], { facts }: Program, fn: number): boolean {
  const waits = waitIn(statements(before), facts);
  if (!waits || !parts(before).some((one) => one.k === 'binary' && one.op === '-' && readsClock(one))) return false;
  const outlives = (target: Target): boolean =>
    target.k === 'var' ? facts.vars[target.var]?.fn !== fn : target.k === 'attr' || target.k === 'index';
  return [...statements(facts.fns[fn]!.body)].some(
    (stmt) => stmt.k === 'assign' && outlives(stmt.target) && readsClock(stmt.value),
  );
}

function parts(block: readonly Stmt[]): readonly Expr[] {
  return [...statements(block)].flatMap((stmt) => expressions(stmt).flatMap((expr) => [...within(expr)]));
}

function readsClock(expr: Expr): boolean {
  return [...within(expr)].some(
    (one) =>
      one.k === 'call' &&
      one.args.length === 0 &&
      /(^|[._])(now|time|monotonic|perf_counter)$/.test(nameOf(one.callee)),
  );
}
