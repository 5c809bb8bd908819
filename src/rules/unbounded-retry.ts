/** A retry that goes on as long as requests are refused. */
import { defineRule } from '../core/rule.ts';
import { say } from '../core/words.ts';
import { repair } from './repairs.ts';
import { retryInNumbers } from './retry-numbers.ts';
import { examples } from './unbounded-retry.examples.ts';

export const unboundedRetry = defineRule({
  id: 'unbounded-retry',
  summary: 'A retry never gives up: nothing bounds its attempts or its time.',
  why: 'Some refusals do not pass: a quota is used up, a request is larger than the whole limit. The program then asks for ever, whoever waits for it waits for ever, and every refused request counts against the limit, too.',
  detect:
    'Log the number of the attempt with each retry, and look for calls that take longer than their slowest limit.',
  prevent: 'Bound the attempts and the time in all, and let the last error out, so that the caller can decide.',
  severity: 'warning',
  examples,

  *survey({ uses }, { edit, settings }) {
    for (const use of uses) {
      if (use.attempts !== 'unbounded') continue;
      const { maxAttempts } = settings.retry;
      yield {
        at: use.at,
        here: retryInNumbers(use),
        severity: 'warning',
        message: say`Nothing ends ${use.name} while requests are refused: neither its attempts nor its time are bounded.`,
        repairs: [
          repair('bound', say`Give up after ${maxAttempts} attempts`, () => edit.boundRetry(use, settings.retry)),
        ],
      };
    }
  },
});
