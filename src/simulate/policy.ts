/** A client's policy: what it does after a 429, and how many of its requests run at once. */
import type { SdkRetry } from '../core/catalogue.ts';
import { limitWindow, retriesToCover } from '../core/schedule.ts';
import type { RetryPolicy } from '../core/settings.ts';
import type { Limit, Refusal } from './limit.ts';

export interface Policy {
  readonly retry: Retry;
  /** How many requests may be under way at once, their waits included. */
  readonly concurrency?: number;
}

export type Retry =
  | { readonly k: 'none' }
  /** The SDK's own: it follows `retry-after`, and knows neither a total time nor a refusal that lasts. */
  | ({ readonly k: 'sdk'; readonly retries: number } & Pick<SdkRetry, 'base' | 'cap' | 'jitter'>)
  /** What the repair writes. */
  | ({ readonly k: 'backoff' } & RetryPolicy);

export const policyNames = ['none', 'sdk', 'sdk-retries', 'backoff', 'throttle', 'both'] as const;
export type PolicyName = (typeof policyNames)[number];

export interface PolicyOptions {
  readonly sdk: Pick<SdkRetry, 'default' | 'base' | 'cap' | 'jitter'>;
  /** The SDK's retries, where they are set. */
  readonly retries?: number;
  readonly backoff: RetryPolicy;
  readonly concurrency: number;
}

export function policyOf(name: PolicyName, { sdk, retries, backoff, concurrency }: PolicyOptions): Policy {
  const own = (count: number): Retry => (count === 0 ? { k: 'none' } : { k: 'sdk', retries: count, ...schedule(sdk) });
  switch (name) {
    case 'none':
      return { retry: { k: 'none' } };
    case 'sdk':
      return { retry: own(retries ?? sdk.default) };
    case 'sdk-retries':
      return { retry: own(retriesToCover(sdk, limitWindow) ?? sdk.default) };
    case 'backoff':
      return { retry: { k: 'backoff', ...backoff } };
    case 'throttle':
      return { retry: own(retries ?? sdk.default), concurrency };
    case 'both':
      return { retry: { k: 'backoff', ...backoff }, concurrency };
  }
}

export interface Refused {
  readonly refusal: Refusal;
  /** How often the request was sent, this time included. */
  readonly attempt: number;
  /** Seconds since it was sent first. */
  readonly since: number;
}

/** Seconds until the request is sent again, or undefined where the client gives up. */
export function waitAfter(
  retry: Retry,
  { refusal, attempt, since }: Refused,
  toldWait: Limit['toldWait'],
  random: () => number,
): number | undefined {
  switch (retry.k) {
    case 'none':
      return undefined;
    case 'sdk': {
      if (attempt > retry.retries) return undefined;
      const told = toldWait === 'header' ? headerSeconds(refusal) : undefined;
      if (told !== undefined && told <= longestFollowed) return told;
      return Math.min(retry.cap, retry.base * 2 ** (attempt - 1)) * (1 - random() * (1 - retry.jitter));
    }
    case 'backoff': {
      if (refusal.tooLarge || attempt >= retry.maxAttempts) return undefined;
      const told = { none: 0, message: refusal.wait, header: headerSeconds(refusal) }[toldWait];
      const jitter = random() * Math.min(retry.maxWaitSeconds, retry.baseSeconds * 2 ** (attempt - 1));
      const wait = Math.max(told, jitter);
      return since + wait <= retry.maxTotalSeconds ? wait : undefined;
    }
  }
}

/** Seconds up to which SDKs follow the server's wait; beyond, most of them go by their own. */
const longestFollowed = 60;

/** The header counts in whole seconds. */
function headerSeconds({ wait }: Refusal): number {
  return Math.ceil(wait - 1e-9);
}

function schedule({ base, cap, jitter }: PolicyOptions['sdk']): Pick<SdkRetry, 'base' | 'cap' | 'jitter'> {
  return { base, cap, jitter };
}
