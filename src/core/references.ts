/** Finds methods that are handed to something that calls them: `asyncio.to_thread(client.messages.create, model=…)`. */
import type { Call, Expr, Target } from './facts.ts';
import { type Around, type CallPlace, nameOf, type Place, type Program, tabled } from './program.ts';

/** What runs the function that it is given, once or many times, with the arguments that follow. */
const runners: ReadonlySet<string> = new Set([
  'apply',
  'apply_async',
  'imap',
  'imap_unordered',
  'map',
  'map_async',
  'run_in_executor',
  'run_in_threadpool',
  'run_sync',
  'starmap',
  'submit',
  'sync_to_async',
  'to_thread',
]);

/**
 * Each as the call that it will come to: its callee is the method, its arguments those behind it. It stands where the
 * method is handed on.
 */
export function handedMethods(program: Program, methods: ReadonlySet<string>): readonly CallPlace[] {
  return program.calls.flatMap((place) => {
    const { call } = place;
    return call.args.flatMap(({ name, spread, value }, index): readonly CallPlace[] => {
      if (name !== undefined || spread || value.k !== 'attr' || !methods.has(value.name)) return [];
      const at: Around = { k: 'expr', node: call, part: 'arg', index, ...(place.around && { outer: place.around }) };
      const around = isPartial(call) ? place.around : at;
      if (!isRun(around)) return [];
      const sent: Call = { k: 'call', at: value.at, callee: value, args: call.args.slice(index + 1), isNew: false };
      return [{ program, fn: place.fn, around, call: sent }];
    });
  });
}

/** Where the generator that a call gives is first asked for an item, if a variable keeps it till then. */
export function consumed(place: Place): Place | undefined {
  const { program, around } = place;
  // `words()[Symbol.asyncIterator]()`
  if (around?.k === 'expr' && around.node.k === 'index') return askedAt(place);
  if (around?.k !== 'stmt' || around.part !== 'value' || around.node.k !== 'assign') return undefined;
  const { target } = around.node;
  const uses = target.k === 'var' ? (program.uses.get(target.var) ?? []) : [];
  for (const use of uses) {
    const asked = askedAt(use);
    if (asked) return asked;
  }
  return undefined;
}

function askedAt(use: Place): Place | undefined {
  const { program, fn, around } = use;
  if (around?.k === 'stmt') return around.node.k === 'loop' && around.part === 'iter' ? use : undefined;
  if (around?.k !== 'expr') return undefined;
  const { node, outer } = around;
  if (node.k === 'yield') return use;
  if (outer?.k !== 'expr' || outer.node.k !== 'call' || outer.part !== 'callee') return undefined;
  const place: Place = { program, fn, around: outer.outer };
  // `stream[Symbol.asyncIterator]()`, whose `next()` is called in its turn.
  if (node.k === 'index') return consumed(place);
  return node.k === 'attr' && /^(next|__next__|__anext__|asend|send)$/.test(node.name) ? place : undefined;
}

/**
 * The calls through a table or list that holds a function: `handlers[mode](…)`, `handlers.get(mode)(…)`, also by a variable
 * that the entry is put in, and by that of a loop: `for (const [name, run] of steps) run(…)`.
 */
export function callsByTable(place: Place): readonly CallPlace[] {
  const { program } = place;
  const path: (number | string)[] = [];
  let at = place.around;
  for (; at?.k === 'expr'; at = at.outer) {
    const { node, part, index } = at;
    if (node.k === 'list') path.unshift(index);
    else if (node.k === 'object' && part === 'entry') path.unshift(node.entries[index]?.key ?? tabled);
    else if (node.k !== 'either' || part !== 'branch') return [];
  }
  if (path.length === 0 || at?.k !== 'stmt' || at.part !== 'value' || at.node.k !== 'assign') return [];
  const { target } = at.node;
  const tables =
    target.k === 'var'
      ? (program.uses.get(target.var) ?? [])
      : target.k === 'attr'
        ? (program.members.get(target.name) ?? []).filter(({ expr }) => expr.k === 'attr' && expr.of.k === target.of.k)
        : [];
  const inside = path.slice(1);
  return tables.flatMap((use) => {
    const entry = entryOf(use);
    if (entry) return inside.length === 0 ? [...calledAt(entry), ...held(entry).flatMap(calledAt)] : [];
    return itemsOf(use).flatMap((item) => calledIn(item, inside, program));
  });
}

