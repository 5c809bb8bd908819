/** Sends the meter’s request once, and again only where a refusal tells nothing and sending again can help, as the guide preaches. */
import { defaultSettings } from '../../core/settings.ts';
import { readErrors } from '../../guide/error-text.ts';
import { type AccountLimits, readLimits, requestWindowOf } from '../../guide/limits.ts';
import { waitAfter } from '../../guide/patience.ts';
import type { MeterAnswer } from './ask.ts';

export type Told =
  | { readonly k: 'limits'; readonly limits: AccountLimits; readonly answer: MeterAnswer }
  | { readonly k: 'refused'; readonly answer: MeterAnswer }
  | { readonly k: 'silent' };

export interface Asking {
  readonly ask: () => Promise<MeterAnswer>;
  /** Between 0 and 1. */
  readonly random: () => number;
  readonly waiting: (seconds: number) => Promise<void>;
}

export async function untilTold(baseUrl: string, { ask, random, waiting }: Asking): Promise<Told> {
  let waited = 0;
  for (let attempt = 1; ; attempt++) {
    const answer = await ask();
    const [error] = readErrors(answer.error ?? '');
    const limits = readLimits(answer.headers, requestWindowOf(baseUrl));
    // A refusal’s headers tell the limits as well as an answer’s; an empty account’s tell nothing that helps.
    if (limits && error?.retryable !== false) return { k: 'limits', limits, answer };
    if (answer.status < 400) return { k: 'silent' };
    if (answer.status !== 429) return { k: 'refused', answer };
    const refusal = { error, serverSeconds: serverWait(answer.headers) };
    const wait = waitAfter(refusal, { attempt, waited, random: random() }, defaultSettings.retry);
    if (wait === undefined) return { k: 'refused', answer };
    await waiting(wait);
    waited += wait;
  }
}

function serverWait(headers: MeterAnswer['headers']): number | undefined {
  return number(headers['retry-after-ms'], 0.001) ?? number(headers['retry-after'], 1);
}

function number(text: string | undefined, unit: number): number | undefined {
  const value = text === undefined || text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) && value >= 0 ? value * unit : undefined;
}
