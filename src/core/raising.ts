/** What a handler raises: the error in hand, one made of it, or an error of the program's own in its place. */
import { type Exit, errorJudge, exits } from './exits.ts';
import type { Call, Expr, Handler } from './facts.ts';
import type { ErrorInHand } from './handler.ts';
import type { Meaning } from './meaning.ts';
import { nameOf, type Place, within } from './program.ts';
import { implicit, type Resolver } from './resolve.ts';

/** What comes out in the error's place, where that is an error of the program's own on every way. */
export function raisedInstead(
  raised: readonly Exit[],
  handler: Handler,
  error: ErrorInHand,
  resolver: Resolver,
): readonly Meaning[] | undefined {
  const made = raised.map(({ value }) => {
    if (value?.k !== 'call') return [];
    return passesOn(value, handler) ? madeOf(value, error, resolver) : constructed(value, error.place, resolver);
  });
  return made.length === 0 || made.some((one) => one.length === 0) ? undefined : made.flat();
}

function constructed(value: Call, place: Place, resolver: Resolver): readonly Meaning[] {
  return isConstruction(value) ? resolver.meanings(value.callee, place) : [];
}

/** What a function of the program makes of a 429, where it makes one of the program's own errors of it in any case. */
function madeOf({ callee, args }: Call, error: ErrorInHand, resolver: Resolver): readonly Meaning[] {
  const position = args.findIndex(({ value }) => value.k === 'name' && value.var === error.var);
  const made = resolver.meanings(callee, error.place).find((one) => one.k === 'fn');
  if (position < 0 || made?.k !== 'fn') return [];
  const own = made.program.facts.fns[made.fn]!;
  const variable = own.params[position + implicit(made.program, made.fn)]?.var;
  if (variable === undefined) return [];
  const place: Place = { program: made.program, fn: made.fn, around: undefined };
  const given = exits(own.body, errorJudge({ ...error, var: variable, place }, resolver)).exits.map(({ k, value }) =>
    k === 'return' && value?.k === 'call' ? constructed(value, place, resolver) : [],
  );
  return given.some((one) => one.length === 0) ? [] : given.flat();
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
