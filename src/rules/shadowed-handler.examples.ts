/** The rule's examples: hover text, README section, detection test and repair specification in one. */
import type { Example } from '../core/rule.ts';

export const examples: readonly [Example, ...Example[]] = [
  {
    language: 'python',
    bad: `from openai import APIError, OpenAI, RateLimitError

client = OpenAI(max_retries=14)


class Busy(Exception):
    pass


def ask(text):
    try:
        return client.responses.create(model="gpt-4o-mini", input=text)
    except APIError:
        raise
    except RateLimitError as error:
        raise Busy() from error
`,
    good: `from openai import APIError, OpenAI, RateLimitError

client = OpenAI(max_retries=14)


class Busy(Exception):
    pass


def ask(text):
    try:
        return client.responses.create(model="gpt-4o-mini", input=text)
    except RateLimitError as error:
        raise Busy() from error
    except APIError:
        raise
`,
  },
  {
    language: 'typescript',
    bad: `import OpenAI from 'openai';

const client = new OpenAI({ maxRetries: 14 });

export class Busy extends Error {}

export async function ask(input: string) {
  try {
    return await client.responses.create({ model: 'gpt-4o-mini', input });
  } catch (error) {
    if (error instanceof OpenAI.APIError) throw new Error(\`The API failed: \${error.message}\`);
    if (error instanceof OpenAI.RateLimitError) throw new Busy();
    throw error;
  }
}
`,
    good: `import OpenAI from 'openai';

const client = new OpenAI({ maxRetries: 14 });

export class Busy extends Error {}

export async function ask(input: string) {
  try {
    return await client.responses.create({ model: 'gpt-4o-mini', input });
  } catch (error) {
    if (error instanceof OpenAI.RateLimitError) throw new Busy();
    if (error instanceof OpenAI.APIError) throw new Error(\`The API failed: \${error.message}\`);
    throw error;
  }
}
`,
  },
];
