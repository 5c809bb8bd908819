/** A general HTTP retry that leaves the requests out which models are asked with. */
import { defineRule } from '../core/rule.ts';
import type { Omission } from '../core/verdict.ts';
import { say, type Words } from '../core/words.ts';
import { examples } from './post-not-retried.examples.ts';
import { coverPosts } from './repairs.ts';

export const postNotRetried = defineRule({
  id: 'post-not-retried',
  summary: 'A general HTTP retry leaves POST out, or answers: the refused request is never sent again.',
  why: 'Retries of HTTP clients are made for pages and files: by default they repeat what changes nothing, such as GET, or only connections that did not come about. Models are asked by POST, and a 429 is an answer. The code looks protected and is not.',
  detect: 'Count the requests that one call sends when every answer is a 429: it is one.',
  prevent:
    'Name POST among the methods and 429 among the statuses that the retry acts on, and let it wait as long as `retry-after` says.',
  severity: 'information',
  examples,

  *survey({ verdicts }, context) {
    const told = new Set<number>();
    for (const { request } of verdicts) {
      const { omission } = request.client;
      if (!omission || told.has(omission.at.start)) continue;
      told.add(omission.at.start);
      const left = verdicts.filter((other) => other.request.client.omission?.at.start === omission.at.start);
      yield {
        at: omission.at,
        severity: 'information',
        message: message(omission),
        related: left.map((other) => ({ at: other.request.at, message: say('This request is sent once.') })),
        repairs: coverPosts(omission, context),
      };
    }
  },
});

function message({ name, omits }: Omission): Words {
  return omits === 'posts'
    ? say`${name} leaves POST requests out, and models are asked by POST: a 429 comes out at once.`
    : say`${name} repeats connections that did not come about, and no answers: a 429 comes out at once.`;
}
