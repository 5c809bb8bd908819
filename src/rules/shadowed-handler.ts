/** A handler for a broader class stands before the one for the rate limit. */
import { defineRule, type Report } from '../core/rule.ts';
import { say } from '../core/words.ts';
import { repair } from './repairs.ts';
import { examples } from './shadowed-handler.examples.ts';

export const shadowedHandler = defineRule({
  id: 'shadowed-handler',
  summary: 'A broader handler stands before the one for rate limits, which is never reached.',
  why: 'Handlers are tried in order, and the first whose class fits takes the error. A rate-limit error is an `APIError`, too: what was written for it never runs.',
  detect: 'Raise a `RateLimitError` in a test; some linters know of it (`bad-except-order`).',
  prevent: 'Put the narrow class before the broad one.',
  severity: 'warning',
  examples,

  *survey({ shadowedHandlers }, { edit }): Generator<Report> {
    for (const { at, name, by, clauses } of shadowedHandlers) {
      const narrow = name.split('.').at(-1)!;
      yield {
        at,
        severity: 'warning',
        message: say`No 429 comes here: \`${by.name}\` before it takes every \`${narrow}\`.`,
        related: [{ at: by.at, message: say('This class takes it first.') }],
        repairs: [repair('order', say`Put ${narrow} first`, () => edit.swap(clauses))],
      };
    }
  },
});
