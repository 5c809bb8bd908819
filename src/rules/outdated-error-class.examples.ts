/** The rule's examples: hover text, README section, detection test and repair specification in one. */
import type { Example } from '../core/rule.ts';

export const examples: readonly [Example, ...Example[]] = [
  {
    language: 'python',
    bad: `import openai

client = openai.OpenAI(max_retries=14)


class Busy(Exception):
    pass


def ask(text):
    try:
        return client.responses.create(model="gpt-4o-mini", input=text)
    except openai.error.RateLimitError as error:
        raise Busy() from error
`,
    good: `import openai

client = openai.OpenAI(max_retries=14)


class Busy(Exception):
    pass


def ask(text):
    try:
        return client.responses.create(model="gpt-4o-mini", input=text)
    except openai.RateLimitError as error:
        raise Busy() from error
`,
  },
  {
    language: 'typescript',
    bad: `import OpenAI from 'openai';

const client = new OpenAI({ maxRetries: 14 });

export async function ask(input: string) {
  try {
    return await client.responses.create({ model: 'gpt-4o-mini', input });
  } catch (error) {
    if (error instanceof OpenAI.APITimeoutError) console.error('It took too long.');
    throw error;
  }
}
`,
    good: `import OpenAI from 'openai';

const client = new OpenAI({ maxRetries: 14 });

export async function ask(input: string) {
  try {
    return await client.responses.create({ model: 'gpt-4o-mini', input });
  } catch (error) {
    if (error instanceof OpenAI.APIConnectionTimeoutError) console.error('It took too long.');
    throw error;
  }
}
`,
  },
];
