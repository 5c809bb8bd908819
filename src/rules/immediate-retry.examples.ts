/** The rule's examples: hover text, README section, detection test and repair specification in one. */
import type { Example } from '../core/rule.ts';

export const examples: readonly [Example, ...Example[]] = [
  {
    language: 'python',
    bad: `from openai import OpenAI, RateLimitError

client = OpenAI(max_retries=0)


def label(ticket):
    for attempt in range(5):
        try:
            return client.responses.create(model="gpt-4o-mini", input=ticket).output_text
        except RateLimitError as error:
            if error.type == "insufficient_quota" or attempt == 4:
                raise
`,
    good: `import random
import time

from openai import OpenAI, RateLimitError

client = OpenAI(max_retries=0)


def label(ticket):
    for attempt in range(5):
        try:
            return client.responses.create(model="gpt-4o-mini", input=ticket).output_text
        except RateLimitError as error:
            if error.type == "insufficient_quota" or attempt == 4:
                raise
            time.sleep(random.uniform(0, min(60, 2 ** attempt)))
`,
  },
  {
    language: 'typescript',
    bad: `import OpenAI from 'openai';

const client = new OpenAI({ maxRetries: 0 });

export async function label(ticket: string) {
  for (let attempt = 0; ; attempt++) {
    try {
      return await client.responses.create({ model: 'gpt-4o-mini', input: ticket });
    } catch (error) {
      if (!(error instanceof OpenAI.RateLimitError) || error.type === 'insufficient_quota') throw error;
      if (attempt === 4) throw error;
    }
  }
}
`,
    good: `import OpenAI from 'openai';

const client = new OpenAI({ maxRetries: 0 });

export async function label(ticket: string) {
  for (let attempt = 0; ; attempt++) {
    try {
      return await client.responses.create({ model: 'gpt-4o-mini', input: ticket });
    } catch (error) {
      if (!(error instanceof OpenAI.RateLimitError) || error.type === 'insufficient_quota') throw error;
      if (attempt === 4) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(60_000, 1_000 * 2 ** attempt)));
    }
  }
}
`,
  },
];
