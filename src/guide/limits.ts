/** An account's limits as a provider's answer tells them in its `x-ratelimit-*` headers. */
import { seconds } from './durations.ts';

export interface AccountLimits {
  readonly requests?: LimitMeter;
  readonly tokens?: LimitMeter;
}

export interface LimitMeter {
  readonly limit: number;
  readonly window: 'minute' | 'day';
  readonly remaining?: number;
  /** Seconds until all of it is there again: longer than one request has to wait. */
  readonly resetSeconds?: number;
}

/** The limits of one model at one address, and when they were asked for. */
export interface Measurement {
  readonly baseUrl: string;
  readonly model: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** How long the answer took. */
  readonly answerSeconds: number;
  readonly limits: AccountLimits;
}

/** Undefined where no header tells a limit. */
export function readLimits(
  headers: Readonly<Record<string, string>>,
  requestWindow: LimitMeter['window'],
): AccountLimits | undefined {
  const requests = meter(headers, 'requests', requestWindow);
  const tokens = meter(headers, 'tokens', 'minute');
  if (!requests && !tokens) return undefined;
  return { ...(requests && { requests }), ...(tokens && { tokens }) };
}

/** Groq counts requests by the day in these headers, the others by the minute. */
export function requestWindowOf(baseUrl: string): LimitMeter['window'] {
  return /^https?:\/\/(?:[\w-]+\.)*groq\.com(?:[:/]|$)/i.test(baseUrl) ? 'day' : 'minute';
}

/**
 * How many requests may run at once so that a minute's limit is kept, when each takes `answerSeconds` and spends
 * `tokens`; undefined where no limit by the minute is known.
 */
export function concurrencyWithin(
  { requests, tokens }: AccountLimits,
  each: { readonly tokens: number; readonly answerSeconds: number },
): number | undefined {
  const perMinute = Math.min(byMinute(requests), byMinute(tokens) / Math.max(1, each.tokens));
  if (!Number.isFinite(perMinute)) return undefined;
  return Math.max(1, Math.floor((perMinute / 60) * each.answerSeconds));
}

function byMinute(one: LimitMeter | undefined): number {
  return one?.window === 'minute' ? one.limit : Number.POSITIVE_INFINITY;
}

function meter(
  headers: Readonly<Record<string, string>>,
  what: 'requests' | 'tokens',
  window: LimitMeter['window'],
): LimitMeter | undefined {
  const limit = count(headers[`x-ratelimit-limit-${what}`]);
  if (limit === undefined) return undefined;
  const remaining = count(headers[`x-ratelimit-remaining-${what}`]);
  const resetSeconds = reset(headers[`x-ratelimit-reset-${what}`]);
  return {
    limit,
    window,
    ...(remaining !== undefined && { remaining }),
    ...(resetSeconds !== undefined && { resetSeconds }),
  };
}

function count(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text.trim()) ? Number(text) : undefined;
}

/** Mostly `6m0s`; Azure sends whole seconds, and −1 or 0 where it has nothing to say. */
function reset(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const plain = Number(text);
  if (Number.isNaN(plain)) return seconds(text);
  return plain > 0 ? plain : undefined;
}
