/** The rule's examples: hover text, README section, detection test and repair specification in one. */
import type { Example } from '../core/rule.ts';

export const examples: readonly [Example, ...Example[]] = [
  {
    language: 'python',
    bad: `import time

from openai import AsyncOpenAI

client = AsyncOpenAI(max_retries=14)


async def ask_all(questions: list[str]) -> None:
    for question in questions:
        response = await client.responses.create(model="gpt-4o-mini", input=question)
        print(response.output_text)
        time.sleep(1)
`,
    good: `import asyncio
import time

from openai import AsyncOpenAI

client = AsyncOpenAI(max_retries=14)


async def ask_all(questions: list[str]) -> None:
    for question in questions:
        response = await client.responses.create(model="gpt-4o-mini", input=question)
        print(response.output_text)
        await asyncio.sleep(1)
`,
  },
  {
    language: 'typescript',
    bad: `import OpenAI from 'openai';

const client = new OpenAI({ maxRetries: 14 });

function sleep(ms: number) {
  const end = Date.now() + ms;
  while (Date.now() < end);
}

export async function ask(inputs: string[]) {
  for (const input of inputs) {
    await client.responses.create({ model: 'gpt-4o-mini', input });
    sleep(1000);
  }
}
`,
    good: `import OpenAI from 'openai';

const client = new OpenAI({ maxRetries: 14 });

function sleep(ms: number) {
  const end = Date.now() + ms;
  while (Date.now() < end);
}

export async function ask(inputs: string[]) {
  for (const input of inputs) {
    await client.responses.create({ model: 'gpt-4o-mini', input });
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}
`,
  },
];
