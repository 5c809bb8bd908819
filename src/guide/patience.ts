/** How long to wait before a refused request is sent again: the arithmetic that the guide preaches, for our own request. */
import type { LimitError } from './error-text.ts';

export interface Patience {
  readonly maxAttempts: number;
  readonly baseSeconds: number;
  readonly maxWaitSeconds: number;
  readonly maxTotalSeconds: number;
}

/**
 * Seconds to wait after the `attempt`th refusal (from 1), the larger of the server's wait and full jitter; undefined where
 * sending again can't help, or would take longer than the patience lasts. `random` lies between 0 and 1.
 */
export function waitAfter(
  refusal: { readonly error: LimitError | undefined; readonly serverSeconds: number | undefined },
  state: { readonly attempt: number; readonly waited: number; readonly random: number },
  { maxAttempts, baseSeconds, maxWaitSeconds, maxTotalSeconds }: Patience,
): number | undefined {
  const { error, serverSeconds } = refusal;
  if ((error && !error.retryable) || state.attempt >= maxAttempts) return undefined;
  const jittered = state.random * Math.min(maxWaitSeconds, baseSeconds * 2 ** (state.attempt - 1));
  const wait = Math.max(serverSeconds ?? error?.waitSeconds ?? 0, jittered);
  return state.waited + wait > maxTotalSeconds ? undefined : wait;
}
