/** A 429's steps outward within one function: through expressions, statements, handlers and contexts. */
import { errorJudge, exits, type Judge } from './exits.ts';
import type { Call, Expr, Handler, Stmt, Target, Try } from './facts.ts';
import { sendsAnother } from './fallbacks.ts';
import { asksWithin } from './handed-errors.ts';
import { type Caught, coversLimit, type ErrorInHand, logical, prints, reports } from './handler.ts';
import type { LayerSource } from './layer-source.ts';
import type { FnEffect } from './layers.ts';
import { itemsOf } from './loop-times.ts';
import { leaving, throughLoop } from './loops.ts';
import { type Around, expressions, nameOf, type Place, statements, within } from './program.ts';
import { passesOn, raisedInstead } from './raising.ts';
import { type ResendingLayer, reached, resends } from './resends.ts';
import type { Resolver } from './resolve.ts';
import { responseInExpr, responseInStmt } from './responses.ts';
import { goesElsewhere } from './rounds.ts';
import { secondTry } from './second-tries.ts';
import { keepsApart, waitIn } from './sleeps.ts';
import { tellsByResult } from './told-results.ts';
import type { Layer } from './verdict.ts';
import { after, end, errorAt, limited, note, repeat, resent, type Step, type Tracing, type Way } from './way.ts';
import { say } from './words.ts';

export function throughExpr(around: Around & { k: 'expr' }, here: Place, way: Way, tracing: Tracing): Step {
  const { part } = around;
  if (way.response && !way.response.entered) {
    const step = responseInExpr(around, here, way, tracing);
    if (!('way' in step) || 'raised' in step || !step.way.response) return step;
    if (part === 'callee') return step;
    return throughNode(around, here, step.way, tracing);
  }
  return throughNode(around, here, way, tracing);
}

/** Repetition, limiters and handlers in an expression. */
function throughNode(around: Around & { k: 'expr' }, here: Place, way: Way, tracing: Tracing): Step {
  const { node, part } = around;
  // An asynchronous generator awaits what it yields.
  if (node.k === 'await' || node.k === 'yield') return { way: { ...way, awaited: true } };
  if (node.k === 'comprehension') {
    const once = part === 'iter' && around.index === 0;
    return { way: once ? way : repeat(way, 'loop', node.at, itemsOf(node, here, tracing.resolver)) };
  }
  if (node.k !== 'call') return { way };
  if (part === 'callee')
    return node.callee.k === 'attr' ? throughChain(node, node.callee.name, here, way, tracing) : { way };
  if (way.absorbed) return { way };
  const effect = tracing.layers.effect(node, here, errorAt(tracing, way, here), 'call');
  if (effect.k === 'fan-out') return { way: isOneOfMany(around) ? repeat(way, 'fan-out', node.at) : way };
  if (effect.k === 'layer' && effect.layer.k === 'rate') return { routes: resent(way, effect.layer, here) };
  if (effect.k === 'own' && !way.awaited) return heldBack(effect, around.index, way, tracing);
  return { way: effect.k === 'layer' && effect.layer.k === 'concurrency' ? limited(way, effect.layer) : way };
}

/** A coroutine that is handed to a function of the program's own: a limiter may stand where that awaits it. */
function heldBack({ program, fn }: FnEffect, index: number, way: Way, tracing: Tracing): Step {
  const { params, cls } = program.facts.fns[fn]!;
  const variable = cls === undefined ? params[index]?.var : undefined;
  if (variable === undefined) return { way };
  for (const { around: use } of program.uses.get(variable) ?? []) {
    if (use?.k !== 'expr' || use.node.k !== 'await') continue;
    for (let around = use.outer; around && around.k !== 'edge'; around = around.outer) {
      if (around.k !== 'stmt' || around.node.k !== 'with') continue;
      const step = throughWith(around.node, { program, fn, around: around.outer }, way, tracing);
      if (!('way' in step) || step.way.limiters.length > way.limiters.length) return step;
    }
  }
  return { way };
}

