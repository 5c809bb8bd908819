/** Which functions of a file send requests, by themselves or through others of the file. */
import type { Call, Expr } from './facts.ts';
import { expressions, type Place, type Program, statements, within } from './program.ts';
import type { Resolver } from './resolve.ts';
import type { Request } from './verdict.ts';

export interface Senders {
  readonly sends: {
    /** The first request that the function sends. */
    fn(id: number): Request | undefined;
    /** The request that a call is or leads to. */
    call(call: Call, place: Place): Request | undefined;
    /** The request that a function which is handed on as a value sends. */
    value(expr: Expr, place: Place): Request | undefined;
  };
}

/** How many calls deep a function is looked for a request. */
const deepest = 3;

/** Calls of `without` are left out, with all that they lead to. */
export function senders(
  program: Program,
  requests: readonly Request[],
  resolver: Resolver,
  without: ReadonlySet<Expr> = new Set(),
): Senders {
  const { facts } = program;
  const known = new Map<number, Request | undefined>();
  const direct = new Map(requests.map((request) => [request.call, request]));

  const ofFn = (id: number, depth = 0): Request | undefined => {
    if (known.has(id) || depth > deepest) return known.get(id);
    known.set(id, undefined);
    const place: Place = { program, fn: id, around: undefined };
    for (const stmt of statements(facts.fns[id]!.body)) {
      for (const one of expressions(stmt).flatMap((expr) => [...within(expr)])) {
        const found =
          one.k === 'call' ? ofCall(one, place, depth + 1) : one.k === 'fn' ? ofFn(one.fn, depth + 1) : undefined;
        if (found) {
          known.set(id, found);
          return found;
        }
      }
    }
    return undefined;
  };
  const ofCall = (call: Call, place: Place, depth = 0): Request | undefined =>
    without.has(call) ? undefined : (direct.get(call) ?? ofValue(call.callee, place, depth));
  const ofValue = (expr: Expr, place: Place, depth = 0): Request | undefined => {
    for (const meaning of resolver.meanings(expr, place)) {
      if (meaning.k !== 'fn' || meaning.program !== program) continue;
      const found = ofFn(meaning.fn, depth);
      if (found) return found;
    }
    return undefined;
  };
  return {
    sends: {
      fn: (id) => ofFn(id),
      call: (call, place) => ofCall(call, place),
      value: (expr, place) => ofValue(expr, place),
    },
  };
}
