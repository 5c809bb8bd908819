/** A retry that waits for nothing between its attempts. */
import type { RetryUse } from '../core/retry-use.ts';
import { defineRule } from '../core/rule.ts';
import { limitWindow, waits } from '../core/schedule.ts';
import { say, type Words } from '../core/words.ts';
import { examples } from './immediate-retry.examples.ts';
import { repair } from './repairs.ts';
import { retryInNumbers } from './retry-numbers.ts';

export const immediateRetry = defineRule({
  id: 'immediate-retry',
  summary: 'A retry sends the request again at once: all attempts fall into the same limit.',
  why: 'A limit per minute is as full a moment later. Attempts without a wait are over before it frees up, and each of them counts against it.',
  detect: 'Look at the times of refused requests: several within a second come from one retry.',
  prevent: 'Wait between attempts: exponentially longer, at random, and at least as long as `retry-after` says.',
  severity: 'information',
  examples,

  *survey({ uses }, { edit, settings }) {
    for (const use of uses) {
      if (use.waits === 'unknown' || use.waits.growth !== 'none' || use.waitsInside || use.attempts === 1) continue;
      yield {
        at: use.at,
        here: retryInNumbers(use),
        severity: 'information',
        message: say`Between its attempts ${use.name} waits for nothing: ${over(use)}, and a per-minute limit can last ${limitWindow} s.`,
        repairs: [
          repair('spread-waits', say('Wait longer each time, at random'), () => edit.spreadWaits(use, settings.retry)),
        ],
      };
    }
  },
});

/** How soon it is over, as far as that can be told. */
function over({ attempts, requests }: RetryUse): Words {
  if (typeof attempts !== 'number') return say('each refusal is answered by another request at once');
  const longest = Math.max(
    ...requests.map((request) => {
      const { client, sdk } = request;
      const retries = client.retries.k === 'set' ? Math.max(0, client.retries.count) : sdk.retry.default;
      return request.http || client.retries.k === 'unknown' ? 0 : attempts * waits(sdk.retry, retries).most;
    }),
  );
  const soon = longest > 0 && Number.isFinite(longest) ? say`${Number(longest.toFixed(1))} s` : undefined;
  if (attempts === 2)
    return soon
      ? say`with the SDK’s own waits both attempts are over within ${soon}`
      : say('both attempts are over within moments');
  return soon
    ? say`with the SDK’s own waits all ${attempts} attempts are over within ${soon}`
    : say`all ${attempts} attempts are over within moments`;
}
