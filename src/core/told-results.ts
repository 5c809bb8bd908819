/** Handlers that tell of a failure by what they return: another flag or code than success returns. */
import type { Exit } from './exits.ts';
import type { Expr, Handler, Stmt } from './facts.ts';
import { statements } from './program.ts';

/** `return True … except …: return False`, `return 0, answer … return -1, ''`; `fn` is the function round the handlers. */
export function tellsByResult(exits: readonly Exit[], handlers: readonly Handler[], fn: readonly Stmt[]): boolean {
  const failing = new Set(handlers.flatMap(({ body }) => [...statements(body)]));
  const successes = [...statements(fn)].flatMap((stmt) =>
    stmt.k === 'return' && stmt.value && !failing.has(stmt) ? [stmt.value] : [],
  );
  if (successes.length === 0 || exits.length === 0) return false;
  return exits.every(({ k, value }) => k === 'return' && value && successes.every((one) => differs(value, one)));
}

/** Whether two results differ in a flag or a number, alone or at the same place of a tuple. */
function differs(one: Expr, other: Expr): boolean {
  if (one.k === 'list' && other.k === 'list')
    return (
      one.items.length > 1 &&
      one.items.length === other.items.length &&
      one.items.some((item, index) => isOtherFlag(item, other.items[index]!))
    );
  return isOtherFlag(one, other);
}

function isOtherFlag(one: Expr, other: Expr): boolean {
  const [a, b] = [flagOf(one), flagOf(other)];
  return a !== undefined && b !== undefined && typeof a === typeof b && a !== b;
}

function flagOf(expr: Expr): boolean | number | undefined {
  if (expr.k !== 'lit') return undefined;
  return typeof expr.value === 'boolean' || typeof expr.value === 'number' ? expr.value : undefined;
}
