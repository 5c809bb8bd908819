/** What a handler raises: the error in hand, one made of it, or an error of the program's own in its place. */
import type { Exit } from './exits.ts';
import type { Call, Expr, Handler } from './facts.ts';
import type { Meaning } from './meaning.ts';
import { nameOf, type Place, within } from './program.ts';
import type { Resolver } from './resolve.ts';

/** What comes out in the error's place, where that is an error of the program's own on every way. */
export function raisedInstead(
  raised: readonly Exit[],
  handler: Handler,
  place: Place,
  resolver: Resolver,
): readonly Meaning[] | undefined {
  const made = raised.flatMap(({ value }) =>
    value?.k === 'call' && isConstruction(value) && !passesOn(value, handler) ? [value] : [],
  );
  if (made.length === 0 || made.length < raised.length) return undefined;
  return made.flatMap(({ callee }) => resolver.meanings(callee, place));
}

/** Whether a raised value is the error in hand, or made of it by a function. */
export function passesOn(value: Expr, handler: Handler): boolean {
  if (handler.var === undefined) return false;
  if (value.k === 'call' && isConstruction(value)) return false;
  return [...within(value)].some((one) => one.k === 'name' && one.var === handler.var);
}

/** Python constructs without a sign of its own; only the name tells. */
function isConstruction({ isNew, callee }: Call): boolean {
  return isNew || /^_*[A-Z]/.test(nameOf(callee).split('.').at(-1)!);
}
