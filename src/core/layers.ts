/** What stands round a call by name: retry libraries, limiters, the program's own wrappers, and those that can't be seen into. */
import type { Catalogue, RetryExport, RetryLibrary } from './catalogue.ts';
import type { Call, Expr, Import } from './facts.ts';
import { coversLimit, type ErrorInHand } from './handler.ts';
import type { FoundLayer, LayerSource } from './layer-source.ts';
import type { FnMeaning, Meaning } from './meaning.ts';
import { nameOf, type Place, within } from './program.ts';
import type { Resolver } from './resolve.ts';
import { say, type Words } from './words.ts';

/** What a decorator, wrapper or context does to the call inside. */
export type Effect =
  | { readonly k: 'layer'; readonly layer: FoundLayer }
  /** The program's own function, to be looked into. */
  | FnEffect
  /** Runs the call once, or many times (`map`), and lets errors through. */
  | { readonly k: 'transparent' }
  | { readonly k: 'fan-out' };

export type FnEffect = Omit<FnMeaning, 'k'> & { readonly k: 'own' };

/** Names that promise a retry, for what can't be seen into. */
const promising = /retr(y|ies)|back.?off|resilien|attempt|tenacious|rate.?limit/i;

/** How it stands round a call; `coroutine`: as the decorator of a coroutine function. */
export type Use = 'decorator' | 'coroutine' | 'call' | 'context';

export interface Layers {
  /** What calling `expr` with a function, or putting it round one, does. */
  effect(expr: Expr, place: Place, error: ErrorInHand, as: Use): Effect;
  /** The layer that a library's call puts round a function that it is given under a key of an object: `task({ run })`. */
  roundEntry(call: Call, key: string, place: Place): FoundLayer | undefined;
  /** A retry that looks at what comes back: `backoff.on_predicate(…)`. */
  byResults(by: Expr, place: Place): FoundLayer;
}

