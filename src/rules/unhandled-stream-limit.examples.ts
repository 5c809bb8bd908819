/** The rule's examples: hover text, README section, detection test and repair specification in one. */
import type { Example } from '../core/rule.ts';

export const examples: readonly [Example, ...Example[]] = [
  {
    language: 'python',
    bad: `from openai import OpenAI, RateLimitError

client = OpenAI(max_retries=14)


class Busy(Exception):
    pass


def ask(messages):
    try:
        stream = client.chat.completions.create(model="gpt-4o-mini", messages=messages, stream=True)
        for chunk in stream:
            print(chunk.choices[0].delta.content or "", end="")
    except RateLimitError as error:
        raise Busy() from error
`,
    good: `from openai import APIError, OpenAI, RateLimitError

client = OpenAI(max_retries=14)


class Busy(Exception):
    pass


def ask(messages):
    try:
        stream = client.chat.completions.create(model="gpt-4o-mini", messages=messages, stream=True)
        for chunk in stream:
            print(chunk.choices[0].delta.content or "", end="")
    except RateLimitError as error:
        raise Busy() from error
    except APIError as error:
        if error.code == "rate_limit_exceeded":
            raise Busy() from error
        raise
`,
  },
  {
    language: 'typescript',
    bad: `import OpenAI from 'openai';

const client = new OpenAI({ maxRetries: 14 });

export class Busy extends Error {}

export async function ask(input: string) {
  let stream;
  try {
    stream = await client.chat.completions.create({
      model: 'gpt-4o-mini',
      messages: [{ role: 'user', content: input }],
      stream: true,
    });
  } catch (error) {
    if (error instanceof OpenAI.RateLimitError) throw new Busy();
    throw error;
  }
  for await (const chunk of stream) process.stdout.write(chunk.choices[0]?.delta.content ?? '');
}
`,
    good: `import OpenAI from 'openai';

const client = new OpenAI({ maxRetries: 14 });

export class Busy extends Error {}

export async function ask(input: string) {
  try {
    const stream = await client.chat.completions.create({
      model: 'gpt-4o-mini',
      messages: [{ role: 'user', content: input }],
      stream: true,
    });
    for await (const chunk of stream) process.stdout.write(chunk.choices[0]?.delta.content ?? '');
  } catch (error) {
    const isLimit = error instanceof OpenAI.APIError && (error.status === 429 || error.code === 'rate_limit_exceeded');
    if (isLimit) throw new Busy();
    throw error;
  }
}
`,
  },
];
