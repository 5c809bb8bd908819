/** All requests of a list start at once. */
import { defineRule, type Report } from '../core/rule.ts';
import { say } from '../core/words.ts';
import { repair } from './repairs.ts';
import { examples } from './unbounded-fan-out.examples.ts';

export const unboundedFanOut = defineRule({
  id: 'unbounded-fan-out',
  summary: 'All requests start at once, however many there are.',
  why: 'Limits are applied over slices of a minute, so a burst fails although its requests would fit into the minute. Retries then come back as a burst of their own: each refused request counts, too.',
  detect: 'Count how many requests are under way at once, and compare with `x-ratelimit-limit-requests`.',
  prevent:
    'Let a few run at once, with a semaphore or a queue, and start the next one when one has ended. Pair it with a retry: a limiter makes 429s rarer and handles none.',
  severity: 'information',
  examples,

  *survey({ fanOuts }, { edit, settings }): Generator<Report> {
    const { concurrency } = settings.throttle;
    for (const { at, call, count, verdict } of fanOuts) {
      const { request, repetition } = verdict;
      if (count !== undefined && count <= concurrency) continue;
      const many = count === undefined ? say('as many requests as there are items') : say`${count} requests`;
      yield {
        at,
        severity: 'information',
        message: say`This starts ${many} at once, and nothing limits how many run side by side.`,
        related: [{ at: request.at, message: say('This request is one of them.') }],
        // A request has one repetition, the worst: it need not be this one.
        repairs:
          repetition && call.start <= repetition.at.start && repetition.at.end <= call.end
            ? [
                repair('throttle', say`Limit to ${concurrency} at once`, () =>
                  edit.throttle(request, repetition, concurrency),
                ),
              ]
            : [],
      };
    }
  },
});
