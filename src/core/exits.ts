/** How control can leave a stretch of statements while a 429 is in hand. */

import type { Expr, Handler, Stmt } from './facts.ts';
import { asksForLimit, type Caught, type ErrorInHand, limitText, logical } from './handler.ts';
import { expressions, nameOf, within } from './program.ts';
import { implicit, type Resolver } from './resolve.ts';

/** One way out. `fall`: at its end. `ends`: the program stops. */
export interface Exit {
  readonly k: 'raise' | 'return' | 'break' | 'continue' | 'fall' | 'ends';
  readonly label?: string;
  readonly value?: Expr;
}

/** What a run over statements asks on its way. */
export interface Judge {
  /** Whether a condition holds for the 429 in hand. */
  test(test: Expr): Caught;
  /** Sees what a statement itself evaluates, in the order of the run: whether that raises. */
  evaluate?(stmt: Stmt): 'raises' | 'may-raise' | undefined;
  /** Whether a handler takes what was raised. */
  takes?(handler: Handler): boolean;
  /** Whether what has been evaluated spoke of rate limits. */
  spoke?(): boolean;
}

/** How deep predicates of the program's own are followed into each other. */
const deepestPredicate = 3;

/** Answers conditions about an error in hand. */
export function errorJudge(error: ErrorInHand, resolver: Resolver, depth = 0): Judge {
  const ask = (test: Expr): Caught =>
    logical(test, ask) ?? predicateAnswer(test, error, resolver, depth) ?? asksForLimit(test, error, resolver);
  let spoke = false;
  const evaluate = (stmt: Stmt): 'raises' | 'may-raise' | undefined => {
    // A condition is answered where it is tested.
    if (depth >= deepestPredicate || error.var === undefined || !/^(expr|assign|return|raise)$/.test(stmt.k))
      return undefined;
    let seen: 'raises' | 'may-raise' | undefined;
    for (const inside of handedTo(stmt, error, resolver)) {
      const ways = exits(inside.body, errorJudge(inside.error, resolver, depth + 1));
      spoke ||= ways.named;
      const raising = ways.exits.filter(({ k }) => k === 'raise' || k === 'ends').length;
      if (raising > 0) seen = raising === ways.exits.length ? 'raises' : (seen ?? 'may-raise');
    }
    return seen;
  };
  return { test: ask, evaluate, spoke: () => spoke };
}

/** The program's own functions that a statement gives the error to, each with the error as its parameter. */
function handedTo(
  stmt: Stmt,
  error: ErrorInHand,
  resolver: Resolver,
): readonly { readonly body: readonly Stmt[]; readonly error: ErrorInHand }[] {
  const calls = expressions(stmt).flatMap((expr) => [...within(expr)].filter((one) => one.k === 'call'));
  return calls.flatMap((call) => {
    const position = call.args.findIndex(({ value }) => value.k === 'name' && value.var === error.var);
    const meaning =
      position < 0 ? undefined : resolver.meanings(call.callee, error.place).find((one) => one.k === 'fn');
    if (meaning?.k !== 'fn') return [];
    const { program, fn } = meaning;
    const own = program.facts.fns[fn]!;
    const named = call.args[position]!.name;
    const param =
      named === undefined
        ? own.params[position + implicit(program, fn)]
        : own.params.find(({ name }) => name === named);
    if (param?.var === undefined || param.rest || own.async !== isAwaited(stmt, call)) return [];
    return [{ body: own.body, error: { ...error, var: param.var, place: { program, fn, around: undefined } } }];
  });
}

function isAwaited(stmt: Stmt, call: Expr): boolean {
  return expressions(stmt).some((expr) => [...within(expr)].some((one) => one.k === 'await' && one.value === call));
}

/** `isRateLimit(error)`: what a function of the program's own answers for the error that it is given. */
function predicateAnswer(test: Expr, error: ErrorInHand, resolver: Resolver, depth: number): Caught | undefined {
  if (test.k !== 'call' || error.var === undefined || depth >= deepestPredicate) return undefined;
  const position = test.args.findIndex(({ value }) => value.k === 'name' && value.var === error.var);
  const meaning = resolver.meanings(test.callee, error.place).find((one) => one.k === 'fn');
  if (position < 0 || meaning?.k !== 'fn') return undefined;
  const { program, fn } = meaning;
  const own = program.facts.fns[fn]!;
  const variable = own.params[position + implicit(program, fn)]?.var;
  if (variable === undefined || own.async) return undefined;
  const inside: ErrorInHand = { ...error, var: variable, place: { program, fn, around: undefined } };
  const judge = errorJudge(inside, resolver, depth + 1);
  const ways = exits(own.body, judge);
  const answers = ways.exits.map(({ k, value }): Caught => {
    if (k !== 'return' || !value) return { catches: k === 'raise' ? 'unknown' : 'no', named: false };
    if (value.k === 'lit') return { catches: value.value ? 'yes' : 'no', named: false };
    return judge.test(value);
  });
  const [first] = answers;
  if (!first) return undefined;
  const named = ways.named || answers.some((one) => one.named) || limitText.test(nameOf(test.callee));
  return { catches: answers.every(({ catches }) => catches === first.catches) ? first.catches : 'unknown', named };
}

