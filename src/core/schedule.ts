/** The arithmetic of an SDK's own retries: how long they wait in all, and how many cover a limit of a given length. */
import type { SdkRetry } from './catalogue.ts';

/** The window of the commonest limits: requests and tokens are counted a minute. In seconds. */
export const limitWindow = 60;

/** Seconds that `retries` waits take together: with the least and with the most that jitter leaves, the server saying nothing. */
export function waits(
  { base, cap, jitter }: Pick<SdkRetry, 'base' | 'cap' | 'jitter'>,
  retries: number,
): { readonly least: number; readonly most: number } {
  let most = 0;
  for (let n = 0; n < retries; n++) most += Math.min(cap, base * 2 ** n);
  return { least: most * jitter, most };
}

/** The fewest retries whose waits cover `seconds` even with the shortest jitter; undefined where no number does. */
export function retriesToCover(retry: Pick<SdkRetry, 'base' | 'cap' | 'jitter'>, seconds: number): number | undefined {
  if (retry.base <= 0 || retry.cap <= 0 || retry.jitter <= 0) return undefined;
  let retries = 0;
  while (waits(retry, retries).least < seconds) retries++;
  return retries;
}
