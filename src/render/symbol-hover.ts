/** Short hovers over what speaks of rate limits in code: the error’s class, the SDK’s retries, a model’s name. */
import type { Sdk } from '../core/catalogue.ts';
import { limitWindow, retriesToCover, waits } from '../core/schedule.ts';
import { joined, say, type Value, type Words } from '../core/words.ts';
import type { Measurement } from '../guide/limits.ts';
import { ageInWords, hostOf, meterInWords } from './limits-words.ts';
import { secondsInWords } from './protection.ts';

/** Over the class that a 429 raises; `retries`: those of the requests at hand, where they are known. */
export function errorClassHover(
  { name: sdk, errors, retry }: Pick<Sdk, 'name' | 'errors' | 'retry'>,
  retries: number | undefined,
): Words {
  const count = retries ?? retry.default;
  const name = say(sdk);
  const sent = count > 0 ? say`has sent the request again ${times(count)}` : say('sends nothing again');
  const usually = retries === undefined ? say`${sent} (its default)` : sent;
  const before =
    count > 0
      ? say`It comes out when ${name} ${usually}${within(retry, count)}`
      : say`It comes out at the first refusal: ${name} ${usually}`;
  return lines(
    say`**${errors.rateLimit}** is HTTP 429: a limit was reached. ${before}; a limit that is counted by the minute needs up to ${limitWindow} s.`,
    say(
      '**Tell apart.** A quota used up and a request that is too large come as the same class, and no wait helps: look at `type` and `code`.',
    ),
  );
}

/** Over `max_retries=5`. */
export function retriesHover({ name: sdk, retry }: Pick<Sdk, 'name' | 'retry'>, count: number): Words {
  const option = `\`${retry.option ?? 'max_retries'}\``;
  const name = say(sdk);
  if (count === 0) return say`${option}: ${name} sends the request once. The first 429 reaches your code.`;
  const { least, most } = waits(retry, count);
  return lines(
    say`${option}: ${name} sends a request up to ${count + 1} times, and waits ${secondsInWords(least, most)} in all where the server names no wait.`,
    say`**${lasts(retry, least)}** Quota errors are sent again as well.`,
  );
}

function lasts(retry: Sdk['retry'], least: number): Words {
  if (least >= limitWindow) return say`That outlasts a limit of one minute (${limitWindow} s).`;
  const enough = retriesToCover(retry, limitWindow);
  return enough === undefined
    ? say`That does not outlast a limit of one minute (${limitWindow} s).`
    : say`That does not outlast a limit of one minute (${limitWindow} s): ${enough} retries would.`;
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

function within(retry: Sdk['retry'], count: number): Value {
  const { least, most } = waits(retry, count);
  return most > 0 ? say` within ${secondsInWords(least, most)}` : '';
}

function times(count: number): Words {
  return count === 1 ? say('once') : say`${count} times`;
}

/** Hard line breaks keep a hover low. */
function lines(...parts: readonly Words[]): Words {
  return joined(parts, '  \n');
}
