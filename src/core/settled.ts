/** Requests whose errors come back among the results of a fan-out, where nothing looks at them. */
import type { Expr, Stmt } from './facts.ts';
import { requestIn, startedBy } from './fan-outs.ts';
import {
  type Around,
  type CallPlace,
  expressions,
  nameOf,
  type Program,
  statements,
  type Use,
  within,
} from './program.ts';
import type { Resolver } from './resolve.ts';
import { senders } from './senders.ts';
import type { Span } from './span.ts';
import type { Request } from './verdict.ts';

/** `unread`: nothing asks which results are errors; `left-out`: those that are go without a word. */
export interface Settled {
  /** What keeps the errors, as it is called: `asyncio.gather`, `Promise.allSettled`. */
  readonly at: Span;
  readonly k: 'unread' | 'left-out';
}

/** By request, the fan-out that hides its error. */
export function settledRequests(
  program: Program,
  requests: readonly Request[],
  resolver: Resolver,
): ReadonlyMap<Request, Settled> {
  const found = new Map<Request, Settled>();
  const hiding = program.calls.flatMap((place) => {
    const k = keepsErrors(place, resolver) ? fateOfErrors(place) : undefined;
    return k ? [{ place, k }] : [];
  });
  if (hiding.length === 0) return found;
  const { sends } = senders(program, requests, resolver);
  for (const { place, k } of hiding) {
    for (const { expr } of startedBy(place, program, resolver)) {
      const request = requestIn(expr, place, sends);
      if (request && !found.has(request)) found.set(request, { at: place.call.callee.at, k });
    }
  }
  return found;
}

function keepsErrors(place: CallPlace, resolver: Resolver): boolean {
  const { call } = place;
  const name = nameOf(call.callee);
  if (/(^|\.)Promise\.allSettled$/.test(name)) return true;
  if (!/(^|\.)gather$/.test(name)) return false;
  const option = call.args.find((arg) => arg.name === 'return_exceptions');
  return option !== undefined && resolver.constant(option.value, place) === true;
}

function fateOfErrors({ call, program, fn, around }: CallPlace): Settled['k'] | undefined {
  let at: Around | undefined = around;
  while (at?.k === 'expr' && at.node.k === 'await') at = at.outer;
  if (at?.k !== 'stmt' || at.part !== 'value') return undefined;
  const { node } = at;
  const body = program.facts.fns[fn]!.body;
  const all = [...statements(body)];
  // What is cancelled is waited for, and its errors are nobody's business.
  if (all.some((stmt) => every(stmt, program).some((one) => isCalled(one, /^(cancel|abort)$/)))) return undefined;
  if (node.k === 'expr') return 'unread';
  if (node.k !== 'assign' || node.target.k !== 'var') return undefined;
  const results = node.target.var;
  if ((program.bindings.get(results)?.length ?? 0) > 1 || program.facts.vars[results]!.fn !== fn) return undefined;
  const said = all.filter((stmt) => stmt.at.start >= node.at.end);
  if (said.flatMap((stmt) => every(stmt, program)).some(namesErrors)) return undefined;
  const { end } = program.facts.fns[fn]!.at;
  const tests = errorTests(program).filter(({ expr }) => node.at.end <= expr.at.start && expr.at.end <= end);
  if (tests.some((one) => !leavesOut(one))) return undefined;
  const uses = program.uses.get(results) ?? [];
  if (uses.some((use) => use.expr.at.start > call.at.end && goesElsewhere(use.around, program))) return undefined;
  return tests.length > 0 ? 'left-out' : 'unread';
}

/** Whether the results as a whole go where they can't be followed. */
function goesElsewhere(around: Around | undefined, program: Program): boolean {
  for (let at = around; at; at = at.outer) {
    if (at.k === 'edge') return true;
    if (at.k === 'stmt') {
      if (at.node.k === 'return' || at.node.k === 'raise') return true;
      return at.node.k === 'assign' && at.node.target.k !== 'var' && at.part === 'value';
    }
    const { node, part } = at;
    if (node.k === 'yield' || node.k === 'object' || node.k === 'list' || node.k === 'fn') return true;
    // An item of them, or one value that is made of all.
    if (node.k === 'index' || node.k === 'comprehension' || node.k === 'template') return false;
    if (node.k !== 'call') continue;
    if (part === 'callee') {
      const [first] = node.args;
      const each = first?.value.k === 'fn' ? program.facts.fns[first.value.fn] : undefined;
      if (each) return false;
      continue;
    }
    if (!/^(len|zip|enumerate|list|sum|print|log|info|debug)$/.test(nameOf(node.callee).split('.').at(-1)!))
      return true;
  }
  return true;
}

/** Whether something speaks of the errors themselves: `result.reason`, `status === 'rejected'`. */
function namesErrors(expr: Expr): boolean {
  if (expr.k === 'attr') return expr.name === 'reason' || expr.name === 'exception';
  if (expr.k === 'lit') return expr.value === 'rejected' || expr.value === 'reason';
  return expr.k === 'call' && /^(type|callable|hasattr|getattr)$/.test(nameOf(expr.callee));
}

/** Where a result is asked whether it is an error: `isinstance(r, Exception)`, `r.status === 'fulfilled'`. */
function errorTests({ callsByName, members }: Program): readonly Use[] {
  const calls = callsByName.get('isinstance') ?? [];
  return [...calls.map((place) => ({ ...place, expr: place.call })), ...(members.get('status') ?? [])];
}

/** Whether what fails the test is skipped without a word. */
function leavesOut({ around, program }: Use): boolean {
  let at = around;
  let negated = false;
  for (; at?.k === 'expr'; at = at.outer) {
    const { node, part } = at;
    if (node.k === 'not') negated = !negated;
    else if (node.k === 'comprehension') return part === 'test';
    else if (node.k !== 'and' && node.k !== 'binary') return false;
  }
  if (at?.k !== 'stmt') return false;
  const { node, part } = at;
  // A filter's function.
  if (node.k === 'return') return program.facts.language === 'typescript';
  if (node.k !== 'if' || part !== 'test') return false;
  const answered = negated || program.facts.language === 'typescript';
  const skipped = answered ? node.else : node.then;
  return skipped.every((stmt) => stmt.k === 'continue');
}

/** Every expression of a statement, those of functions inside included. */
function every(stmt: Stmt, program: Program): readonly Expr[] {
  return expressions(stmt).flatMap((expr) => [...within(expr)].flatMap((one) => [one, ...inside(one, program)]));
}

function inside(expr: Expr, program: Program): readonly Expr[] {
  if (expr.k !== 'fn') return [];
  return [...statements(program.facts.fns[expr.fn]!.body)].flatMap((stmt) => every(stmt, program));
}

function isCalled(expr: Expr, name: RegExp): boolean {
  return expr.k === 'call' && name.test(nameOf(expr.callee).split('.').at(-1)!);
}
