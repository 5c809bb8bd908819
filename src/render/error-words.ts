/** A rate-limit error in few words: for a hover, a link’s tooltip, a notification, the guide’s page. */
import { joined, say, type Words } from '../core/words.ts';
import { durationInWords } from '../guide/durations.ts';
import type { LimitError } from '../guide/error-text.ts';
import { kinds } from '../guide/kinds.ts';

/** `Tokens per minute (HTTP 429), openai, gpt-4o`. */
export function errorTitle({ kind, status, provider, model }: LimitError): Words {
  const whose = [provider, model].filter((part) => part !== undefined);
  return joined([say`${say(kinds[kind].title)} (HTTP ${String(status)})`, ...whose]);
}

/** `limit 30000, used 29937, requested 385`; undefined where the text has none of them. */
export function errorNumbers({ limit, used, requested }: LimitError): Words | undefined {
  const parts = [
    limit !== undefined && say`limit ${limit}`,
    used !== undefined && say`used ${used}`,
    requested !== undefined && say`requested ${requested}`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? undefined : joined(parts);
}

export function retryInWords({ retryable, waitSeconds }: LimitError): Words {
  if (!retryable) return say('Sending it again cannot succeed.');
  return waitSeconds === undefined
    ? say('Sending it again can succeed.')
    : say`Sending it again can succeed after ${durationInWords(waitSeconds)}.`;
}

/** Markdown of a few lines; `explain` is the address of the link to the whole story. */
export function errorHover(error: LimitError, explain: string): Words {
  const { cause, fixes } = kinds[error.kind];
  const numbers = errorNumbers(error);
  const title = say`**${errorTitle(error)}**`;
  return joined(
    [
      numbers === undefined ? title : say`${title}: ${numbers}`,
      say(cause),
      say`**${retryInWords(error)}** ${say(fixes[0] ?? '')}`,
      say`[${say('Explain')}](${explain})`,
    ],
    '  \n',
  );
}
