/** The shapes that waits between attempts have. */
import type { RetryPart, WaitShape, WaitTimes } from '../core/catalogue.ts';

export const none: WaitShape = { growth: 'none', jitter: false };
export const fixed: WaitShape = { growth: 'fixed', jitter: false };
/** Random within fixed bounds. */
export const random: WaitShape = { growth: 'fixed', jitter: true };
export const growing: WaitShape = { growth: 'growing', jitter: false };
/** Growing with jitter. */
export const spread: WaitShape = { growth: 'growing', jitter: true };
export const told: WaitShape = { growth: 'told', jitter: false };

export function wait(shape: WaitShape, times?: WaitTimes): RetryPart {
  return { k: 'wait', ...shape, ...(times && { times }) };
}