/** `request.catch(handler)`, `request.then(done, handler)`. */
function throughChain(call: Expr & { k: 'call' }, name: string, here: Place, way: Way, tracing: Tracing): Step {
  const callback = name === 'catch' ? call.args[0] : name === 'then' ? call.args[1] : undefined;
  if (!callback || way.absorbed) return { way };
  const meaning = tracing.resolver.meanings(callback.value, here).find((one) => one.k === 'fn');
  if (meaning?.k !== 'fn') return { way };
  const { program } = meaning;
  const fn = program.facts.fns[meaning.fn]!;
  const inside: Place = { program, fn: meaning.fn, around: undefined };
  const layer = resends(fn.body, inside, [...way.fns, here.program.facts.fns[here.fn]!], tracing);
  if (layer) return { routes: resent(way, { ...layer, at: callback.value.at }, here) };
  const { exits: found, named } = exits(
    fn.body,
    errorJudge(errorAt(tracing, way, inside, fn.params[0]?.var), tracing.resolver),
  );
  if (found.some((exit) => exit.k === 'raise') || handsOn(fn.body)) return { way };
  const told = reports(fn.body, fn.params[0]?.var) || (here.fn === 0 && prints(fn.body, fn.params[0]?.var));
  if (!named && told) return { way };
  const noted = note(way, callback.value.at, say('a `catch` callback takes the error'), here.program.path);
  return { routes: end(noted, { k: named ? 'handled' : 'lost', at: callback.value.at }) };
}

export function throughStmt(around: Around & { k: 'stmt' }, here: Place, way: Way, tracing: Tracing): Step {
  const limiter = way.absorbed ? undefined : waitBefore(around.block.slice(0, around.index), here, tracing);
  if (limiter) return { routes: resent(way, limiter, here) };
  if (way.response) return responseInStmt(around, here, way, tracing);
  const step = throughStatement(around, here, way, tracing);
  // What control meets behind the statement; for a loop's body that is the loop again, and `throughLoop` has seen to it.
  return 'way' in step ? goOn(around, here, step.way, tracing) : step;
}

function throughStatement(around: Around & { k: 'stmt' }, here: Place, way: Way, tracing: Tracing): Step {
  const { node, part } = around;
  if (node.k === 'try' && part === 'body' && !way.absorbed) return throughTry(node, around, here, way, tracing);
  if (node.k === 'with' && part === 'body') return throughWith(node, here, after(way, around), tracing);
  if (node.k === 'loop' && (part === 'body' || part === 'test')) return throughLoop(node, around, here, way, tracing);
  // What a request opens is used inside.
  if (node.k === 'with' && part === 'item') return { way: after({ ...way, after: [...way.after, node.body] }, around) };
  if (node.k === 'loop' && part === 'iter' && node.form === 'forAwait')
    return { way: after({ ...way, awaited: true }, around) };
  if (part !== 'value') return { way: after(way, around) };
  if (node.k === 'return') return { way: after({ ...way, returned: true }, around) };
  if (node.k !== 'assign') return { way: after(way, around) };
  const sets = node.target.k === 'var' ? [...way.sets, node.target.var] : way.sets;
  // A promise that is kept in a variable is awaited from there, as a rule in the same block; a stream may be handed on.
  const kept = here.program.facts.language === 'typescript' && !isHandedOn(node.target, here, tracing);
  const awaited = way.awaited || kept;
  return { way: after({ ...way, sets, awaited }, around) };
}

/** Whether a stream, which raises nothing until it is read, is kept in a variable that the function itself never waits for. */
function isHandedOn(target: Target, { program, fn }: Place, { request }: Tracing): boolean {
  if (request.method.shape !== 'stream' || target.k !== 'var') return false;
  const uses = (program.uses.get(target.var) ?? []).filter((use) => use.fn === fn);
  return uses.every(({ around: from }) => {
    for (let around = from; around && around.k !== 'edge'; around = around.outer) {
      if (around.k === 'expr' && (around.node.k === 'await' || around.node.k === 'yield')) return false;
      if (around.k === 'stmt') return around.node.k === 'return';
    }
    return false;
  });
}

/** After a handler: what control meets behind `around`, as long as it just falls on. */
function goOn(around: Around & { k: 'stmt' }, here: Place, way: Way, { request, resolver }: Tracing): Step {
  const { absorbed } = way;
  if (!absorbed?.exits.some((exit) => exit.k === 'fall')) return { way };
  const rest = around.block.slice(around.index + 1);
  const second = absorbed.error && secondTry(rest, absorbed, way, here, request, resolver);
  if (second?.again)
    return { routes: resent(way, { k: 'loop', at: second.again.at, name: say('a second try') }, here) };
  const next = exits(rest, flagJudge(absorbed.body)).exits;
  const kept = absorbed.exits.filter((exit) => exit.k !== 'fall');
  // What follows may raise on some answers only: that is not this error's business.
  const followed = next.filter((exit) => exit.k !== 'raise' || next.every((other) => other.k === 'raise'));
  const mayRaise = absorbed.mayRaise || second !== undefined;
  return { way: { ...way, absorbed: { ...absorbed, exits: [...kept, ...followed], mayRaise } } };
}

