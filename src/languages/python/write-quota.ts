/** Asks whether an error speaks of a quota that is used up. */
import type { RetryUse } from '../../core/retry-use.ts';
import { say, type Words } from '../../core/words.ts';

/** A condition on the error of this name, which is one of `classes`. */
export function quotaTest(
  { requests }: RetryUse,
  error: string,
  classes: readonly string[],
  quote: string,
  sign: '==' | '!=' = '==',
): string | { readonly refused: Words } {
  const quotas = new Set(requests.map(({ sdk }) => sdk.errors.quota));
  const [quota, ...others] = quotas;
  if (!quota || others.length > 0)
    return { refused: say('Its requests go to SDKs that tell a used-up quota differently.') };
  const says = quote + quota.says + quote;
  if (quota.property === undefined) return `${says} ${sign === '==' ? 'in' : 'not in'} str(${error})`;
  const { bases, rateLimit } = requests[0]!.sdk.errors;
  const hasIt = new Set([rateLimit, ...bases.slice(0, -1)]);
  const read =
    classes.length > 0 && classes.every((one) => hasIt.has(one))
      ? `${error}.${quota.property}`
      : `getattr(${error}, ${quote}${quota.property}${quote}, None)`;
  return `${read} ${sign} ${says}`;
}
