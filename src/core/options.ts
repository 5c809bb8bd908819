/** Reads arguments and options: which SDK retries are in force for a request. */

import type { Entry } from './entries.ts';
import type { Call, Expr } from './facts.ts';
import type { Place, Program } from './program.ts';
import type { Hit } from './requests.ts';
import type { Resolver } from './resolve.ts';
import type { Client } from './verdict.ts';

/**
 * An argument by name: a keyword (Python), or a property of an options object. `position` says which argument that
 * object is; without it any of them may be.
 */
export function argument(call: Call, key: string, resolver: Resolver, place: Place, position?: number): Entry {
  let open = false;
  for (const [at, arg] of call.args.entries()) {
    if (arg.name === key) return { value: arg.value, place, open: false };
    if (arg.name !== undefined) continue;
    if (arg.spread === 'list') open = true;
    else if (arg.spread === 'dict' || (position ?? at) === at) {
      const found = resolver.entry(arg.value, key, place);
      if (found.value) return found;
      open ||= found.open && (arg.spread === 'dict' || position !== undefined);
    }
  }
  return { open };
}

/** An option by its path: `http_options.retry_options` is one inside another, which an object holds or a call makes. */
function option(call: Call, path: string, resolver: Resolver, place: Place, position?: number): Entry {
  const [first = '', ...rest] = path.split('.');
  let found = argument(call, first, resolver, place, position);
  for (const key of rest) {
    if (!found.value) return found;
    found = inner(found.value, key, resolver, found.place ?? place);
  }
  return found;
}

function inner(value: Expr, key: string, resolver: Resolver, place: Place): Entry {
  if (value.k === 'call') return argument(value, key, resolver, place);
  const made = resolver.meanings(value, place).find((one) => one.k === 'result');
  return made ? argument(made.call, key, resolver, place) : resolver.entry(value, key, place);
}

type Retries = Client['retries'];

/** At the call, else at a derived client, else where the client is made, else the module's own switch. */
export function retriesOf(place: Place & { readonly call: Call }, hit: Hit, resolver: Resolver): Retries {
  const { option: name, also = [], perCall, counts } = hit.sdk.retry;
  if (name === undefined) return { k: 'default' };
  const read = (call: Call, at: Place, position?: number): Retries | undefined => {
    for (const one of [name, ...also]) {
      const { value, place: from, perhaps } = option(call, one, resolver, at, position);
      const set = value && counted(value, from ?? at, resolver, counts);
      if (!perhaps || set?.k !== 'set') {
        if (set) return set;
      } else if (set.count > hit.sdk.retry.default) return { k: 'unknown' };
      // Lowered on some condition: without it holds what is set further out.
    }
    return undefined;
  };
  const top = (program: Program): Place => ({ program, fn: 0, around: undefined });
  const own =
    perCall === 'secondArgument'
      ? read(place.call, place, 1)
      : perCall === 'argument'
        ? read(place.call, place)
        : undefined;
  if (own) return own;
  for (const { call, program } of hit.derived.toReversed()) {
    const set = read(call, program === place.program ? place : top(program), 0);
    if (set) return set;
  }
  const made = hit.meaning?.made;
  const atClient = made && read(made.call, made.program === place.program ? place : top(made.program));
  return atClient ?? assignedLater(name, place, hit, resolver) ?? { k: 'default' };
}

/** `openai.max_retries = 10`, `client.maxRetries = 10`. */
function assignedLater(name: string, { program }: Place, hit: Hit, resolver: Resolver): Retries | undefined {
  for (const binding of program.attributes.get(name) ?? []) {
    const same = resolver.meanings(binding.of, binding).some((one) => {
      if (one.k === 'export')
        return hit.known === 'module' && hit.sdk.modules.includes(one.module) && one.path.length === 0;
      return one.k === 'client' && one.made !== undefined && one.made.call === hit.meaning?.made?.call;
    });
    if (same && binding.value) return counted(binding.value, binding, resolver);
  }
  return undefined;
}

function counted(value: Expr, place: Place, resolver: Resolver, counts?: 'attempts'): Retries {
  const count = resolver.constant(value, place);
  if (typeof count !== 'number') return { k: 'unknown' };
  return { k: 'set', count: counts === 'attempts' ? count - 1 : count, at: value };
}
