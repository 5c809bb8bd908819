/** The rule's examples: hover text, README section, detection test and repair specification in one. */
import type { Example } from '../core/rule.ts';

export const examples: readonly [Example, ...Example[]] = [
  {
    language: 'python',
    bad: `import asyncio

from openai import AsyncOpenAI

client = AsyncOpenAI(max_retries=14)


async def ask(question: str) -> str:
    response = await client.responses.create(model="gpt-4o-mini", input=question)
    return response.output_text


async def ask_all(questions: list[str]) -> list[str]:
    return await asyncio.gather(*[ask(question) for question in questions])
`,
    good: `import asyncio
from typing import Awaitable, TypeVar

from openai import AsyncOpenAI

Result = TypeVar("Result")


client = AsyncOpenAI(max_retries=14)


async def ask(question: str) -> str:
    response = await client.responses.create(model="gpt-4o-mini", input=question)
    return response.output_text


async def ask_all(questions: list[str]) -> list[str]:
    semaphore = asyncio.Semaphore(5)

    async def limited(call: Awaitable[Result]) -> Result:
        async with semaphore:
            return await call

    return await asyncio.gather(*[limited(ask(question)) for question in questions])
`,
  },
  {
    language: 'typescript',
    bad: `import OpenAI from 'openai';

const client = new OpenAI({ maxRetries: 14 });

export const askAll = (questions: string[]) =>
  Promise.all(questions.map((input) => client.responses.create({ model: 'gpt-4o-mini', input })));
`,
    good: `import OpenAI from 'openai';

const client = new OpenAI({ maxRetries: 14 });

export const askAll = (questions: string[]) => {
  const limit = limitConcurrency(5);
  return Promise.all(questions.map((input) => limit(() => client.responses.create({ model: 'gpt-4o-mini', input }))));
};

/** Gives a function that runs others, at most \`count\` of them at once. */
function limitConcurrency(count: number) {
  const waiting: (() => void)[] = [];
  let free = count;
  return async function run<T>(task: () => PromiseLike<T> | T): Promise<T> {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await task();
    } finally {
      // The place goes to the one that has waited longest.
      const next = waiting.shift();
      if (next) next();
      else free++;
    }
  };
}
`,
  },
];
