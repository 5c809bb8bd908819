/** A wait that stops the event loop. */
import { defineRule, type Report } from '../core/rule.ts';
import { examples } from './blocking-sleep.examples.ts';
import { safe } from './repairs.ts';

export const blockingSleep = defineRule({
  id: 'blocking-sleep',
  summary: 'A `time.sleep` inside `async def` stops every task.',
  why: 'An event loop runs one piece of code at a time. While `time.sleep` holds it, no other request starts, and no answer, timeout or heartbeat is seen, though only one request has met a limit.',
  detect: 'Run with `PYTHONASYNCIODEBUG=1`: asyncio then logs every step that takes longer than 100 ms.',
  prevent: 'Wait with `await asyncio.sleep(…)`, and use retry libraries that do so in coroutines.',
  severity: 'information',
  examples,

  *survey({ blockingWaits }, { edit }): Generator<Report> {
    for (const { call, name } of blockingWaits)
      yield {
        at: call.at,
        severity: 'information',
        message: `\`${name}\` stops the event loop: while this waits, no other request is sent and no answer is read.`,
        repairs: [safe('async-sleep', 'Wait with asyncio.sleep', () => edit.asyncSleep(call))],
      };
  },
});
