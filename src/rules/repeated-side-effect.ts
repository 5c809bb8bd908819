/** A retry round something that has already done its work in part. */
import type { RepeatedEffect } from '../core/repeated-effects.ts';
import { defineRule } from '../core/rule.ts';
import type { Severity } from '../core/settings.ts';
import { say, type Words } from '../core/words.ts';
import { examples } from './repeated-side-effect.examples.ts';

export const repeatedSideEffect = defineRule({
  id: 'repeated-side-effect',
  summary:
    'The retry does something again that was done already: it starts a second run, or adds the same message twice.',
  why: 'A retry starts over with all that it stands round. A helper that starts a job and polls it may meet the 429 while it polls: then a second job is started and paid for. Messages that are added inside the retry are sent twice, and tools run twice.',
  detect: 'Let the second request of a call fail in a test, and look at what was created, run or sent.',
  prevent:
    'Put the retry round the request alone. Split `create_and_poll` into its parts, or let the SDK retry each of its requests (`max_retries`): it repeats the one that failed.',
  severity: 'warning',
  examples,
  byHand: true,

  *check({ request, repeats }) {
    if (!repeats) return;
    const { layer, at, k } = repeats;
    yield {
      at: request.at,
      severity: severities[k],
      message: message(repeats),
      related: [
        { at: layer.at, message: say('This starts it over.') },
        ...(at ? [{ at, message: say('This is done again in each attempt.') }] : []),
      ],
      repairs: [],
    };
  },
});

/** What changes what is sent or done is graver than what is paid twice. */
const severities: Readonly<Record<RepeatedEffect['k'], Severity>> = {
  tools: 'warning',
  appended: 'warning',
  pages: 'warning',
  started: 'information',
};

function message({ k, name = '' }: RepeatedEffect): Words {
  switch (k) {
    case 'tools':
      return say('A retry starts this over: the tools that have run already run again.');
    case 'appended':
      return say`Each attempt adds to \`${name}\` again: what is sent after a 429 has the same message twice.`;
    case 'pages':
      return say`A retry starts again at the first page: what the pages before gave stands in \`${name}\` twice.`;
    case 'started':
      return say`A retry starts this over: when \`${name}\` meets a 429 behind its first request, a second one is started.`;
  }
}
