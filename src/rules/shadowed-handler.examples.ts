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
  {
    language: 'python',
    bad: `from openai import OpenAI, RateLimitError
from tenacity import retry, retry_if_exception, stop_after_attempt, wait_random_exponential

client = OpenAI(max_retries=0)


def passes(error):
    return isinstance(error, RateLimitError) and error.type != "insufficient_quota"


@retry(retry=retry_if_exception(passes), wait=wait_random_exponential(max=60), stop=stop_after_attempt(6))
def ask(text):
    return client.responses.create(model="gpt-4o-mini", input=text)


def answer(text):
    try:
        return ask(text).output_text
    except RateLimitError:
        return "Too many people are asking right now."
`,
    good: `from openai import OpenAI, RateLimitError
from tenacity import retry, retry_if_exception, stop_after_attempt, wait_random_exponential

client = OpenAI(max_retries=0)


def passes(error):
    return isinstance(error, RateLimitError) and error.type != "insufficient_quota"


@retry(retry=retry_if_exception(passes), wait=wait_random_exponential(max=60), stop=stop_after_attempt(6), reraise=True)
def ask(text):
    return client.responses.create(model="gpt-4o-mini", input=text)


def answer(text):
    try:
        return ask(text).output_text
    except RateLimitError:
        return "Too many people are asking right now."
`,
  },
];
