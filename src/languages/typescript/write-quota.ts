/** Asks whether an error speaks of a quota that is used up. */
import type { RetryUse } from '../../core/retry-use.ts';
import { say } from '../../core/words.ts';
import { refuse } from './write-refusal.ts';
import type { Dialect } from './write-style.ts';

/** A condition on the error of this name; `sign` says whether it holds for a used-up quota or for anything else. */
export function quotaTest(
  { requests }: RetryUse,
  error: string,
  dialect: Dialect,
  sign: '===' | '!==' = '===',
): string {
  const [quota, ...others] = new Set(requests.map(({ sdk }) => sdk.errors.quota));
  if (!quota || others.length > 0) refuse(say('Its requests go to SDKs that tell a used-up quota differently.'));
  const { property, says } = quota;
  if (property === undefined) return `${sign === '===' ? '' : '!'}String(${error}).includes('${says}')`;
  const read =
    dialect === 'typescript' ? `(${error} as { ${property}?: unknown })?.${property}` : `${error}?.${property}`;
  return `${read} ${sign} '${says}'`;
}
