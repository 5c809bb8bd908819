/** A wait that stops the event loop. */
import { defineRule, type Report } from '../core/rule.ts';
import { say } from '../core/words.ts';
import { examples } from './blocking-sleep.examples.ts';
import { safe } from './repairs.ts';

export const blockingSleep = defineRule({
  id: 'blocking-sleep',
  summary: 'A wait that stops the event loop, such as `time.sleep` inside `async def`, stops every task.',
  why: 'An event loop runs one piece of code at a time. While `time.sleep`, `Atomics.wait` or a loop that looks at the clock holds it, no other request starts, and no answer, timeout or heartbeat is seen, though only one request has met a limit.',
  detect:
    'Run with `PYTHONASYNCIODEBUG=1`: asyncio then logs every step that takes longer than 100 ms. In Node look at `monitorEventLoopDelay`.',
  prevent:
    'Wait with `await asyncio.sleep(…)`, in JavaScript with a promise that a timer settles, and use retry libraries that do so in coroutines.',
  severity: 'information',
  examples,

  *survey({ language, blockingWaits }, { edit }): Generator<Report> {
    for (const wait of blockingWaits)
      yield {
        at: wait.call.at,
        severity: 'information',
        message: say`\`${wait.name}\` stops the event loop: while this waits, no other request is sent and no answer is read.`,
        repairs: [
          safe('async-sleep', language === 'python' ? say('Wait with asyncio.sleep') : say('Wait with a timer'), () =>
            edit.asyncSleep(wait),
          ),
        ],
      };
  },
});
