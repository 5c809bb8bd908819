/** Whether a handler falls back: it sends another request, itself or by a function of the program. */
import type { Call, Fn, Stmt } from './facts.ts';
import type { Meaning } from './meaning.ts';
import { expressions, nameOf, type Place, statements, within } from './program.ts';
import { visible } from './requests.ts';
import type { Resolver } from './resolve.ts';
import type { Request } from './verdict.ts';

/** How many functions are looked into. */
const mostFunctions = 32;

/** What a general HTTP client sends counts where it is called like the request itself. */
export function sendsAnother(body: readonly Stmt[], place: Place, resolver: Resolver, request: Request): boolean {
  return sends(body, place, resolver, request, new Set());
}

function sends(body: readonly Stmt[], place: Place, resolver: Resolver, request: Request, seen: Set<Fn>): boolean {
  for (const stmt of statements(body)) {
    for (const expr of expressions(stmt)) {
      for (const one of within(expr)) if (one.k === 'call' && isSent(one, place, resolver, request, seen)) return true;
    }
  }
  return false;
}

/** Whether a call sends a request, itself or in a function of the program. */
export function isSent(
  { callee }: Call,
  place: Place,
  resolver: Resolver,
  request: Request,
  seen: Set<Fn> = new Set(),
): boolean {
  if (request.http && nameOf(callee) === nameOf(request.call.callee)) return true;
  return resolver.meanings(callee, place).some((meaning) => isSender(meaning, resolver, request, seen));
}

function isSender(meaning: Meaning, resolver: Resolver, request: Request, seen: Set<Fn>): boolean {
  if (meaning.k === 'client') {
    const { sdk, names } = meaning;
    return sdk.methods.get(visible(sdk, names))?.plane === 'inference';
  }
  if (meaning.k !== 'fn') return false;
  const { program } = meaning;
  const fn = program.facts.fns[meaning.fn]!;
  if (seen.has(fn) || seen.size >= mostFunctions) return false;
  seen.add(fn);
  return sends(fn.body, { program, fn: meaning.fn, around: undefined }, resolver, request, seen);
}
