/** The retry helpers that a project already has: functions that send again, after a 429, what they are given. */
import type { Catalogue } from './catalogue.ts';
import type { RetryHelper } from './editor.ts';
import type { Call, Expr, Fn } from './facts.ts';
import type { FnMeaning } from './meaning.ts';
import { type Around, type Program, statements, type Use, within } from './program.ts';
import type { Project } from './project.ts';
import type { Found } from './requests.ts';
import { type Resolver, resolver } from './resolve.ts';
import { tracer } from './routes.ts';
import type { Request } from './verdict.ts';

/** How a file can import another one; undefined where that is not certain. */
export type Specifier = (from: Program, to: Program) => string | undefined;

/**
 * Finds the helpers for a request of the file, the nearest first: of its file, then imported ones, then others of the
 * project. Looks when asked: a squiggle needs none.
 */
export function helperFinder(
  program: Program,
  project: Project,
  catalogue: Catalogue,
  specifier: Specifier,
): (request: Request) => readonly RetryHelper[] {
  let resolve: Resolver | undefined;
  const known = new Map<Request, readonly RetryHelper[]>();
  return (request) => {
    const before = known.get(request);
    if (before) return before;
    const place = program.calls.find(({ call }) => call === request.call);
    resolve ??= resolver(project, catalogue);
    const found = place ? helpersFor({ request, place }, project, resolve, catalogue, specifier) : [];
    known.set(request, found);
    return found;
  };
}

function helpersFor(
  found: Found,
  { programs }: Project,
  resolver: Resolver,
  catalogue: Catalogue,
  specifier: Specifier,
): readonly RetryHelper[] {
  const { program, fn } = found.place;
  const trace = tracer(found, resolver, catalogue);
  const imported = importedFunctions(program, resolver);
  const holders = new Set(functionsRound(program, fn));
  const ranked: { readonly rank: number; readonly helper: RetryHelper }[] = [];
  for (const other of programs) {
    if (other.facts.language !== program.facts.language || (other !== program && doesWork(other))) continue;
    for (const { name, fn: id } of namedFunctions(other)) {
      if (other === program && holders.has(id)) continue;
      const meaning: FnMeaning = { k: 'fn', program: other, fn: id };
      const shape = shapeOf(meaning);
      if (!shape) continue;
      const { takes, position } = shape;
      if (!(takes === 'decorator' ? trace.sentByDecorator(meaning) : trace.sentInside(meaning, position))) continue;
      const known = imported.find(({ of }) => of.program === other && of.fn === id);
      if (other === program || known) {
        ranked.push({ rank: known ? 1 : 0, helper: { name: known?.name ?? name, exported: 'named', ...shape } });
        continue;
      }
      const module = specifier(program, other);
      const exported = module === undefined ? undefined : exportedAs(meaning, name, module, program, resolver);
      if (module !== undefined && exported) ranked.push({ rank: 2, helper: { name, module, exported, ...shape } });
    }
  }
  return ranked.sort((a, b) => a.rank - b.rank).map(({ helper }) => helper);
}

/** Whether importing the file does something: a script of its own, whose work would be done again. */
function doesWork({ facts, calls }: Program): boolean {
  const acts = facts.fns[0]!.body.some(({ k }) => k === 'loop' || k === 'with' || k === 'try');
  return acts || calls.some(({ fn, call, around }) => fn === 0 && !isGuarded(around) && startsWork(call, around));
}

/** Under a condition, as `if __name__ == "__main__":` is. */
function isGuarded(around: Around | undefined): boolean {
  for (let at = around; at && at.k !== 'edge'; at = at.outer) if (at.k === 'stmt' && at.node.k === 'if') return true;
  return false;
}

/** A call in a statement of its own, or one deep in an object as a client's requests are. */
function startsWork({ callee }: Call, around: Around | undefined): boolean {
  if (around?.k === 'stmt' && around.node.k === 'expr') return true;
  return callee.k === 'attr' && callee.of.k === 'attr';
}

/** The functions of a file's top level, declared or held by a constant. */
function namedFunctions({ facts, bindings }: Program): readonly { readonly name: string; readonly fn: number }[] {
  return facts.vars.flatMap(({ name, fn, what }, id) => {
    if (fn !== 0) return [];
    const held = bindings.get(id) ?? [];
    const value = held.length === 1 ? held[0]!.value : undefined;
    const own = what.k === 'fn' ? what.fn : value?.k === 'fn' ? value.fn : undefined;
    return own === undefined || facts.fns[own]!.generator ? [] : [{ name, fn: own }];
  });
}

