/** A handler that sends the request again by itself: by another call of the same path, or by calling its own function. */
import type { Call, Expr, Fn, Stmt } from './facts.ts';
import { asksForLimit, type ErrorInHand } from './handler.ts';
import { blocks, expressions, nameOf, type Place, type Program, statements, within } from './program.ts';
import type { Resolver } from './resolve.ts';
import type { Layer } from './verdict.ts';
import type { Tracing } from './way.ts';
import { say } from './words.ts';

/** `call`: the call of the function itself, `fn`: that function. */
export interface ResendingLayer extends Layer {
  readonly call?: Call;
  readonly fn?: Fn;
}

export function resends(
  body: readonly Stmt[],
  place: Place,
  fns: readonly Fn[],
  { request, resolver }: Tracing,
  error?: ErrorInHand,
): ResendingLayer | undefined {
  const last = request.path.split('.').at(-1);
  for (const stmt of error ? reached(body, error, resolver) : statements(body)) {
    for (const expr of expressions(stmt)) {
      for (const one of deep(expr, place.program)) {
        if (one.k !== 'call') continue;
        if (putsBack(one, place.program)) return { k: 'loop', at: one.at, name: say('the queue that gets it back') };
        const name = nameOf(one.callee);
        const isCall = one.callee.k === 'attr' || (request.http && one.callee.k === 'name');
        if (isCall && name.split('.').at(-1) === last && name.endsWith(request.path)) {
          return { k: 'loop', at: one.at, name: say('the handler') };
        }
        const own = name.split('.').at(-1);
        if (!own || !fns.some((fn) => fn.name === own || fn.name === '')) continue;
        const called = resolver
          .meanings(one.callee, place)
          .flatMap((meaning) => (meaning.k === 'fn' ? [meaning.program.facts.fns[meaning.fn]!] : []))
          .find((each) => fns.includes(each));
        if (called)
          return { k: 'recursion', at: one.at, name: say('a call of the function itself'), call: one, fn: called };
      }
    }
  }
  return undefined;
}

const putting = /^(push|unshift|append|appendleft|insert|put|put_nowait|enqueue|add|addJob|requeue)$/;
const taking = /^(shift|pop|popleft|get|get_nowait|dequeue|splice|next|poll|take)$/;

/** `queue.push(job)`, where the job was taken from that queue: whoever works it off sends the request again. */
function putsBack({ callee, args }: Call, program: Program): boolean {
  if (callee.k !== 'attr' || !putting.test(callee.name)) return false;
  const queue = nameOf(callee.of);
  const given = args.flatMap(({ value }) => [...within(value)]);
  return given.some((one) => one.k === 'name' && one.var !== undefined && isTaken(one.var, queue, program));
}

function isTaken(variable: number, queue: string, { facts, bindings }: Program): boolean {
  // The job is the function's own, and the name tells what it is put back on.
  if (facts.vars[variable]!.what.k === 'param') return /queue|pending|backlog|retr(y|ies)/i.test(queue);
  return (bindings.get(variable) ?? []).some(({ value, how, around }) => {
    const from = value?.k === 'await' ? value.value : value;
    if (from?.k === 'call' && from.callee.k === 'attr')
      return taking.test(from.callee.name) && nameOf(from.callee.of) === queue;
    return (
      how === 'loop' &&
      around?.k === 'stmt' &&
      around.node.k === 'loop' &&
      around.node.iter !== undefined &&
      nameOf(around.node.iter) === queue
    );
  });
}

/** The statements that a 429 can come to: those behind a condition on another error are not among them. */
export function* reached(block: readonly Stmt[], error: ErrorInHand, resolver: Resolver): Generator<Stmt> {
  for (const stmt of block) {
    yield stmt;
    if (stmt.k !== 'if') {
      for (const inner of blocks(stmt)) yield* reached(inner, error, resolver);
      continue;
    }
    const { catches } = asksForLimit(stmt.test, error, resolver);
    if (catches !== 'no') yield* reached(stmt.then, error, resolver);
    if (catches !== 'yes') yield* reached(stmt.else, error, resolver);
  }
}

/** Every expression in `node`, the bodies of functions inside included. */
function* deep(node: Expr, program: Program): Generator<Expr> {
  for (const one of within(node)) {
    yield one;
    if (one.k !== 'fn') continue;
    for (const stmt of statements(program.facts.fns[one.fn]!.body)) {
      for (const expr of expressions(stmt)) yield* deep(expr, program);
    }
  }
}
