/** The rule's examples: hover text, README section, detection test and repair specification in one. */
import type { Example } from '../core/rule.ts';

export const examples: readonly [Example, ...Example[]] = [
  {
    language: 'python',
    bad: `from openai import OpenAI, RateLimitError
from tenacity import retry, retry_if_exception_type, stop_after_attempt, wait_random_exponential

client = OpenAI(max_retries=0)


@retry(
    retry=retry_if_exception_type(RateLimitError),
    stop=stop_after_attempt(6),
    wait=wait_random_exponential(multiplier=1, max=60),
    reraise=True,
)
def label(ticket):
    return client.responses.create(model="gpt-4o-mini", input=ticket).output_text
`,
    good: `from openai import OpenAI, RateLimitError
from tenacity import retry, retry_if_exception, retry_if_exception_type, stop_after_attempt, wait_random_exponential

client = OpenAI(max_retries=0)


@retry(
    retry=retry_if_exception_type(RateLimitError) & retry_if_exception(lambda error: getattr(error, "type", None) != "insufficient_quota"),
    stop=stop_after_attempt(6),
    wait=wait_random_exponential(multiplier=1, max=60),
    reraise=True,
)
def label(ticket):
    return client.responses.create(model="gpt-4o-mini", input=ticket).output_text
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
      if (attempt === 6) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 1_000 * 2 ** attempt));
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
      if ((error as { type?: unknown })?.type === 'insufficient_quota') throw error;
      if (attempt === 6) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 1_000 * 2 ** attempt));
    }
  }
}
`,
  },
];
