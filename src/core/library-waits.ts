/** How long the waits of a retry library take together, from the numbers in the part that sets them. */
import type { ArgumentKey, WaitTimes } from './catalogue.ts';
import type { Expr } from './facts.ts';

/** Seconds at most; undefined where a number can’t be told. */
export function longestWaits(
  times: WaitTimes,
  made: Expr,
  attempts: number,
  constant: (value: Expr) => unknown,
): number | undefined {
  if (made.k !== 'call' || made.args.some(({ spread }) => spread)) return undefined;
  const number = (keys: readonly ArgumentKey[], otherwise: number | undefined): number | undefined => {
    const positional = made.args.filter(({ name }) => name === undefined);
    const given = keys
      .map((key) => (typeof key === 'number' ? positional[key] : made.args.find(({ name }) => name === key)))
      .find((arg) => arg !== undefined);
    if (!given) return otherwise;
    const value = constant(given.value);
    return typeof value === 'number' ? value : undefined;
  };
  const factor = number(times.factor, times.otherwise);
  const most = number(times.most ?? [], Number.POSITIVE_INFINITY);
  const least = number(times.least ?? [], 0);
  if (factor === undefined || most === undefined || least === undefined) return undefined;
  let sum = 0;
  for (let n = 0; n < attempts - 1; n++)
    sum += Math.max(least, Math.min(most, times.doubles ? factor * 2 ** n : factor));
  return Number.isFinite(sum) ? sum : undefined;
}