/** Answers conditions about flags that a handler has set: `again = True`, and behind it `if not again`. */
function flagJudge(body: readonly Stmt[]): Judge {
  const set = new Map<number, boolean>();
  for (const stmt of body)
    if (stmt.k === 'assign' && stmt.target.k === 'var' && stmt.value.k === 'lit')
      set.set(stmt.target.var, Boolean(stmt.value.value));
  const ask = (test: Expr): Caught => {
    const flag = test.k === 'name' && test.var !== undefined ? set.get(test.var) : undefined;
    const catches = flag === undefined ? 'unknown' : flag ? 'yes' : 'no';
    return logical(test, ask) ?? { catches, named: false };
  };
  return { test: ask };
}

function throughTry(node: Try, around: Around & { k: 'stmt' }, here: Place, way: Way, tracing: Tracing): Step {
  const { program } = here;
  const outside = after({ ...way, after: [...way.after, node.orElse] }, around);
  if (!way.awaited && tracing.request.async) {
    const text = say('the `try` does not await the request, so its handler never sees the error');
    return { way: note(outside, node.at, text, program.path) };
  }
  for (const handler of node.handlers) {
    const place: Place = { ...here, around };
    const error = errorAt(tracing, way, place, handler.var);
    const answers = handler.catches?.map((type) => coversLimit(type, error, tracing.resolver));
    if (answers?.every((one) => one.catches === 'no')) continue;
    // A handler whose classes can't be known takes the error perhaps: it counts where it sends again, and loses nothing.
    const unsure = answers !== undefined && !answers.some((one) => one.catches === 'yes');
    const layer = resends(handler.body, place, [...way.fns, program.facts.fns[here.fn]!], tracing, error);
    if (layer) {
      const source = recursion(layer, handler, error, node.handlers, here);
      return { routes: resent(outside, { ...layer, at: handler.at, ...(source && { source }) }, here) };
    }

    const found = exits(handler.body, errorJudge(error, tracing.resolver));
    const told = found.named || (answers?.some((one) => one.named) ?? false);
    const raised = found.exits.filter((exit) => exit.k === 'raise' || exit.k === 'ends');
    const kept = found.exits.filter((exit) => exit.k !== 'raise' && exit.k !== 'ends');
    if (kept.length > 0) {
      // To raise what a function made of the error lets it through, whatever that function tells apart.
      const named = told || asksWithin(handler.body, error, tracing.resolver);
      const text = named
        ? say('a handler takes the 429')
        : unsure
          ? say('a handler may take the 429')
          : say('a handler takes every error');
      const absorbed = {
        exits: kept,
        named,
        at: handler.at,
        body: handler.body,
        waits: waitIn(reached(handler.body, error, tracing.resolver), program.facts) !== undefined,
        attempt: node.body,
        ...((way.returned || [...leaving(way.after.flat())].some(({ k }) => k === 'return')) && {
          leaves: true as const,
        }),
        mayRaise:
          unsure ||
          raised.length > 0 ||
          reports(handler.body, handler.var) ||
          tellsByResult(kept, node.handlers, program.facts.fns[here.fn]!.body) ||
          asksElsewhere(handler.body) ||
          sendsAnother(handler.body, place, tracing.resolver, tracing.request),
        printed: prints(handler.body, handler.var),
        ...(raised.length > 0 && { raises: true as const }),
        error,
        clauses: node.handlers,
      };
      return { way: { ...note(outside, handler.at, text, program.path), absorbed } };
    }
    // An error of the program's own in place of a 429 that was named is a decision; anything else lets it through.
    const maps = raised.some((exit) => exit.value !== undefined && !passesOn(exit.value, handler));
    if (told && maps) return { routes: end(outside, { k: 'handled', at: handler.at }) };
    const instead = raisedInstead(raised, handler, error, tracing.resolver);
    const through = note(outside, handler.at, say('the handler lets the error through'), program.path);
    return { way: instead ? { ...through, raised: instead } : through };
  }
  return { way: outside };
}

