/** Finds who calls a function, and who hands on a method, in any file of the project. */
import type { Call, Fn } from './facts.ts';
import type { FnMeaning, Meaning } from './meaning.ts';
import { namesIn } from './names.ts';
import { type CallPlace, nameOf, type Place, type Program, tabled, type Use } from './program.ts';
import type { Project } from './project.ts';

export interface CallerPlace {
  readonly call: Call;
  readonly place: Place;
}

export interface CallerFinder {
  callersOf(fn: FnMeaning): readonly CallerPlace[];
  readersOf(fn: FnMeaning): readonly Use[];
  /** The methods of that name in classes that extend the method's own. */
  overridersOf(fn: FnMeaning): readonly FnMeaning[];
}

export interface Asking {
  meanings(expr: Call['callee'], place: Place): readonly Meaning[];
  basesOf(program: Program, cls: number): readonly Meaning[];
  /** Says that an answer was cut short by a cycle. */
  cut(): void;
}

export function callerFinder(project: Project, { meanings, basesOf, cut }: Asking): CallerFinder {
  const known = new Map<unknown, readonly CallerPlace[]>();
  const searching = new Set<unknown>();

  const callersOf = (fn: FnMeaning): readonly CallerPlace[] => {
    const key = fn.program.facts.fns[fn.fn]!;
    const found = known.get(key);
    if (found) return found;
    if (searching.has(key)) {
      cut();
      return [];
    }
    searching.add(key);
    const calls = [...search(fn)];
    searching.delete(key);
    known.set(key, calls);
    return calls;
  };

  function* search(fn: FnMeaning): Generator<CallerPlace> {
    const lists = [...new Set([...namesOf(fn), ...heirsOf(fn)])].map(callsBy).filter((list) => list.length > 0);
    const places = lists.length === 1 ? lists[0]! : [...new Set(lists.flat())].sort(byProgram);
    for (const place of places)
      if (meanings(place.call.callee, place).some((one) => isCallOf(one, fn))) yield { call: place.call, place };
  }

  const order = new Map(project.programs.map((program, at) => [program, at]));
  const byProgram = (a: Place, b: Place): number => order.get(a.program)! - order.get(b.program)!;
  const byName = new Map<string, readonly CallPlace[]>();

  /** The calls by a name, and by what imports make of it, in all files. */
  const callsBy = (name: string): readonly CallPlace[] => {
    const found =
      byName.get(name) ??
      project.programs.flatMap(({ renamed, callsByName }) =>
        [...new Set([name, ...(renamed.get(name) ?? [])])].flatMap((one) => callsByName.get(one) ?? []),
      );
    byName.set(name, found);
    return found;
  };

  const readersOf = (fn: FnMeaning): readonly Use[] => {
    const { name, cls } = fn.program.facts.fns[fn.fn]!;
    if (cls === undefined || !name) return [];
    const isRead = (use: Use) =>
      use.around?.k === 'expr' &&
      use.around.part !== 'callee' &&
      meanings(use.expr, use).some((one) => one.k === 'fn' && reaches(one, fn));
    return project.programs.flatMap((program) => (program.members.get(name) ?? []).filter(isRead));
  };

  /** Whether asking for `asked` may give `fn`: it is the same function, or the same method of a class that extends the other’s. */
  const reaches = (asked: FnMeaning, fn: FnMeaning): boolean => {
    if (asked.program === fn.program && asked.fn === fn.fn) return true;
    const base = asked.program.facts.fns[asked.fn]!;
    const own = fn.program.facts.fns[fn.fn]!;
    if (base.cls === undefined || own.cls === undefined || base.name !== own.name) return false;
    return extendsClass({ program: fn.program, cls: own.cls }, { program: asked.program, cls: base.cls }, new Set());
  };

  const extendsClass = (own: ClassRef, base: ClassRef, seen: Set<unknown>): boolean => {
    const key = own.program.facts.classes[own.cls];
    // A class that extends itself is broken code, and must not keep us.
    if (seen.has(key)) return false;
    seen.add(key);
    return basesOf(own.program, own.cls).some((one) => {
      if (one.k !== 'class') return false;
      return (one.program === base.program && one.cls === base.cls) || extendsClass(one, base, seen);
    });
  };

  const overridden = new Map<unknown, readonly FnMeaning[]>();

  const overridersOf = (fn: FnMeaning): readonly FnMeaning[] => {
    const own = fn.program.facts.fns[fn.fn]!;
    if (own.cls === undefined || !own.name) return [];
    const found =
      overridden.get(own) ??
      project.programs.flatMap((program) =>
        program.facts.classes.flatMap(({ methods }) => {
          const method = methods.get(own.name);
          const other: FnMeaning | undefined = method === undefined ? undefined : { k: 'fn', program, fn: method };
          return other && program.facts.fns[method!] !== own && reaches(fn, other) ? [other] : [];
        }),
      );
    overridden.set(own, found);
    return found;
  };

  const isCallOf = (callee: Meaning, fn: FnMeaning): boolean => {
    if (callee.k === 'fn') return reaches(callee, fn);
    if (callee.k !== 'class' && callee.k !== 'instance') return false;
    return own(constructorOf(callee, 0)) === own(fn);
  };

  /** The constructor that making an object of a class runs: its own, or the nearest one that it inherits. */
  const constructorOf = ({ program, cls }: ClassRef, depth: number): FnMeaning | undefined => {
    const method = ownConstructor({ program, cls });
    if (method !== undefined) return { k: 'fn', program, fn: method };
    if (depth > mostBases) return undefined;
    for (const base of basesOf(program, cls)) {
      const found = base.k === 'class' ? constructorOf(base, depth + 1) : undefined;
      if (found) return found;
    }
    return undefined;
  };

  /** The names of classes that inherit a constructor, by what they call their bases: to make an object of one runs it. */
  const heirsOf = (fn: FnMeaning): readonly string[] => {
    const { cls } = own(fn)!;
    if (cls === undefined || ownConstructor({ program: fn.program, cls }) !== fn.fn) return [];
    const names = new Set([fn.program.facts.classes[cls]!.name]);
    for (let known = 0; known < names.size; ) {
      known = names.size;
      for (const { name } of inheriting().filter(({ bases }) => bases.some((base) => names.has(base)))) names.add(name);
    }
    return [...names];
  };

  let heirs: readonly { readonly name: string; readonly bases: readonly string[] }[] | undefined;
  /** The classes without a constructor of their own. */
  const inheriting = () => {
    heirs ??= project.programs.flatMap((program) =>
      program.facts.classes.flatMap(({ name, bases }, cls) =>
        bases.length === 0 || ownConstructor({ program, cls }) !== undefined
          ? []
          : [{ name, bases: bases.map((base) => nameOf(base).split('.').at(-1)!) }],
      ),
    );
    return heirs;
  };

  return { callersOf, readersOf, overridersOf };
}

