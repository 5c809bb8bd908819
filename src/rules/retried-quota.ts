/** A retry that repeats requests which are refused for want of quota. */
import type { RetryUse } from '../core/retry-use.ts';
import { defineRule } from '../core/rule.ts';
import { say, type Words } from '../core/words.ts';
import { repair } from './repairs.ts';
import { examples } from './retried-quota.examples.ts';
import { retryInNumbers } from './retry-numbers.ts';

export const retriedQuota = defineRule({
  id: 'retried-quota',
  summary: 'A retry repeats every 429, those of a used-up quota too, which no wait ends.',
  why: 'Providers answer with status 429 as well when money or quota is used up. Sent again, such a request is refused again: the error comes out later, and says no more.',
  detect: 'Log `type` and `code` of each 429: `insufficient_quota` and its like come in rows.',
  prevent: 'Ask for the kind of the 429 before sending again, and let quota and billing errors out at once.',
  severity: 'hint',
  examples,

  *survey({ uses }, { edit }) {
    for (const use of uses) {
      if (use.quota !== 'repeated' || use.attempts === 1 || !use.requests.some(({ sdk }) => sdk.errors.quota)) continue;
      yield {
        at: use.at,
        here: retryInNumbers(use),
        severity: 'hint',
        message: say`A used-up quota is a 429 as well, and ${use.name} repeats it ${times(use)}, although no wait ends it.`,
        repairs: [repair('quota-out', say('Let quota errors out at once'), () => edit.letQuotaOut(use))],
      };
    }
  },
});

function times({ attempts }: RetryUse): Words {
  if (attempts === 'unbounded') return say('without end');
  if (attempts === 'unknown') return say('like any other');
  return attempts === 2 ? say('once') : say`${attempts - 1} times`;
}
