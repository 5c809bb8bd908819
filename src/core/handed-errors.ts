/** Handlers that leave it to a function of the program to tell a rate limit from other errors. */
import { errorJudge, exits } from './exits.ts';
import type { Expr, Stmt } from './facts.ts';
import type { ErrorInHand } from './handler.ts';
import { expressions, type Place, within } from './program.ts';
import { reached } from './resends.ts';
import { implicit, type Resolver } from './resolve.ts';

/** Whether a handler hands the error, or what it says, to a function that asks for rate limits. */
export function asksWithin(body: readonly Stmt[], error: ErrorInHand, resolver: Resolver): boolean {
  for (const stmt of reached(body, error, resolver)) {
    for (const expr of expressions(stmt)) {
      for (const one of within(expr)) if (one.k === 'call' && asks(one, error, resolver)) return true;
    }
  }
  return false;
}

function asks({ callee, args }: Expr & { k: 'call' }, error: ErrorInHand, resolver: Resolver): boolean {
  const position = args.findIndex(({ value }) => isOfError(value, error.var));
  if (position < 0) return false;
  return resolver.meanings(callee, error.place).some((one) => {
    if (one.k !== 'fn') return false;
    const { program, fn } = one;
    const own = program.facts.fns[fn]!;
    const variable = own.params[position + implicit(program, fn)]?.var;
    if (variable === undefined) return false;
    const place: Place = { program, fn, around: undefined };
    return exits(own.body, errorJudge({ ...error, var: variable, place }, resolver)).named;
  });
}

/** `error`, `error.message`, `String(error)`. */
function isOfError(value: Expr, variable: number | undefined): boolean {
  if (variable === undefined || (value.k !== 'name' && value.k !== 'attr' && value.k !== 'call')) return false;
  return [...within(value)].some((one) => one.k === 'name' && one.var === variable);
}
