/** A rate-limit error in few words: for a hover, a link’s tooltip, a notification, the guide’s page. */
import { durationInWords } from '../guide/durations.ts';
import type { LimitError } from '../guide/error-text.ts';
import { kinds } from '../guide/kinds.ts';

/** `Tokens per minute (HTTP 429), openai, gpt-4o`. */
export function errorTitle({ kind, status, provider, model }: LimitError): string {
  return [`${kinds[kind].title} (HTTP ${status})`, provider, model].filter((part) => part !== undefined).join(', ');
}

/** `limit 30000, used 29937, requested 385`; undefined where the text has none of them. */
export function errorNumbers({ limit, used, requested }: LimitError): string | undefined {
  const parts = Object.entries({ limit, used, requested }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name} ${value}`],
  );
  return parts.length === 0 ? undefined : parts.join(', ');
}

function retryInWords({ retryable, waitSeconds }: LimitError): string {
  if (!retryable) return 'Sending it again cannot succeed.';
  return `Sending it again can succeed${waitSeconds === undefined ? '' : ` after ${durationInWords(waitSeconds)}`}.`;
}

/** Markdown of a few lines; `explain` is the address of the link to the whole story. */
export function errorHover(error: LimitError, explain: string): string {
  const { cause, fixes } = kinds[error.kind];
  const numbers = errorNumbers(error);
  return [
    `**${errorTitle(error)}**${numbers === undefined ? '' : `: ${numbers}`}`,
    cause,
    `**${retryInWords(error)}** ${fixes[0]}`,
    `[Explain](${explain})`,
  ].join('  \n');
}
