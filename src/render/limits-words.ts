/** Measured limits in words, with their age. */
import { durationInWords } from '../guide/durations.ts';
import type { AccountLimits, LimitMeter, Measurement } from '../guide/limits.ts';

/** `500 requests a minute (498 left, all of them again in 120 ms), 30,000 tokens a minute (29,984 left)`. */
export function limitsInWords({ requests, tokens }: AccountLimits): string {
  const parts = [requests && meterInWords(requests, 'requests'), tokens && meterInWords(tokens, 'tokens')];
  return parts.filter((part) => part !== undefined).join(', ');
}

export function meterInWords({ limit, window, remaining, resetSeconds }: LimitMeter, noun: string): string {
  const left = remaining === undefined ? undefined : `${grouped(remaining)} left`;
  const again = resetSeconds === undefined ? undefined : `all of them again in ${durationInWords(resetSeconds)}`;
  const then = [left, again].filter((part) => part !== undefined).join(', ');
  return `${grouped(limit)} ${noun} a ${window}${then === '' ? '' : ` (${then})`}`;
}

/** `just now`, `5 min ago`, `3 h ago`, `2 days ago`. */
export function ageInWords({ at }: Pick<Measurement, 'at'>, now: number): string {
  const minutes = Math.floor((now - at) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ago`;
  return `${Math.floor(hours / 24)} days ago`;
}

/** `gpt-4o at api.openai.com`. */
export function measuredInWords({ model, baseUrl }: Pick<Measurement, 'model' | 'baseUrl'>): string {
  return `${model} at ${hostOf(baseUrl)}`;
}

export function hostOf(baseUrl: string): string {
  return /^https?:\/\/([^/]+)/i.exec(baseUrl)?.[1] ?? baseUrl;
}

function grouped(value: number): string {
  return value.toLocaleString('en-US');
}
