/** A provider's API key in the source. */
import { defineRule, type Report } from '../core/rule.ts';
import { say } from '../core/words.ts';
import { examples } from './hard-coded-key.examples.ts';
import { repair } from './repairs.ts';

export const hardCodedKey = defineRule({
  id: 'hard-coded-key',
  summary: 'A provider’s API key stands in the source.',
  why: 'Whoever sees the file or its history can send requests with the key. They count against the same limits and the same bill: a leaked key is a common cause of 429s that nobody here has sent requests for.',
  detect:
    'Look at the provider’s usage page for requests that are not yours, and search the repository’s history for the key’s first letters.',
  prevent:
    'Revoke the key and make a new one. Keep it in the environment or in a secret store, one key for each environment.',
  severity: 'warning',
  examples,

  *survey({ keys }, { edit }): Generator<Report> {
    for (const key of keys) {
      const what = key.of ? say`An API key of ${key.of} (\`${key.shown}\`)` : say`An API key (\`${key.shown}\`)`;
      yield {
        at: key.at,
        severity: 'warning',
        message: say`${what} stands in the source: ${risks[key.standsIn ?? 'value']}.`,
        repairs: [
          key.standsIn
            ? { name: 'environment', build: () => ({ refused: byHand[key.standsIn!] }) }
            : repair('environment', say`Read the key from ${key.variable}`, () => edit.environment(key)),
        ],
      };
    }
  },
});

const risks = {
  setting: say('the environment variable is set in the source itself, where anybody can read it'),
  fallback: say('it is used wherever the environment variable is missing, and anybody can read it'),
  value: say('whoever sees the file or its history can use up your limits'),
} as const;

const byHand = {
  setting: say('Take the line out, and set the variable where the program is started.'),
  fallback: say('Take the key out of the fallback by hand, so that a missing variable is noticed.'),
} as const;