/** How control can leave `block` when a 429 is in hand; without a judge, on any way. */
export function exits(
  block: readonly Stmt[],
  judge?: Judge,
): { readonly exits: readonly Exit[]; readonly named: boolean } {
  const found: Exit[] = [];
  let named = false;
  /** Whether control can run on past the block. */
  const run = (stmts: readonly Stmt[]): boolean => {
    for (const stmt of stmts) if (!step(stmt)) return false;
    return true;
  };
  const step = (stmt: Stmt): boolean => {
    const seen = judge?.evaluate?.(stmt);
    if (seen) found.push({ k: 'raise' });
    if (seen === 'raises') return false;
    switch (stmt.k) {
      case 'raise':
        found.push({ k: 'raise', ...(stmt.value && { value: stmt.value }) });
        return false;
      case 'return':
        found.push({ k: 'return', ...(stmt.value && { value: stmt.value }) });
        return false;
      case 'break':
      case 'continue':
        found.push({ k: stmt.k, ...(stmt.label && { label: stmt.label }) });
        return false;
      case 'expr':
        if (!endsProgram(stmt.value)) return true;
        found.push({ k: 'ends' });
        return false;
      case 'if': {
        const answer = judge?.test(stmt.test) ?? { catches: 'unknown' as const, named: false };
        if (answer.named && answer.catches !== 'no') named = true;
        // A quota test on the way speaks of the limit as well: who tells them apart has thought of it.
        const thenRuns = answer.catches !== 'no' && run(stmt.then);
        const elseRuns = answer.catches !== 'yes' && run(stmt.else);
        return thenRuns || elseRuns;
      }
      case 'switch': {
        // A `break` in a case leaves the switch alone, and no case need apply.
        for (const one of stmt.cases) run(one.filter((inner) => inner.k !== 'break'));
        return true;
      }
      case 'with':
      case 'block':
        return run(stmt.body);
      case 'try': {
        const before = found.length;
        let runs = run([...stmt.body, ...stmt.orElse]);
        // What the inner handlers catch does not leave here.
        const raised = found.slice(before).some((one) => one.k === 'raise');
        const live = judge?.takes ? stmt.handlers.filter((one) => raised && judge.takes?.(one)) : stmt.handlers;
        if (live.length > 0) {
          if (raised) found.splice(before, found.length, ...found.slice(before).filter((one) => one.k !== 'raise'));
          for (const handler of live) runs = run(handler.body) || runs;
        }
        return run(stmt.final) && runs;
      }
      case 'loop': {
        const inner = exits(stmt.body, judge);
        named ||= inner.named;
        for (const one of inner.exits) {
          const ours =
            (one.k === 'break' || one.k === 'continue') && (one.label === undefined || one.label === stmt.label);
          if (!ours && one.k !== 'fall') found.push(one);
        }
        const endless =
          (stmt.form === 'while' || stmt.form === 'count') &&
          (stmt.test === undefined || (stmt.test.k === 'lit' && Boolean(stmt.test.value)));
        return !endless || inner.exits.some((one) => one.k === 'break');
      }
      default:
        return true;
    }
  };
  if (run(block)) found.push({ k: 'fall' });
  return { exits: found, named: named || (judge?.spoke?.() ?? false) };
}

/** `sys.exit()`, `process.exit()`: nothing goes on after it. */
function endsProgram(expr: Expr): boolean {
  if (expr.k !== 'call') return false;
  const { callee } = expr;
  if (callee.k === 'name') return callee.var === undefined && (callee.name === 'exit' || callee.name === 'quit');
  if (callee.k !== 'attr' || callee.of.k !== 'name') return false;
  return (
    `${callee.of.name}.${callee.name}` === 'sys.exit' ||
    `${callee.of.name}.${callee.name}` === 'process.exit' ||
    `${callee.of.name}.${callee.name}` === 'os._exit'
  );
}
