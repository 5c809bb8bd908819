/** A handler that takes the 429 and goes on as if nothing had happened. */
import { defineRule, type Related } from '../core/rule.ts';
import type { Protection } from '../core/verdict.ts';
import { say, type Words } from '../core/words.ts';
import { repairs } from './repairs.ts';
import { examples } from './swallowed-rate-limit.examples.ts';

export const swallowedRateLimit = defineRule({
  id: 'swallowed-rate-limit',
  summary: 'The handler hides the 429: the request is lost and nobody knows.',
  why: 'The handler catches every error and goes on without an answer. When a rate limit refuses the request, its work is missing from the result, and nothing says so.',
  detect: 'Compare the number of answers with the number of requests, and log status 429 apart from other errors.',
  prevent: 'Send the request again with exponential backoff inside the handler’s reach, and let the last error out.',
  severity: 'warning',
  examples,

  *check(verdict, context) {
    const { request, protection, repetition } = verdict;
    if (protection.k !== 'lost' || request.method.plane === 'control') return;
    yield {
      at: request.at,
      severity: 'warning',
      message:
        repetition && !protection.settled
          ? say`A 429 is lost here: ${goesOn(protection)}, and it is sent many times.`
          : say`A 429 is lost here: ${goesOn(protection)}.`,
      related: related(protection),
      repairs: repairs(verdict, context),
    };
  },
});

type Lost = Protection & { readonly k: 'lost' };

function goesOn({ settled, response }: Lost): Words {
  if (settled === 'left-out') return say('the error comes back among the results, and what is an error is left out');
  if (settled) return say('the error comes back among the results, and nothing looks at them');
  return response
    ? say('the code sees that the request failed and goes on without an answer')
    : say('the handler takes the error and goes on without an answer');
}

function related({ at, settled, response }: Lost): readonly Related[] {
  if (response) return [];
  return [
    { at, message: settled ? say('This keeps the errors among its results.') : say('This handler takes the error.') },
  ];
}
