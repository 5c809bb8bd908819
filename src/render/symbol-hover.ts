/** Short hovers over what speaks of rate limits in code: the error’s class, the SDK’s retries, a model’s name. */
import type { Sdk } from '../core/catalogue.ts';
import { limitWindow, retriesToCover, waits } from '../core/schedule.ts';
import type { Measurement } from '../guide/limits.ts';
import { ageInWords, hostOf, meterInWords } from './limits-words.ts';
import { secondsInWords } from './protection.ts';

/** Over the class that a 429 raises; `retries`: those of the requests at hand, where they are known. */
export function errorClassHover(
  { name, errors, retry }: Pick<Sdk, 'name' | 'errors' | 'retry'>,
  retries: number | undefined,
): string {
  const count = retries ?? retry.default;
  const usually = retries === undefined ? ' (its default)' : '';
  const before =
    count > 0
      ? `It comes out when ${name} has sent the request again ${times(count)}${usually}${within(retry, count)}`
      : `It comes out at the first refusal: ${name} sends nothing again${usually}`;
  return [
    `**${errors.rateLimit}** is HTTP 429: a limit was reached. ${before}; a limit that is counted by the minute needs up to ${limitWindow} s.`,
    '**Tell apart.** A quota used up and a request that is too large come as the same class, and no wait helps: look at `type` and `code`.',
  ].join('  \n');
}

/** Over `max_retries=5`. */
export function retriesHover({ name, retry }: Pick<Sdk, 'name' | 'retry'>, count: number): string {
  const option = `\`${retry.option ?? 'max_retries'}\``;
  if (count === 0) return `${option}: ${name} sends the request once. The first 429 reaches your code.`;
  const { least, most } = waits(retry, count);
  const enough = retriesToCover(retry, limitWindow);
  const lasts =
    least >= limitWindow
      ? `That outlasts a limit of one minute (${limitWindow} s).`
      : `That does not outlast a limit of one minute (${limitWindow} s)${enough === undefined ? '' : `: ${enough} retries would`}.`;
  return [
    `${option}: ${name} sends a request up to ${count + 1} times, and waits ${secondsInWords(least, most)} in all where the server names no wait.`,
    `**${lasts}** Quota errors are sent again as well.`,
  ].join('  \n');
}

/** Over a model’s name whose limits were measured. */
export function modelHover(measurement: Measurement, now: number, measureAgain: string): string {
  const { model, baseUrl, limits } = measurement;
  const lines = [
    limits.requests && `- ${meterInWords(limits.requests, 'requests')}`,
    limits.tokens && `- ${meterInWords(limits.tokens, 'tokens')}`,
  ].filter((line) => line !== undefined);
  return `**${model}** at ${hostOf(baseUrl)}, measured ${ageInWords(measurement, now)}:\n\n${lines.join('\n')}\n\n[Measure again](${measureAgain})`;
}

function within(retry: Sdk['retry'], count: number): string {
  const { least, most } = waits(retry, count);
  return most > 0 ? ` within ${secondsInWords(least, most)}` : '';
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
