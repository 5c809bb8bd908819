/** A retry waits for one promise again: nothing is sent again. */
import { defineRule, type Report } from '../core/rule.ts';
import { say } from '../core/words.ts';
import { repair } from './repairs.ts';
import { examples } from './reused-promise.examples.ts';

export const reusedPromise = defineRule({
  id: 'reused-promise',
  summary: 'The retry awaits one promise again; nothing is sent again.',
  why: 'A promise stands for one request. Once it is rejected it stays so: to await it again gives the same 429 at once, however long the wait before. A Python coroutine that is awaited again raises a RuntimeError, which hides the 429.',
  detect: 'Count the requests that arrive while the retry runs: there is one.',
  prevent:
    'Make the call inside the loop, or hand the retry a function that makes it: `retry(() => client.x.create(…))`.',
  severity: 'warning',
  examples,

  *survey({ language, reusedPromises }, { edit }): Generator<Report> {
    for (const { at, request, read } of reusedPromises)
      yield {
        at,
        severity: 'warning',
        message:
          language === 'python'
            ? say(
                'This retry awaits one coroutine again: nothing is sent again, and the second `await` raises a RuntimeError.',
              )
            : say('This retry awaits one promise again: the request is sent once, and each attempt gets the same 429.'),
        related: [{ at: request.at, message: say('This request is sent once.') }],
        repairs: [repair('send-again', say('Send the request in each attempt'), () => edit.sendEachTime(read))],
      };
  },
});
