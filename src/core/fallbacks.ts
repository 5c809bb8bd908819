/** Whether a handler falls back: it sends another request, itself or by a function of the program. */
import type { Fn, Stmt } from './facts.ts';
import type { Meaning } from './meaning.ts';
import { expressions, type Place, statements, within } from './program.ts';
import { visible } from './requests.ts';
import type { Resolver } from './resolve.ts';

/** How many functions are looked into. */
const mostFunctions = 32;

export function sendsAnother(body: readonly Stmt[], place: Place, resolver: Resolver): boolean {
  return sends(body, place, resolver, new Set());
}

function sends(body: readonly Stmt[], place: Place, resolver: Resolver, seen: Set<Fn>): boolean {
  for (const stmt of statements(body)) {
    for (const expr of expressions(stmt)) {
      for (const one of within(expr)) {
        if (one.k !== 'call') continue;
        if (resolver.meanings(one.callee, place).some((meaning) => isSender(meaning, resolver, seen))) return true;
      }
    }
  }
  return false;
}

function isSender(meaning: Meaning, resolver: Resolver, seen: Set<Fn>): boolean {
  if (meaning.k === 'client') {
    const { sdk, names } = meaning;
    return sdk.methods.get(visible(sdk, names))?.plane === 'inference';
  }
  if (meaning.k !== 'fn') return false;
  const { program } = meaning;
  const fn = program.facts.fns[meaning.fn]!;
  if (seen.has(fn) || seen.size >= mostFunctions) return false;
  seen.add(fn);
  return sends(fn.body, { program, fn: meaning.fn, around: undefined }, resolver, seen);
}