/** A handler that calls its own function again. */
function recursion(
  { k, call, fn }: ResendingLayer,
  { at, body }: Handler,
  error: ErrorInHand,
  clauses: readonly Handler[],
  place: Place,
): LayerSource | undefined {
  // A flag that is set, as in `ask(text, true)`, makes it another request; a call of what is inside sends it but once more.
  const isOther = call?.args.some(({ value }) => value.k === 'lit' && value.value === true);
  const { facts } = place.program;
  if (k !== 'recursion' || !call || isOther || fn !== facts.fns[place.fn] || goesElsewhere(body, facts))
    return undefined;
  return { k, call, place, handler: { at, body }, error, clauses };
}

function throughWith(stmt: Stmt & { k: 'with' }, here: Place, way: Way, tracing: Tracing): Step {
  let next = way;
  const error = errorAt(tracing, way, here);
  for (const { value } of stmt.items) {
    const name = nameOf(value);
    const effect = tracing.layers.effect(value, here, error, 'context');
    if (effect.k === 'layer') {
      if (effect.layer.k !== 'concurrency') return { routes: resent(next, effect.layer, here), beyond: next };
      next = limited(next, effect.layer);
    } else if (/sem(aphore)?$|limiter$/i.test(name)) {
      next = limited(next, { k: 'concurrency', at: value.at, name: say`\`${name}\`` });
    } else if (/(^|\.)suppress$/.test(name) && value.k === 'call' && !next.absorbed) {
      const caught = value.args.some((arg) => coversLimit(arg.value, error, tracing.resolver).catches === 'yes');
      if (caught) return { routes: end(next, { k: 'lost', at: value.at }) };
    }
  }
  return { way: next };
}

/** A rate limiter that is waited for before the request: `await limiter.acquire()`, or a wait that keeps requests apart. */
function waitBefore(block: readonly Stmt[], here: Place, { resolver }: Pick<Tracing, 'resolver'>): Layer | undefined {
  const [last] = block.slice(-1);
  if (last && keepsApart(block, here.program, here.fn))
    return { k: 'rate', at: last.at, name: say('the wait before the request') };
  for (const stmt of block) {
    const inside = stmt.k === 'if' ? waitBefore([...stmt.then, ...stmt.else], here, { resolver }) : undefined;
    if (inside) return inside;
    if (stmt.k !== 'expr' && stmt.k !== 'assign') continue;
    for (const one of within(stmt.value)) {
      if (one.k !== 'call') continue;
      const name = nameOf(one.callee);
      const waits =
        /(limit|throttl|bucket)\w*(\.\w+)?\.(acquire|removeTokens|wait|waitForToken|consume|try_acquire|throttle)$/i;
      const pauses = /(^|[._])(rate_?limit\w*wait|wait\w*rate_?limit)\w*$/i;
      if (waits.test(name) || pauses.test(name) || isGate(one, here, resolver))
        return { k: 'rate', at: one.at, name: say`\`${name}\`` };
    }
  }
  return undefined;
}

/** Whether a call does nothing but keep apart what it stands before. */
function isGate(call: Call, here: Place, resolver: Resolver): boolean {
  return resolver.meanings(call.callee, here).some((one) => {
    const body = one.k === 'fn' ? one.program.facts.fns[one.fn]!.body : [];
    return one.k === 'fn' && body.length > 0 && keepsApart(body, one.program, one.fn);
  });
}

/** Whether a handler gives what another call waits for: `return await ask(other)`, `yield* this.askBySocket()`. */
function asksElsewhere(body: readonly Stmt[]): boolean {
  const waits = (one: Expr): boolean => one.k === 'await' && one.value.k === 'call';
  for (const stmt of statements(body)) {
    if (stmt.k === 'return' && stmt.value && waits(stmt.value)) return true;
    for (const expr of expressions(stmt))
      for (const one of within(expr))
        if (one.k === 'yield' && one.value && (one.value.k === 'call' || waits(one.value))) return true;
  }
  return false;
}

/** Whether a callback hands the error on: `reject(err)`, `next(err)`. */
function handsOn(body: readonly Stmt[]): boolean {
  for (const stmt of statements(body)) {
    for (const expr of expressions(stmt)) {
      for (const one of within(expr)) {
        if (one.k === 'call' && /^(reject|next|callback|cb|done)$/.test(nameOf(one.callee))) return true;
      }
    }
  }
  return false;
}

/** Whether an argument stands where many of its kind do: beside others, in a spread, a list, a comprehension. */
function isOneOfMany({ node, index }: Around & { k: 'expr' }): boolean {
  if (node.k !== 'call') return false;
  const arg = node.args[index];
  return node.args.length > 1 || arg?.spread === 'list' || arg?.value.k === 'list' || arg?.value.k === 'comprehension';
}
