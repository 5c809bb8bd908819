/** Reads how an HTTP client is set up: where its options stand, and whether it raises on a refusal. */
import type { HttpClient } from './catalogue.ts';
import type { Expr } from './facts.ts';
import { type HttpHit, optionOf, placeOf } from './http-address.ts';
import type { CallPlace, Place } from './program.ts';
import type { Resolver } from './resolve.ts';

export function refusalOf(hit: HttpHit, place: CallPlace, resolver: Resolver): HttpClient['refusal'] {
  const { refusal, raisesOption } = hit.http;
  if (!raisesOption) return refusal;
  const set = setting(hit, raisesOption, place, resolver);
  if (!set) return refusal;
  const value = resolver.constant(set.value, set.place);
  // Options that say “raise”, those that say “let it pass”, and hooks and functions that decide.
  if (typeof value === 'boolean') return (raisesOption === 'ignoreResponseError') === value ? 'returned' : 'raised';
  if (value === null || answersTrue(set.value, set.place, resolver)) return 'returned';
  return 'raised';
}

/** Whether a function says yes to everything: `() => true`. */
function answersTrue(value: Expr, place: Place, resolver: Resolver): boolean {
  return resolver.meanings(value, place).some((one) => {
    const returned = one.k === 'fn' ? (one.program.returns.get(one.fn) ?? []) : [];
    return returned.length > 0 && returned.every((each) => each.value.k === 'lit' && each.value.value === true);
  });
}

/** An option at the call, else where the client is made. */
export function setting(
  { client }: HttpHit,
  key: string,
  place: CallPlace,
  resolver: Resolver,
): { readonly value: Expr; readonly place: Place } | undefined {
  const atCall = optionOf(place.call, key, place, resolver);
  if (atCall.value) return { value: atCall.value, place: atCall.place ?? place };
  const made = client?.made;
  if (!made) return undefined;
  const top = placeOf(made, place);
  const { value, place: from } = optionOf(made.call, key, top, resolver);
  return value && { value, place: from ?? top };
}
