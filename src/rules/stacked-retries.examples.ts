/** The rule's examples: hover text, README section, detection test and repair specification in one. */
import type { Example } from '../core/rule.ts';

export const examples: readonly [Example, ...Example[]] = [
  {
    language: 'python',
    bad: `from openai import OpenAI, RateLimitError
from tenacity import retry, retry_if_exception, stop_after_attempt, wait_random_exponential

client = OpenAI()


def passes(error):
    return isinstance(error, RateLimitError) and error.type != "insufficient_quota"


@retry(
    retry=retry_if_exception(passes),
    stop=stop_after_attempt(6),
    wait=wait_random_exponential(multiplier=1, max=60),
    reraise=True,
)
def label(ticket):
    return client.responses.create(model="gpt-4o-mini", input=ticket).output_text
`,
    good: `from openai import OpenAI, RateLimitError
from tenacity import retry, retry_if_exception, stop_after_attempt, wait_random_exponential

client = OpenAI()


def passes(error):
    return isinstance(error, RateLimitError) and error.type != "insufficient_quota"


@retry(
    retry=retry_if_exception(passes),
    stop=stop_after_attempt(6),
    wait=wait_random_exponential(multiplier=1, max=60),
    reraise=True,
)
def label(ticket):
    return client.with_options(max_retries=0).responses.create(model="gpt-4o-mini", input=ticket).output_text
`,
  },
  {
    language: 'typescript',
    bad: `import { backOff } from 'exponential-backoff';
import OpenAI from 'openai';

const client = new OpenAI();

export function label(ticket: string) {
  return backOff(() => client.responses.create({ model: 'gpt-4o-mini', input: ticket }), {
    numOfAttempts: 6,
    startingDelay: 1_000,
    jitter: 'full',
    retry: (error) => error.status === 429 && error.type !== 'insufficient_quota',
  });
}
`,
    good: `import { backOff } from 'exponential-backoff';
import OpenAI from 'openai';

const client = new OpenAI();

export function label(ticket: string) {
  return backOff(() => client.responses.create({ model: 'gpt-4o-mini', input: ticket }, { maxRetries: 0 }), {
    numOfAttempts: 6,
    startingDelay: 1_000,
    jitter: 'full',
    retry: (error) => error.status === 429 && error.type !== 'insufficient_quota',
  });
}
`,
  },
];