export function layersOf(resolver: Resolver, catalogue: Catalogue): Layers {
  const find = (module: string, path: readonly string[]): Known | undefined => {
    for (const library of catalogue.libraries) {
      const inside = library.modules.find(
        (one) => module === one || module.startsWith(`${one}.`) || module.startsWith(`${one}/`),
      );
      if (inside === undefined) continue;
      const names = path.filter((name) => name !== 'default');
      const found =
        library.exports.get(names.join('.')) ??
        library.exports.get(names.at(-1) ?? 'default') ??
        (names.length <= 1 ? library.exports.get('default') : undefined) ??
        (names[0] ? library.exports.get(names[0]) : undefined);
      if (found) return { name: spelled(names.join('.'), library.id), found, library };
    }
    return undefined;
  };

  /** By the name alone, in files that import the library: what its classes hand down, or itself hands to a function. */
  const byName = (name: string, { program }: Place): Known | undefined => {
    for (const library of catalogue.libraries) {
      const inside = name.startsWith('self.') ? name.slice('self.'.length) : undefined;
      const handed = [...(library.handed ?? [])].find(([one]) => name === one || name.endsWith(`.${one}`));
      const found = (inside && library.inherited?.get(inside)) || handed?.[1];
      const has = ({ module }: Import) => library.modules.some((one) => module === one || module.startsWith(`${one}/`));
      if (found && program.facts.imports.some(has))
        return { name: say`\`${handed?.[0] ?? inside ?? ''}\` of ${library.id}`, found, library };
    }
    return undefined;
  };

  const effect: Layers['effect'] = (expr, place, error, as) => {
    const callee = expr.k === 'call' ? expr.callee : expr;
    const own: Effect[] = [];
    for (const meaning of [
      ...resolver.meanings(callee, place),
      ...(expr.k === 'call' ? resolver.meanings(expr, place) : []),
    ]) {
      const known = exported(meaning);
      if (known) {
        const library = find(known.module, known.path);
        if (library) return libraryEffect(library, expr, known.call, place, error, as);
        if (isFanOut(known.path.at(-1))) return { k: 'fan-out' };
        if (promising.test(known.path.join('.')) || promising.test(known.module)) return opaque(callee);
      }
      if (meaning.k === 'fn') own.push({ ...meaning, k: 'own' });
      if (meaning.k === 'unknown' || meaning.k === 'param' || meaning.k === 'instance') {
        const name = nameOf(callee);
        const handedDown = as === 'call' ? byName(name, place) : undefined;
        if (handedDown) return libraryEffect(handedDown, expr, undefined, place, error, as);
        if (as !== 'context' && promising.test(name)) return opaque(callee);
      }
    }
    if (own[0]) return own[0];
    return isFanOut(nameOf(callee).split('.').at(-1)) ? { k: 'fan-out' } : { k: 'transparent' };
  };

  const roundEntry: Layers['roundEntry'] = (call, key, place) => {
    for (const meaning of resolver.meanings(call.callee, place)) {
      const known = exported(meaning);
      const library = known && find(known.module, known.path);
      if (library?.found.runs === key) return { k: 'library', at: call.callee.at, name: library.name };
    }
    return undefined;
  };

  const byResults: Layers['byResults'] = (by, place) => {
    const callee = by.k === 'call' ? by.callee : by;
    for (const meaning of resolver.meanings(callee, place)) {
      const known = exported(meaning);
      const library = known && find(known.module, known.path);
      if (library) return libraryLayer(library, by, undefined, place);
    }
    return { k: 'library', at: by.at, name: say`\`${nameOf(by)}\`` };
  };

  const libraryEffect = (
    { name, found, library }: Known,
    expr: Expr,
    made: Call | undefined,
    place: Place,
    error: ErrorInHand,
    as: Use,
  ): Effect => {
    if (found.does !== 'retry') return { k: 'layer', layer: { k: found.does, at: expr.at, name } };
    const calls = [...(expr.k === 'call' ? [expr] : []), ...(made ? [made] : [])];
    return found.catches === 'own' ||
      (found.synchronous && as === 'coroutine') ||
      calls.some((call) => neverActs(call, place, error))
      ? { k: 'transparent' }
      : { k: 'layer', layer: libraryLayer({ name, found, library }, expr, made, place) };
  };

  /** Whether the errors that a retry names are all known, and none is the SDK's 429. */
  const neverActs = (call: Call, place: Place, error: ErrorInHand): boolean => {
    let named = 0;
    for (const arg of call.args) {
      for (const part of within(arg.value)) {
        if (part.k !== 'name' && part.k !== 'attr') continue;
        if (!/(Error|Exception|Timeout|Failure|Throttle\w*)$/.test(part.k === 'name' ? part.name : part.name)) continue;
        const { catches } = coversLimit(part, { ...error, place }, resolver);
        if (catches !== 'no') return false;
        named++;
      }
    }
    return named > 0;
  };

  const opaque = (at: Expr): Effect => ({ k: 'layer', layer: { k: 'opaque', at: at.at, name: say`${nameOf(at)}` } });
  return { effect, roundEntry, byResults };
}

function libraryLayer({ name, found, library }: Known, by: Expr, made: Call | undefined, place: Place): FoundLayer {
  const call = made ?? (by.k === 'call' ? by : undefined);
  const source: LayerSource = { k: 'library', by, place, library, found, ...(call && { call }) };
  return { k: 'library', at: by.at, name, ...(!found.jobs && isHere(made, place) && { source }) };
}

/** Whether the call with the options stands in this file, so that they can be read. */
function isHere(made: Call | undefined, { program }: Place): boolean {
  return made === undefined || program.calls.some(({ call }) => call === made);
}

function spelled(name: string, library: string): Words {
  return name === '' || name === library ? say`\`${library}\`` : say`\`${name}\` of ${library}`;
}

interface Known {
  readonly name: Words;
  readonly found: RetryExport;
  readonly library: RetryLibrary;
}

function exported(meaning: Meaning): { module: string; path: readonly string[]; call?: Call } | undefined {
  if (meaning.k === 'export') return { module: meaning.module, path: meaning.path };
  if (meaning.k === 'result') return { module: meaning.of.module, path: meaning.of.path, call: meaning.call };
  return undefined;
}

function isFanOut(name: string | undefined): boolean {
  return (
    name !== undefined &&
    [
      'gather',
      'all',
      'allSettled',
      'map',
      'starmap',
      'forEach',
      'flatMap',
      'submit',
      'create_task',
      'imap',
      'imap_unordered',
      'as_completed',
      'from',
      'fromAsync',
    ].includes(name)
  );
}

/** Whether a call is one of those that run what they are given many times, by its method's name. */
export function startsMany(call: Call): boolean {
  return isFanOut(nameOf(call.callee).split('.').at(-1));
}
