/** Retries inside retries: their attempts multiply. */
import type { Stack } from '../core/retry-use.ts';
import { defineRule } from '../core/rule.ts';
import type { Verdict } from '../core/verdict.ts';
import { repair } from './repairs.ts';
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
        severity: 'information',
        message: message(stack),
        related: requests.map(({ at }) => ({ at, message: 'This request is sent again.' })),
        // With more than two layers some would still multiply.
        repairs:
          sdk && stack.layers.length === 2
            ? [
                repair('one-layer', title, () =>
                  requests.every((request) => isCovered(own.get(request)))
                    ? edit.withoutSdkRetries(requests)
                    : {
                        refused:
                          'The request is sent on another way as well, where only the SDK’s own retries protect it.',
                      },
                ),
              ]
            : [],
      };
    }
  },
});

const title = 'Switch the SDK’s own retries off here (also those of timeouts and server errors)';

/** Whether something else than the SDK sends the request again on every way. */
function isCovered(verdict: Verdict | undefined): boolean {
  const { protection } = verdict ?? {};
  return protection?.k === 'resent' && protection.layers.some(({ k }) => k !== 'sdk');
}

function message({ layers, seconds }: Stack): string {
  const counts = layers.map(({ attempts }) => attempts);
  if (counts.every((one) => typeof one === 'number')) {
    const all = counts.reduce((product, one) => product * one, 1);
    const time = seconds === undefined ? '' : `, up to ${Math.ceil(seconds)} s`;
    const factors = layers.map(({ attempts, name }, at) =>
      at === 0 ? `${attempts} attempts of ${name}` : `${attempts} of ${name}`,
    );
    return `${factors.join(' × ')} = ${all} requests for one answer${time}.`;
  }
  const [outer, ...inner] = layers;
  const known = inner.filter(({ attempts }) => typeof attempts === 'number');
  const times = known.reduce((product, { attempts }) => product * (attempts as number), 1);
  const names = inner.map(({ name }) => name).join(' and ');
  const each = known.length === inner.length ? `sends up to ${times} requests` : 'is a retry itself';
  return `Each attempt of ${outer!.name} ${each}: ${names} sends a refused one again by itself.`;
}
