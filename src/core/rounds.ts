/** Tells loops whose rounds send the same request from those that try one model after another, or go on step by step. */
import { readsInside } from './dropped.ts';
import { exits } from './exits.ts';
import type { Expr, FileFacts, Loop, Stmt, Target } from './facts.ts';
import { assigned, isLogging } from './handler.ts';
import { expressions, nameOf, type Place, statements, within } from './program.ts';

/**
 * Whether a round that follows a refusal sends what was refused; `handler` is what runs after it, `done` once an attempt
 * has succeeded.
 */
export function repeatsItself(
  loop: Loop,
  attempt: readonly Stmt[],
  handler: readonly Stmt[],
  done: readonly Stmt[],
  { program: { facts } }: Place,
): boolean {
  const used = readIn(attempt, facts);
  const chosen = picked(loop, handler, facts);
  if (chosen.includes('in attempt') || goesElsewhere(handler, facts)) return false;
  const items = [...itemsOf(loop), ...taken(loop), ...chosen.filter((one) => one !== 'in attempt')];
  const own = madeOf(items, loop, facts);
  if (own.some((id) => used.has(id))) return false;
  return !goesOn(done) || !feeds(loop, attempt, done, facts);
}

/** Whether each round of a loop over a collection sends something else: its item. */
export function takesItems(loop: Loop, attempt: readonly Stmt[], facts: FileFacts): boolean {
  const items = madeOf(itemsOf(loop), loop, facts);
  if (items.length === 0) return false;
  const used = readIn(attempt, facts);
  return items.some((id) => used.has(id));
}

const elsewhere = /fall_?back|switch_?(to|model|provider|key|client)|rotate|next_?(key|model|provider|client)/i;
const connections = /network|connection|timed?_?out/i;
const limits = /rate|limit|429|quota|status|overload|too_?many|throttl/i;

/** Whether a handler moves on to another model or key, or asks for broken connections and for no refusal. */
export function goesElsewhere(handler: readonly Stmt[], facts: FileFacts): boolean {
  const words: string[] = [];
  for (const stmt of statements(handler)) {
    for (const expr of expressions(stmt)) {
      if (isLogging(expr)) continue;
      for (const one of within(expr)) {
        if (one.k === 'call' && elsewhere.test(nameOf(one.callee))) return true;
        if (one.k === 'lit') words.push(String(one.value));
        else if (one.k === 'name' || one.k === 'attr') words.push(one.name);
      }
    }
    if (stmt.k === 'assign') for (const id of variables(stmt.target)) words.push(facts.vars[id]!.name);
  }
  return words.some((word) => connections.test(word)) && !words.some((word) => limits.test(word));
}

/** The variables that hold some of these, or are made of them in the loop. */
function madeOf(ids: readonly number[], { body }: Loop, facts: FileFacts): readonly number[] {
  const found = new Set(ids);
  if (found.size === 0) return [];
  for (const stmt of statements(body)) {
    if (stmt.k !== 'assign' || stmt.augmented) continue;
    if ([...readsInside(stmt.value, facts)].some((id) => found.has(id)))
      for (const id of variables(stmt.target)) found.add(id);
  }
  return [...found];
}

/** What the attempt reads; what is only written to a log is not used. */
function readIn(block: readonly Stmt[], facts: FileFacts): ReadonlySet<number> {
  const found = new Set<number>();
  for (const stmt of statements(block))
    for (const expr of expressions(stmt))
      if (!isLogging(expr)) for (const id of readsInside(expr, facts)) found.add(id);
  return found;
}

/** The items of a collection that a loop runs over; numbers only count. */
function itemsOf({ form, iter, target }: Loop): readonly number[] {
  if (form !== 'for' || !iter || isCount(iter)) return [];
  const found = variables(target);
  // The position that comes with an item counts, too.
  return iter.k === 'call' && /(^|\.)(enumerate|entries)$/.test(nameOf(iter.callee)) ? found.slice(1) : found;
}

