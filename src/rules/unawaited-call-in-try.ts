/** JavaScript: a `try` that returns a promise catches nothing of what becomes of it. */
import { defineRule } from '../core/rule.ts';
import { say } from '../core/words.ts';
import { repair } from './repairs.ts';
import { examples } from './unawaited-call-in-try.examples.ts';

export const unawaitedCallInTry = defineRule({
  id: 'unawaited-call-in-try',
  summary: 'JavaScript: `try { return client.x() }` catches nothing, because the call is not awaited.',
  why: 'The call gives a promise at once, and the `try` is left with it. When the promise is rejected with a 429, the `catch` is no longer there: the error goes to whoever awaits the function’s own promise, or to nobody.',
  detect: 'Switch on the lint rule `@typescript-eslint/return-await` with `in-try-catch`, and `no-floating-promises`.',
  prevent: 'Write `return await` inside `try`, and await every request there.',
  severity: 'warning',
  examples,

  *check({ request, protection, unawaited }, { edit }) {
    if (!unawaited || protection.k === 'lost' || protection.k === 'dropped') return;
    yield {
      at: request.at,
      severity: 'warning',
      message: say('The `try` does not await this call, so its `catch` never sees a 429.'),
      related: [{ at: unawaited.handler, message: say('This handler is not reached.') }],
      repairs: [repair('await', say('Await the call'), () => edit.awaitCall(request))],
    };
  },
});
