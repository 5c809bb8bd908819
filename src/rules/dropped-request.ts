/** A request that is refused, waited for, and then never sent again. */
import { defineRule } from '../core/rule.ts';
import type { Verdict } from '../core/verdict.ts';
import { say, type Words } from '../core/words.ts';
import { examples } from './dropped-request.examples.ts';
import { repair, repairs } from './repairs.ts';

export const droppedRequest = defineRule({
  id: 'dropped-request',
  summary: 'After the wait the program goes on, and the refused request is never sent again.',
  why: 'A wait alone repeats nothing: behind it the loop takes its next item, or the function returns. Each 429 leaves a gap in the results, and no error tells of it. So does a loop of attempts that just ends when they are used up.',
  detect: 'Compare the number of answers with the number of items, and log how a loop of attempts ends.',
  prevent:
    'Send the same request again in an inner loop that success leaves, and raise the last error when the attempts are used up.',
  severity: 'warning',
  examples,

  *check(verdict, context) {
    const { request, protection } = verdict;
    if (request.method.plane === 'control') return;
    if (protection.k !== 'dropped') return;
    yield {
      at: request.at,
      severity: protection.same ? 'information' : 'warning',
      message: say`After a 429 the handler waits, and ${goesOn(verdict, protection.same)}.`,
      related: [{ at: protection.at, message: say('This handler waits and goes on.') }],
      repairs: repairs(verdict, context),
    };
  },

  *survey({ verdicts, uses }, { edit }) {
    for (const verdict of verdicts) {
      const { request, protection } = verdict;
      if (protection.k !== 'resent' || !protection.exhausted || request.method.plane === 'control') continue;
      const { start } = protection.exhausted;
      const use = uses.find(
        ({ code, own }) => code.k === 'loop' && code.loop.at.start === start && own.includes(request),
      );
      yield {
        at: request.at,
        severity: 'warning',
        message: say('When every attempt meets a 429 the loop just ends: the request is lost, and nothing says so.'),
        ...(use && { related: [{ at: use.at, message: say('This loop ends without an answer or an error.') }] }),
        verdict,
        repairs: use
          ? [repair('raise-last', say('Raise the error when the last attempt fails'), () => edit.raiseLast(use))]
          : [],
      };
    }
  },
});

function goesOn({ repetition }: Verdict, same: boolean): Words {
  if (same) return say('the loop counts on: this request is not sent again, and one answer is missing');
  return repetition?.k === 'loop'
    ? say('the loop goes on to the next item: this request is never sent again')
    : say('the program goes on without an answer: this request is never sent again');
}