const taking = /(^|_)(next|dequeue|pop|receive|claim)(_|$)|^get_?\w*(item|batch|job)s?$/i;

/** What a round takes for itself: `item = await queue.get_next_item()`. */
function taken({ body }: Loop): readonly number[] {
  return [...statements(body)].flatMap((stmt) => {
    if (stmt.k !== 'assign' || stmt.augmented) return [];
    const value = stmt.value.k === 'await' ? stmt.value.value : stmt.value;
    const name = value.k === 'call' ? nameOf(value.callee).split('.').at(-1)! : '';
    return taking.test(name.replace(/([a-z])([A-Z])/g, '$1_$2')) ? variables(stmt.target) : [];
  });
}

function isCount(iter: Expr): boolean {
  if (iter.k === 'list') return iter.items.every((item) => item.k === 'lit' && typeof item.value === 'number');
  if (iter.k !== 'call') return false;
  const name = nameOf(iter.callee).split('.').at(-1)!;
  if (/^(range|trange|count|repeat|keys|Array)$/.test(name)) return true;
  const [first] = iter.args;
  return /^(tqdm|list|enumerate|reversed)$/.test(name) && first !== undefined && isCount(first.value);
}

function variables(target: Target | undefined): readonly number[] {
  if (target?.k === 'var') return [target.var];
  return target?.k === 'pattern' ? target.parts.flatMap((part) => variables(part.target)) : [];
}

/** What is taken from a collection by the number of the round, or of the failures: `models[attempt]`. */
function picked(
  { target, init = [], body }: Loop,
  handler: readonly Stmt[],
  facts: FileFacts,
): readonly (number | 'in attempt')[] {
  const counters = new Set([...variables(target), ...assigned(init), ...assigned(handler)]);
  const picks = (expr: Expr): boolean =>
    [...within(expr)].some(
      (one) => one.k === 'index' && one.of.k !== 'list' && one.index.k === 'name' && counters.has(one.index.var ?? -1),
    );
  const found: (number | 'in attempt')[] = [];
  for (const stmt of statements(body)) {
    if (stmt.k === 'assign' && picks(stmt.value)) found.push(...variables(stmt.target));
    else if (stmt.k === 'try') {
      const tried = [...statements(stmt.body)].flatMap(expressions);
      if (tried.some((expr) => picks(expr) || inside(expr, facts).some(picks))) found.push('in attempt');
    }
  }
  return found;
}

/** The expressions of the functions that stand in an expression. */
function inside(expr: Expr, facts: FileFacts): readonly Expr[] {
  return [...within(expr)].flatMap((one) =>
    one.k === 'fn' ? [...statements(facts.fns[one.fn]!.body)].flatMap(expressions) : [],
  );
}

/** Whether the loop may go round once more after a success. */
function goesOn(done: readonly Stmt[]): boolean {
  return exits(done).exits.some(({ k }) => k === 'fall' || k === 'continue');
}

/** Whether a success changes what the next round sends: the conversation grows, the next page is asked for. */
function feeds(loop: Loop, attempt: readonly Stmt[], done: readonly Stmt[], facts: FileFacts): boolean {
  const changed = assigned(done);
  const start = attempt[0]?.at.start ?? 0;
  const ahead = loop.body.filter(({ at }) => at.end <= start);
  const answers = new Set([...changed, ...assigned(attempt)]);
  const made = new Set(madeOf([...answers], { ...loop, body: ahead }, facts).filter((id) => !answers.has(id)));
  const first = new Map<number, number>();
  for (const stmt of statements(loop.body))
    if (stmt.k === 'assign' && !stmt.augmented)
      for (const id of variables(stmt.target)) if (!first.has(id)) first.set(id, stmt.at.end);
  for (const stmt of statements(attempt)) {
    for (const expr of expressions(stmt)) {
      if (isLogging(expr)) continue;
      for (const id of readsInside(expr, facts))
        if (made.has(id) || (changed.has(id) && stmt.at.start < (first.get(id) ?? Number.POSITIVE_INFINITY)))
          return true;
    }
  }
  return false;
}
