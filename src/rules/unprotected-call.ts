/** The main rule: a request that a rate limit of one minute would end. */
import { defineRule } from '../core/rule.ts';
import { limitWindow, waits } from '../core/schedule.ts';
import type { Severity } from '../core/settings.ts';
import type { Returns, Verdict } from '../core/verdict.ts';
import { say, type Words } from '../core/words.ts';
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
  loop: say('it stands in a loop'),
  'fan-out': say('many start at once'),
  recursion: say('the function calls itself'),
} as const;

const repeats = {
  loop: say('The loop sends the request many times.'),
  'fan-out': say('Many requests start here at once.'),
  recursion: say('The function calls itself here.'),
} as const;

function severity({ request, repetition }: Verdict, retries: number): Severity {
  if (request.method.plane === 'control') return 'information';
  return retries === 0 || repetition ? 'warning' : 'information';
}

function message(verdict: Verdict, retries: number): Words {
  const { sdk, client } = verdict.request;
  const name = say(sdk.name);
  const lasts = circumstances(verdict);
  if (retries === 0) {
    const own = sdk.http ? say`${name} sends no POST again` : say`${name} retries no 429`;
    const cause =
      client.retries.k === 'set'
        ? say`\`${sdk.retry.option ?? ''}\` is ${sdk.retry.counts === 'attempts' ? 1 : 0}`
        : own;
    return say`The first 429 ends this call: ${cause}, ${lasts}`;
  }
  const { most } = waits(sdk.retry, retries);
  const retried = retries === 1 ? say`${name} retries once` : say`${name} retries ${retries} times`;
  // Where an SDK's waits are not known, or it has none, its retries say nothing of seconds.
  return most > 0
    ? say`A 429 ends this call after at most ${seconds(most)}: ${retried}, ${lasts}`
    : say`A 429 ends this call: ${retried}, ${lasts}`;
}

/** A general HTTP client takes a 429 for an answer like any other. */
function returnedMessage(verdict: Verdict, returns: Returns): Words {
  const name = say(verdict.request.sdk.name);
  const lasts = circumstances(verdict);
  return returns === 'unchecked'
    ? say`A 429 comes back from ${name} as a response that nothing here checks, and nothing sends the request again: ${lasts}`
    : say`A 429 comes back from ${name} as a response, and nothing sends the request again: ${lasts}`;
}

/** The end of the sentence: how long a limit lasts, and what makes matters worse here, or better. */
function circumstances({ repetition, limiters }: Verdict): Words {
  const lasts = repetition
    ? say`a per-minute limit can last ${limitWindow} s, and ${repeated[repetition.k]}.`
    : say`a per-minute limit can last ${limitWindow} s.`;
  return limiters.length > 0 ? say`${lasts} ${limiters[0]!.name} makes 429s rarer but handles none.` : lasts;
}

function seconds(value: number): Words {
  return say`${Number(value.toFixed(1))} s`;
}
