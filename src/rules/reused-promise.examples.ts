/** The rule's examples: hover text, README section, detection test and repair specification in one. */
import type { Example } from '../core/rule.ts';

export const examples: readonly [Example, ...Example[]] = [
  {
    language: 'typescript',
    bad: `import OpenAI from 'openai';

const client = new OpenAI({ maxRetries: 0 });

export async function ask(input: string) {
  const answer = client.responses.create({ model: 'gpt-4o-mini', input });
  for (let attempt = 1; ; attempt++) {
    try {
      return await answer;
    } catch (error) {
      if (!(error instanceof OpenAI.RateLimitError) || error.code === 'insufficient_quota' || attempt === 6) throw error;
      await new Promise((done) => setTimeout(done, Math.random() * 1000 * 2 ** attempt));
    }
  }
}
`,
    good: `import OpenAI from 'openai';

const client = new OpenAI({ maxRetries: 0 });

export async function ask(input: string) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.responses.create({ model: 'gpt-4o-mini', input });
    } catch (error) {
      if (!(error instanceof OpenAI.RateLimitError) || error.code === 'insufficient_quota' || attempt === 6) throw error;
      await new Promise((done) => setTimeout(done, Math.random() * 1000 * 2 ** attempt));
    }
  }
}
`,
  },
  {
    language: 'python',
    bad: `import asyncio
import random

from openai import AsyncOpenAI, RateLimitError

client = AsyncOpenAI(max_retries=0)


async def ask(text):
    answer = client.responses.create(model="gpt-4o-mini", input=text)
    for attempt in range(6):
        try:
            return await answer
        except RateLimitError as error:
            if error.code == "insufficient_quota" or attempt == 5:
                raise
            await asyncio.sleep(random.uniform(0, 2**attempt))
`,
    good: `import asyncio
import random

from openai import AsyncOpenAI, RateLimitError

client = AsyncOpenAI(max_retries=0)


async def ask(text):
    for attempt in range(6):
        try:
            return await client.responses.create(model="gpt-4o-mini", input=text)
        except RateLimitError as error:
            if error.code == "insufficient_quota" or attempt == 5:
                raise
            await asyncio.sleep(random.uniform(0, 2**attempt))
`,
  },
];
