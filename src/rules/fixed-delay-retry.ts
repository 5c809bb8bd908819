/** A retry that waits equally long each time. */
import { defineRule } from '../core/rule.ts';
import { say } from '../core/words.ts';
import { examples } from './fixed-delay-retry.examples.ts';
import { repair } from './repairs.ts';
import { retryInNumbers } from './retry-numbers.ts';

export const fixedDelayRetry = defineRule({
  id: 'fixed-delay-retry',
  summary: 'A retry waits equally long each time: all clients come back at the same moment.',
  why: 'Clients that were refused together wait equally long and are refused together again. A wait that neither grows nor varies is too long for a short jam and too short for a long one.',
  detect: 'Look at the times of refused requests: they come in waves, one wait apart.',
  prevent: 'Let each wait be random, up to a bound that doubles, and at least as long as `retry-after` says.',
  severity: 'hint',
  examples,

  *survey({ uses }, { edit, settings }) {
    for (const use of uses) {
      if (use.waits === 'unknown' || use.waits.growth !== 'fixed' || use.waits.jitter || use.attempts === 1) continue;
      yield {
        at: use.at,
        here: retryInNumbers(use),
        severity: 'hint',
        message: say`Between attempts ${use.name} waits equally long: clients that were refused together come back together.`,
        repairs: [
          repair('spread-waits', say('Wait longer each time, at random'), () => edit.spreadWaits(use, settings.retry)),
        ],
      };
    }
  },
});