/** How the function is had from its module; undefined where the module keeps it to itself. */
function exportedAs(
  { program, fn }: FnMeaning,
  name: string,
  module: string,
  from: Program,
  resolver: Resolver,
): RetryHelper['exported'] | undefined {
  const at = { start: 0, end: 0 };
  const gives = (exported: string) =>
    resolver
      .meanings(
        { k: 'attr', at, of: { k: 'module', at, module }, name: exported },
        { program: from, fn: 0, around: undefined },
      )
      .some((one) => one.k === 'fn' && one.program === program && one.fn === fn);
  if (gives(name)) return 'named';
  return gives('default') ? 'default' : undefined;
}

type Shape = Pick<RetryHelper, 'takes' | 'position' | 'async'>;

/** How the function is used, where it has one parameter that it calls and needs no other. */
function shapeOf({ program, fn }: FnMeaning): Shape | undefined {
  const own = program.facts.fns[fn]!;
  // What is typed for one kind of answer may not take another.
  if (own.types === 'fixed' || (own.returnType && givesBuiltIn(own.returnType))) return undefined;
  const position = own.params.findIndex(
    ({ var: variable }) => variable !== undefined && callsOf(program, variable).length > 0,
  );
  const param = own.params[position];
  if (!param || own.params.some((one) => one !== param && !one.default && !one.rest && !one.optional)) return undefined;
  const calls = callsOf(program, param.var!);
  const args = calls.flatMap(({ around }) =>
    around?.k === 'expr' && around.node.k === 'call' ? around.node.args : [],
  );
  const inside = calls.every((use) => use.fn === fn);
  // Whatever sends again what JavaScript gives a promise for gives a promise itself.
  const isAsync = own.async || program.facts.language === 'typescript';
  if (!inside) {
    const inner = returned(program, own, calls);
    const passes = args.some(({ spread }) => spread === 'list');
    return inner && passes && position === 0
      ? { takes: 'decorator', position, async: isAsync || inner.async }
      : undefined;
  }
  if (args.length > 0 && args.every(({ spread }) => spread)) {
    // What is handed through has to come in: `fn, *args, **kwargs`.
    const through = own.params.slice(position + 1);
    return through.length > 0 && through.every(({ rest }) => rest)
      ? { takes: 'function-and-arguments', position, async: isAsync }
      : undefined;
  }
  // A function of JavaScript leaves alone what it is given beyond its parameters.
  if (args.length > 0 && program.facts.language === 'python') return undefined;
  return { takes: 'thunk', position, async: isAsync };
}

function givesBuiltIn(type: Expr): boolean {
  return (
    type.k === 'name' &&
    type.var === undefined &&
    /^(str|int|float|bool|bytes|dict|list|tuple|set|None)$/.test(type.name)
  );
}

function callsOf({ uses }: Program, variable: number): readonly Use[] {
  return (uses.get(variable) ?? []).filter(
    ({ around }) => around?.k === 'expr' && around.node.k === 'call' && around.part === 'callee',
  );
}

/** The function inside that holds all the calls and is what the outer one gives. */
function returned(program: Program, own: Fn, calls: readonly Use[]): Fn | undefined {
  const id = calls[0]?.fn;
  const inner = id === undefined ? undefined : program.facts.fns[id];
  if (!inner || calls.some((use) => use.fn !== id)) return undefined;
  for (const stmt of statements(own.body)) {
    if (stmt.k !== 'return' || !stmt.value) continue;
    if ([...within(stmt.value)].some((one) => gives(one, id!, program))) return inner;
  }
  return undefined;
}

function gives(expr: Expr, fn: number, { facts }: Program): boolean {
  if (expr.k === 'fn') return expr.fn === fn;
  const what = expr.k === 'name' && expr.var !== undefined ? facts.vars[expr.var]?.what : undefined;
  return what?.k === 'fn' && what.fn === fn;
}

function* functionsRound({ facts }: Program, fn: number): Generator<number> {
  for (let id: number | undefined = fn; id !== undefined; id = facts.fns[id]?.parent) yield id;
}

/** Functions of other files that this one has by a name of its own. */
function importedFunctions(
  program: Program,
  resolver: Resolver,
): readonly { readonly name: string; readonly of: FnMeaning }[] {
  return program.facts.vars.flatMap(({ name, what, fn }, id) => {
    if (what.k !== 'import' || fn !== 0 || what.typeOnly) return [];
    const expr: Expr = {
      k: 'name',
      at: { start: Number.MAX_SAFE_INTEGER, end: Number.MAX_SAFE_INTEGER },
      name,
      var: id,
    };
    return resolver
      .meanings(expr, { program, fn: 0, around: undefined })
      .flatMap((of) => (of.k === 'fn' ? [{ name, of }] : []));
  });
}