/** What holds an item of a list, where the list is gone through: `for (const item of list)`, `list.map((item) => …)`. */
function itemsOf({ program, around }: Place): readonly Target[] {
  if (around?.k === 'stmt')
    return around.part === 'iter' && around.node.k === 'loop' && around.node.target ? [around.node.target] : [];
  if (around?.k !== 'expr') return [];
  const { node, part, outer } = around;
  if (node.k === 'comprehension' && part === 'iter')
    return node.loops.slice(around.index, around.index + 1).map((loop) => loop.target);
  if (node.k !== 'attr' || outer?.k !== 'expr' || outer.part !== 'callee' || outer.node.k !== 'call') return [];
  const each = outer.node.args[0]?.value;
  if (!/^(map|forEach|flatMap|find|some)$/.test(node.name) || each?.k !== 'fn') return [];
  const variable = program.facts.fns[each.fn]!.params[0]?.var;
  return variable === undefined ? [] : [{ k: 'var', var: variable, at: each.at }];
}

/** The calls of what stands in an item under a path: `step[1](…)`, `step.run(…)`, or of its own variable. */
function calledIn(item: Target, [key, ...inner]: readonly (number | string)[], program: Program): readonly CallPlace[] {
  if (item.k === 'pattern') {
    const part = item.parts.find((one) => one.key === key);
    return part ? calledIn(part.target, inner, program) : [];
  }
  const uses = item.k === 'var' ? (program.uses.get(item.var) ?? []) : [];
  if (key === undefined) return uses.flatMap(calledAt);
  return uses.flatMap(({ around, ...place }) => {
    if (inner.length > 0 || around?.k !== 'expr') return [];
    const { node, outer } = around;
    const isIt =
      node.k === 'attr' ? node.name === key : node.k === 'index' && node.index.k === 'lit' && node.index.value === key;
    return isIt ? calledAt({ ...place, around: outer }) : [];
  });
}

/** The place of `table[key]` or `table.get(key)`, where a table is used so. */
function entryOf({ around, ...place }: Place): Place | undefined {
  if (around?.k !== 'expr') return undefined;
  const { node, part, outer } = around;
  if (node.k === 'index' && part === 'of' && node.index.k !== 'lit') return { ...place, around: outer };
  const gets = node.k === 'attr' && node.name === 'get' && outer?.k === 'expr' && outer.part === 'callee';
  return gets ? { ...place, around: outer.outer } : undefined;
}

/** Where the value at a place is read again, if a variable keeps it. */
function held({ program, around }: Place): readonly Place[] {
  if (around?.k !== 'stmt' || around.part !== 'value' || around.node.k !== 'assign') return [];
  const { target } = around.node;
  return target.k === 'var' ? (program.uses.get(target.var) ?? []) : [];
}

function calledAt({ around, ...place }: Place): readonly CallPlace[] {
  if (around?.k !== 'expr' || around.part !== 'callee' || around.node.k !== 'call') return [];
  return [{ ...place, around: around.outer, call: around.node }];
}

/** Whether a place is that of a method handed on, not of a call. */
export function isHanded({ around }: Place, callee: Expr): boolean {
  if (around?.k !== 'expr' || around.part !== 'arg' || around.node.k !== 'call') return false;
  const given = around.node.args[around.index]?.value;
  return given === callee || (given?.k === 'call' && isPartial(given) && given.args[0]?.value === callee);
}

function isRun(around: Around | undefined): around is Around & { k: 'expr' } {
  return (
    around?.k === 'expr' && around.part === 'arg' && around.node.k === 'call' && runners.has(lastName(around.node))
  );
}

/** `partial(fn, …)`: the function with some arguments already in. */
export function isPartial(call: Call): boolean {
  return lastName(call) === 'partial';
}

/** The last part of `nameOf`, without writing the others. */
function lastName({ callee }: Call): string {
  if (callee.k === 'attr' || callee.k === 'name') return callee.name;
  return callee.k === 'call' ? lastName(callee) : nameOf(callee);
}
