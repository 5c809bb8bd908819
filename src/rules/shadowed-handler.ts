/** A handler for rate limits that gets none: a broader one stands before it, or a retry inside raises another error. */
import { defineRule, type Report } from '../core/rule.ts';
import { say } from '../core/words.ts';
import { repair } from './repairs.ts';
import { examples } from './shadowed-handler.examples.ts';

export const shadowedHandler = defineRule({
  id: 'shadowed-handler',
  summary:
    'A handler for rate limits gets none: a broader one stands before it, or a retry inside raises an error of its own.',
  why: 'Handlers are tried in order, and the first whose class fits takes the error. A rate-limit error is an `APIError`, too: what was written for it never runs. A retry library may raise an error of its own when it gives up, which is no rate-limit error either.',
  detect: 'Raise a `RateLimitError` in a test; some linters know of it (`bad-except-order`).',
  prevent: 'Put the narrow class before the broad one, and let a retry raise its last error as it is (`reraise=True`).',
  severity: 'warning',
  examples,

  *survey({ shadowedHandlers, hiddenLimits, uses }, { edit }): Generator<Report> {
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
    for (const { at, name, instead, by } of hiddenLimits) {
      const limit = name.split('.').at(-1)!;
      const use = uses.find(({ code }) => code.k === 'library' && code.by.at.start === by.at?.start);
      yield {
        at,
        here: say`Once its attempts are used up, ${by.name} raises \`${instead}\`, which is no \`${limit}\`: this handler is passed by, and the error goes on outward.`,
        severity: 'warning',
        message: say`No 429 comes here: when it gives up, ${by.name} raises \`${instead}\` in place of \`${limit}\`.`,
        related: by.at ? [{ at: by.at, message: say`This retry raises \`${instead}\` in the end.` }] : [],
        repairs: use
          ? [repair('keep-error', say('Let the retry raise its last error as it is'), () => edit.keepError(use))]
          : [],
      };
    }
  },
});
