/** How a loop of attempts knows in its handler that the last one has failed, and where it is to say so. */
import { againFrom } from './again.ts';
import { changesIn, loopChanges, outsideHandlers } from './attempt-variables.ts';
import type { Expr, Loop, Stmt, Try } from './facts.ts';
import { assigned, reads } from './handler.ts';
import { blocks, expressions, nameOf, statements, within } from './program.ts';
import type { RetryCode } from './retry-use.ts';
import type { Span } from './span.ts';
import { say, type Words } from './words.ts';

export type LastAttempt =
  /** The handler leaves the loop on its last attempt: in place of that the error is to go on. */
  | { readonly k: 'leaves'; readonly at: Span }
  /** `counter` (the loop’s own where it is `''`) compared so with `bound` plus `offset` tells the last attempt. */
  | {
      readonly k: 'counted';
      readonly at: { readonly k: 'before'; readonly start: number } | { readonly k: 'end' };
      readonly counter: string;
      readonly op: '===' | '>=' | '<=';
      readonly bound: Expr;
      readonly offset: number;
    };

export function lastAttempt(code: RetryCode & { k: 'loop' }): LastAttempt | { readonly refused: Words } {
  const { loop, handler } = code;
  if (!successLeaves(loop, handler.body))
    return { refused: say('Success does not leave the loop: the last attempt may fail behind one that was answered.') };
  const gives = givingUp(loop, handler.body);
  if (gives) return { k: 'leaves', at: gives.at };
  const spot = spotOf(code);
  if ('refused' in spot) return spot;
  const { at, offset: here, always } = spot;
  const bounded = loop.form === 'for' ? boundOfRange(loop) : boundOfTest(loop, here, [...always, handler.body]);
  if (!bounded) return { refused: say('How many attempts there are can’t be told from the loop.') };
  const changed = assigned(loop.body);
  if ([...reads(bounded.bound)].some((one) => changed.has(one)) || !isPlain(bounded.bound))
    return { refused: say('What bounds the attempts may change from one to the next.') };
  return { k: 'counted', at, ...bounded };
}

/** Whether an answer ends the loop: by a jump, or by what its condition reads. */
function successLeaves(loop: Loop, handler: readonly Stmt[]): boolean {
  const attempt = tryOf(loop, handler);
  const success = [...outsideHandlers(loop.body, attempt?.handlers ?? [])];
  if (success.some(({ k }) => k === 'return' || k === 'break')) return true;
  const set = assigned(success.filter(({ k }) => k === 'assign'));
  const counting = countersIn(loop);
  return loop.test !== undefined && [...reads(loop.test)].some((one) => set.has(one) && !counting.has(one));
}

function tryOf(loop: Loop, handler: readonly Stmt[]): Try | undefined {
  return [...statements(loop.body)].find(
    (stmt): stmt is Try & Stmt => stmt.k === 'try' && stmt.handlers.some(({ body }) => body === handler),
  );
}

type Bounded = Pick<LastAttempt & { k: 'counted' }, 'counter' | 'op' | 'bound' | 'offset'>;

/** `for attempt in range(5)`: the last one is one below its end. */
function boundOfRange({ target, iter, body }: Loop): Bounded | undefined {
  if (iter?.k !== 'call' || nameOf(iter.callee) !== 'range' || target?.k !== 'var') return undefined;
  if (iter.args.some(({ name, spread }) => name !== undefined || spread) || iter.args.length > 2) return undefined;
  const bound = iter.args.at(-1)?.value;
  if (!bound || assigned(body).has(target.var)) return undefined;
  return { counter: '', op: '===', bound, offset: -1 };
}

/** `while attempts < 5`, `for (let i = 0; i < 5; i++)`: what the counter will be when the condition is asked again. */
function boundOfTest(loop: Loop, here: number, always: readonly (readonly Stmt[])[]): Bounded | undefined {
  const found = conjuncts(loop.test).flatMap((test) => {
    if (test.k !== 'binary') return [];
    const turned = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' }[test.op];
    return [
      { name: test.left, op: test.op, bound: test.right },
      ...(turned ? [{ name: test.right, op: turned, bound: test.left }] : []),
    ].flatMap(({ name, op, bound }) => {
      if (name.k !== 'name' || name.var === undefined || !/^[<>]=?$/.test(op)) return [];
      const pending = pendingStep(name.var, loop, here, always);
      if (!pending || pending.step > 0 !== op.startsWith('<')) return [];
      // In whole steps of one, what is not below its bound is at it.
      const inclusive = op.endsWith('=') ? Math.sign(pending.step) : 0;
      const counted: Bounded['op'] = loop.form === 'count' ? '===' : pending.step > 0 ? '>=' : '<=';
      const offset = (pending.behind ? -pending.step : 0) + inclusive;
      return [{ counter: name.name, op: counted, bound, offset }];
    });
  });
  return found.length === 1 ? found[0] : undefined;
}

function conjuncts(test: Expr | undefined): readonly Expr[] {
  if (!test) return [];
  return test.k === 'and' ? [...conjuncts(test.left), ...conjuncts(test.right)] : [test];
}

