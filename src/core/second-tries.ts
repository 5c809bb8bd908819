/** Finds what asks once more below the statement whose handler has taken a refusal. */
import { asks } from './asked-again.ts';
import type { Arg, Call, Expr, Stmt } from './facts.ts';
import { isSent, sendsAnother } from './fallbacks.ts';
import { expressions, type Place, statements, within } from './program.ts';
import type { Resolver } from './resolve.ts';
import type { Request } from './verdict.ts';
import type { Absorbed, Way } from './way.ts';

/** The call that sends the same request again, or whether another request is sent instead. */
export interface SecondTry {
  readonly again?: Call;
}

/** What runs below only because the attempt gave nothing. */
export function secondTry(
  rest: readonly Stmt[],
  { attempt = [], leaves }: Absorbed,
  { sets }: Way,
  place: Place,
  request: Request,
  resolver: Resolver,
): SecondTry | undefined {
  const failed = leaves ? rest : rest.flatMap((stmt) => emptyBranch(stmt, sets));
  if (failed.length === 0 || !sendsAnother(failed, place, resolver, request)) return undefined;
  const asked = callsIn(attempt, place).filter((call) => isSent(call, place, resolver, request));
  const again = callsIn(failed, place).find((call) => asked.some((one) => isSame(one, call)));
  return again ? { again } : {};
}

/** What an `if` runs where a variable that the attempt sets holds nothing. */
function emptyBranch(stmt: Stmt, sets: readonly number[]): readonly Stmt[] {
  if (stmt.k !== 'if') return [];
  for (const one of sets) {
    const asked = asks(stmt.test, one);
    if (asked) return asked === 'nothing' ? stmt.then : stmt.else;
  }
  return [];
}

function callsIn(block: readonly Stmt[], place: Place): readonly Call[] {
  const { fns } = place.program.facts;
  return [...statements(block)].flatMap(expressions).flatMap((expr) =>
    [...within(expr)].flatMap((one): readonly Call[] => {
      if (one.k === 'fn') return callsIn(fns[one.fn]!.body, place);
      return one.k === 'call' ? [one] : [];
    }),
  );
}

/** Whether a call is written like another one, which may have further options. */
function isSame(asked: Call, other: Call): boolean {
  return (
    asked.args.length <= other.args.length &&
    written(asked.callee) === written(other.callee) &&
    asked.args.every((arg, at) => written(arg) === written(other.args[at]!))
  );
}

function written(part: Expr | Arg): string {
  return JSON.stringify(part, (key, value) => (key === 'at' ? undefined : value));
}
