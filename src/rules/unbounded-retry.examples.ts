/** The rule's examples: hover text, README section, detection test and repair specification in one. */
import type { Example } from '../core/rule.ts';

export const examples: readonly [Example, ...Example[]] = [
  {
    language: 'python',
    bad: `import random
import time

from openai import OpenAI, RateLimitError

client = OpenAI(max_retries=0)


def label(ticket):
    while True:
        try:
            return client.responses.create(model="gpt-4o-mini", input=ticket).output_text
        except RateLimitError as error:
            if error.type == "insufficient_quota":
                raise
            time.sleep(random.uniform(1, 30))
`,
    good: `import random
import time

from openai import OpenAI, RateLimitError

client = OpenAI(max_retries=0)


def label(ticket):
    attempt = 0
    while True:
        try:
            return client.responses.create(model="gpt-4o-mini", input=ticket).output_text
        except RateLimitError as error:
            attempt += 1
            if attempt >= 7:
                raise
            if error.type == "insufficient_quota":
                raise
            time.sleep(random.uniform(1, 30))
`,
  },
  {
    language: 'typescript',
    bad: `import OpenAI from 'openai';

const client = new OpenAI({ maxRetries: 0 });

export async function label(ticket: string) {
  while (true) {
    try {
      return await client.responses.create({ model: 'gpt-4o-mini', input: ticket });
    } catch (error) {
      if (!(error instanceof OpenAI.RateLimitError) || error.type === 'insufficient_quota') throw error;
      await new Promise((resolve) => setTimeout(resolve, 1_000 + Math.random() * 30_000));
    }
  }
}
`,
    good: `import OpenAI from 'openai';

const client = new OpenAI({ maxRetries: 0 });

export async function label(ticket: string) {
  let attempt = 0;
  while (true) {
    try {
      return await client.responses.create({ model: 'gpt-4o-mini', input: ticket });
    } catch (error) {
      if (++attempt >= 7) throw error;
      if (!(error instanceof OpenAI.RateLimitError) || error.type === 'insufficient_quota') throw error;
      await new Promise((resolve) => setTimeout(resolve, 1_000 + Math.random() * 30_000));
    }
  }
}
`,
  },
];