/** By how much a variable steps each round, and whether that is still to come at `here`. */
function pendingStep(
  id: number,
  loop: Loop,
  here: number,
  always: readonly (readonly Stmt[])[],
): { readonly step: number; readonly behind: boolean } | undefined {
  const [change, ...others] = loopChanges(loop).filter((one) => one.id === id);
  if (!change || others.length > 0 || plainlySet(id, loop.body)) return undefined;
  const size = !change.by || isNothing(change.by) ? 1 : change.by.k === 'lit' ? change.by.value : undefined;
  if (size !== 1 || (change.op !== '+' && change.op !== '-')) return undefined;
  const step = change.op === '+' ? 1 : -1;
  if (change.at === loop.at.end) return { step, behind: true };
  const [stmt] = [loop.body, ...always]
    .flat()
    .filter(({ k, at }) => k !== 'if' && k !== 'loop' && k !== 'try' && at.start <= change.at && change.at < at.end);
  return stmt ? { step, behind: stmt.at.start >= here } : undefined;
}

/** Whether something gives a variable a value that its old one has no part in. */
function plainlySet(id: number, body: readonly Stmt[]): boolean {
  const steps = new Set(changesIn(body).map(({ at }) => at));
  return [...statements(body)].some(
    (stmt) => stmt.k === 'assign' && stmt.target.k === 'var' && stmt.target.var === id && !steps.has(stmt.at.start),
  );
}

function isNothing(expr: Expr): boolean {
  return expr.k === 'other' && expr.parts.length === 0;
}

/** Whether an expression gives the same however often it is asked. */
function isPlain(expr: Expr): boolean {
  return [...within(expr)].every(
    (one) =>
      ['lit', 'name', 'attr', 'self'].includes(one.k) ||
      (one.k === 'binary' && /^[-+*]$/.test(one.op)) ||
      (one.k === 'call' && nameOf(one.callee) === 'len'),
  );
}

/** The one statement by which a handler leaves the loop when a counter says so. */
function givingUp(loop: Loop, handler: readonly Stmt[]): Stmt | undefined {
  const counting = countersIn(loop);
  const leaves = (
    block: readonly Stmt[],
    asked: boolean,
  ): readonly { readonly stmt: Stmt; readonly asked: boolean }[] =>
    block.flatMap((stmt) => {
      if (stmt.k === 'break' || stmt.k === 'return') return [{ stmt, asked }];
      if (stmt.k === 'if') {
        const counted = asked || asks(stmt.test, counting);
        return [...leaves(stmt.then, counted), ...leaves(stmt.else, counted)];
      }
      return stmt.k === 'block' ? leaves(stmt.body, asked) : [];
    });
  const counted = leaves(handler, false).filter(({ asked }) => asked);
  return counted.length === 1 ? counted[0]!.stmt : undefined;
}

function countersIn(loop: Loop): ReadonlySet<number> {
  const own = loop.target?.k === 'var' ? [loop.target.var] : [];
  return new Set([...own, ...loopChanges(loop).map(({ id }) => id)]);
}

function asks(test: Expr, counting: ReadonlySet<number>): boolean {
  return [...within(test)].some(
    (one) =>
      (one.k === 'name' && one.var !== undefined && counting.has(one.var)) ||
      (one.k === 'assign' && one.target.k === 'var' && counting.has(one.target.var)),
  );
}

/** Where the handler is about to go round once more: ahead of its wait, else where it goes on. */
function spotOf({ loop, handler, sleeps }: RetryCode & { k: 'loop' }):
  | {
      readonly at: (LastAttempt & { k: 'counted' })['at'];
      readonly offset: number;
      /** The blocks that every failed attempt runs through. */
      readonly always: readonly (readonly Stmt[])[];
    }
  | { readonly refused: Words } {
  const own = sleeps.filter(({ call }) => handler.at.start <= call.at.start && call.at.end <= handler.at.end);
  if (own.length > 1) return { refused: say('The retry waits in more than one place.') };
  const final = [tryOf(loop, handler.body)?.final ?? []];
  const [sleep] = own;
  if (sleep) {
    const path = pathTo(sleep.call.at.start, handler.body, countersIn(loop));
    const stmt = path?.at(-1);
    if (!path || !stmt) return { refused: say('The handler waits inside another one.') };
    const { start } = stmt.at;
    return { at: { k: 'before', start }, offset: start, always: [...final, path] };
  }
  const again = againFrom(handler.body);
  if (again.k === 'several') return { refused: say('The handler goes on in more than one place.') };
  if (again.k === 'end') return { at: { k: 'end' }, offset: handler.at.end, always: final };
  const { start } = again.at;
  return { at: { k: 'before', start }, offset: start, always: final };
}

/** The statements that run one after the other up to an offset: into branches, but not into those that a counter chooses. */
function pathTo(offset: number, block: readonly Stmt[], counting: ReadonlySet<number>): readonly Stmt[] | undefined {
  const index = block.findIndex(({ at }) => at.start <= offset && offset < at.end);
  const stmt = block[index];
  if (!stmt) return undefined;
  if (expressions(stmt).some(({ at }) => at.start <= offset && offset < at.end)) return block.slice(0, index + 1);
  if (stmt.k !== 'if' && stmt.k !== 'block') return undefined;
  if (stmt.k === 'if' && asks(stmt.test, counting)) return block.slice(0, index + 1);
  for (const inner of blocks(stmt)) {
    const rest = pathTo(offset, inner, counting);
    if (rest) return [...block.slice(0, index), ...rest];
  }
  return undefined;
}