interface ClassRef {
  readonly program: Program;
  readonly cls: number;
}

/** How far up classes are followed for what they inherit. */
const mostBases = 6;

function ownConstructor({ program, cls }: ClassRef): number | undefined {
  const { methods } = program.facts.classes[cls]!;
  return methods.get('__init__') ?? methods.get('constructor');
}

function own(fn: FnMeaning | undefined): Fn | undefined {
  return fn?.program.facts.fns[fn.fn];
}

/** The names by which a function can be called: its own, its variables', its class's for a constructor. */
function namesOf({ program, fn }: FnMeaning): ReadonlySet<string> {
  const { facts } = program;
  const own = facts.fns[fn]!;
  const { variables, named, others } = namesIn(program);
  const names = new Set([tabled, ...(own.name ? [own.name] : [])]);
  for (const id of variables.get(fn) ?? []) names.add(facts.vars[id]!.name);
  const stands = program.functions.get(fn);
  if (stands) {
    for (const name of named.get(stands.expr) ?? []) names.add(name);
    const key = keyOf(stands);
    if (key !== undefined) names.add(key);
  }
  if (own.cls !== undefined) {
    const { name, methods } = facts.classes[own.cls]!;
    for (const [method, id] of methods) {
      if (id !== fn) continue;
      if (method === 'constructor' || method === '__init__') names.add(name);
      // `cls(…)` in a class method.
      names.add(method === '__init__' ? 'cls' : method);
    }
  }
  // A set gives what is added to it while it is gone through.
  for (const name of names) for (const other of others.get(name) ?? []) names.add(other);
  return names;
}

/** The key under which an object holds it: `{ run: async () => … }`. */
function keyOf({ around }: Use): string | undefined {
  if (around?.k !== 'expr' || around.part !== 'entry' || around.node.k !== 'object') return undefined;
  return around.node.entries[around.index]?.key;
}
