/** The main rule: a request that a rate limit of one minute would end. */
import { defineRule } from '../core/rule.ts';
import { limitWindow, waits } from '../core/schedule.ts';
import type { Severity } from '../core/settings.ts';
import type { Returns, Verdict } from '../core/verdict.ts';
import { repairs } from './repairs.ts';
import { examples } from './unprotected-call.examples.ts';

export const unprotectedCall = defineRule({
  id: 'unprotected-call',
  summary: 'Nothing beyond the SDK’s short default survives a 429 here.',
  why: 'An SDK’s own retries are over within seconds; a per-minute limit can refuse requests for a minute. The error then ends the program, or the work of the caller.',
  detect: 'Count answers with status 429, and log `x-ratelimit-remaining-*`: it falls before the first refusal.',
  prevent: 'Back off with full jitter, as long as `retry-after` says at least; limit what runs at once; use one key.',
  severity: 'warning',
  examples,

  *check(verdict, context) {
    if (verdict.protection.k !== 'sdk' || verdict.unawaited || verdict.reused) return;
    const { retries, returns } = verdict.protection;
    yield {
      at: verdict.request.at,
      severity: severity(verdict, retries),
      message: returns ? returnedMessage(verdict, returns) : message(verdict, retries),
      related: verdict.repetition ? [{ at: verdict.repetition.at, message: repeats[verdict.repetition.k] }] : [],
      repairs: repairs(verdict, context),
    };
  },
});

const repeated = {
  loop: 'it stands in a loop',
  'fan-out': 'many start at once',
  recursion: 'the function calls itself',
} as const;

const repeats = {
  loop: 'The loop sends the request many times.',
  'fan-out': 'Many requests start here at once.',
  recursion: 'The function calls itself here.',
} as const;

function severity({ request, repetition }: Verdict, retries: number): Severity {
  if (request.method.plane === 'control') return 'information';
  return retries === 0 || repetition ? 'warning' : 'information';
}

function message(verdict: Verdict, retries: number): string {
  const { sdk, client } = verdict.request;
  const { rarer, where } = circumstances(verdict);
  if (retries === 0) {
    const own = sdk.http ? `${sdk.name} sends no POST again` : `${sdk.name} retries no 429`;
    const cause =
      client.retries.k === 'set' ? `\`${sdk.retry.option}\` is ${sdk.retry.counts === 'attempts' ? 1 : 0}` : own;
    return `The first 429 ends this call: ${cause}, ${window}${where}.${rarer}`;
  }
  const { most } = waits(sdk.retry, retries);
  const times = retries === 1 ? 'once' : `${retries} times`;
  // Where an SDK's waits are not known, or it has none, its retries say nothing of seconds.
  const soon = most > 0 ? ` after at most ${seconds(most)}` : '';
  return `A 429 ends this call${soon}: ${sdk.name} retries ${times}, ${window}${where}.${rarer}`;
}

/** A general HTTP client takes a 429 for an answer like any other. */
function returnedMessage(verdict: Verdict, returns: Returns): string {
  const { rarer, where } = circumstances(verdict);
  const how = returns === 'unchecked' ? 'a response that nothing here checks' : 'a response';
  return `A 429 comes back from ${verdict.request.sdk.name} as ${how}, and nothing sends the request again: ${window}${where}.${rarer}`;
}

const window = `a per-minute limit can last ${limitWindow} s`;

function circumstances({ repetition, limiters }: Verdict): { readonly rarer: string; readonly where: string } {
  return {
    rarer: limiters.length > 0 ? ` ${limiters[0]!.name} makes 429s rarer but handles none.` : '',
    where: repetition ? `, and ${repeated[repetition.k]}` : '',
  };
}

function seconds(value: number): string {
  return `${Number(value.toFixed(1))} s`;
}
