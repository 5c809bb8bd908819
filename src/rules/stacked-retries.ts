/** Retries inside retries: their attempts multiply. */
import type { Stack } from '../core/retry-use.ts';
import { defineRule } from '../core/rule.ts';
import type { Verdict } from '../core/verdict.ts';
import { joined, say, type Words } from '../core/words.ts';
import { repair } from './repairs.ts';
import { stackInNumbers } from './retry-numbers.ts';
import { examples } from './stacked-retries.examples.ts';

export const stackedRetries = defineRule({
  id: 'stacked-retries',
  summary: 'Retries stand inside each other: one call sends many times as many requests as each of them says.',
  why: 'Each attempt of an outer retry starts all attempts of the inner one. The requests multiply while the limit is full, and so does the time until the error comes out.',
  detect: 'Count the requests that one call sends when every answer is a 429.',
  prevent:
    'Retry in one place: switch the SDK’s own retries off inside a retry of yours, or raise them and drop yours.',
  severity: 'information',
  examples,

  *survey({ stacks, verdicts }, { edit }) {
    const own = new Map(verdicts.map((verdict) => [verdict.request, verdict]));
    for (const stack of stacks) {
      const requests = stack.requests.filter((request) => own.has(request));
      const sdk = stack.layers.at(-1)?.sdk;
      yield {
        at: stack.at,
        here: stackInNumbers(stack),
        severity: 'information',
        message: message(stack),
        related: requests.map(({ at }) => ({ at, message: say('This request is sent again.') })),
        // With more than two layers some would still multiply.
        repairs:
          sdk && stack.layers.length === 2
            ? [
                repair('one-layer', title, () =>
                  requests.every((request) => isCovered(own.get(request)))
                    ? edit.withoutSdkRetries(requests)
                    : {
                        refused: say(
                          'The request is sent on another way as well, where only the SDK’s own retries protect it.',
                        ),
                      },
                ),
              ]
            : [],
      };
    }
  },
});

const title = say('Switch the SDK’s own retries off here (also those of timeouts and server errors)');

/** Whether something else than the SDK sends the request again on every way. */
function isCovered(verdict: Verdict | undefined): boolean {
  const { protection } = verdict ?? {};
  return protection?.k === 'resent' && protection.layers.some(({ k }) => k !== 'sdk');
}

function message({ layers, seconds }: Stack): Words {
  const counts = layers.map(({ attempts }) => attempts);
  if (counts.every((one) => typeof one === 'number')) {
    const all = counts.reduce((product, one) => product * one, 1);
    const factors = joined(
      layers.map(({ attempts, name }, at) =>
        at === 0 ? say`${attempts} attempts of ${name}` : say`${attempts} of ${name}`,
      ),
      ' × ',
    );
    return seconds === undefined
      ? say`${factors} = ${all} requests for one answer.`
      : say`${factors} = ${all} requests for one answer, up to ${Math.ceil(seconds)} s.`;
  }
  const [outer, ...inner] = layers;
  const known = inner.filter(({ attempts }) => typeof attempts === 'number');
  const times = known.reduce((product, { attempts }) => product * (attempts as number), 1);
  const names = joined(
    inner.map(({ name }) => name),
    say(' and '),
  );
  return known.length === inner.length
    ? say`Each attempt of ${outer!.name} sends up to ${times} requests: ${names} sends a refused one again by itself.`
    : say`Each attempt of ${outer!.name} is a retry itself: ${names} sends a refused one again by itself.`;
}
