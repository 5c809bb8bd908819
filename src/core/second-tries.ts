/** Finds what asks once more below the statement whose handler has taken a refusal. */
import { asks } from './asked-again.ts';
import type { Call, Expr, Stmt } from './facts.ts';
import { sendsAnother } from './fallbacks.ts';
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
  { attempt = [] }: Absorbed,
  { returned, sets }: Way,
  place: Place,
  request: Request,
  resolver: Resolver,
): SecondTry | undefined {
  const failed = returned ? rest : rest.flatMap((stmt) => emptyBranch(stmt, sets));
  if (failed.length === 0 || !sendsAnother(failed, place, resolver, request)) return undefined;
  const asked = callsIn(attempt).filter(({ args }) => args.length > 0);
  const again = callsIn(failed).find((call) => asked.some((one) => isSame(one, call)));
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

function callsIn(block: readonly Stmt[]): readonly Call[] {
  return [...statements(block)]
    .flatMap(expressions)
    .flatMap((expr) => [...within(expr)].filter((one): one is Call => one.k === 'call'));
}

/** Whether two expressions are written alike, wherever they stand. */
function isSame(a: Expr, b: Expr): boolean {
  return written(a) === written(b);
}

function written(expr: Expr): string {
  return JSON.stringify(expr, (key, value) => (key === 'at' ? undefined : value));
}
