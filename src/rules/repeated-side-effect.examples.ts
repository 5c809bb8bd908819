/** The rule's examples: hover text, README section, detection test and repair specification in one. */
import type { Example } from '../core/rule.ts';

export const examples: readonly [Example, ...Example[]] = [
  {
    language: 'python',
    bad: `import tenacity
from openai import OpenAI, RateLimitError

client = OpenAI(max_retries=0)
messages = []


def passes(error):
    return isinstance(error, RateLimitError) and error.code != "insufficient_quota"


@tenacity.retry(
    retry=tenacity.retry_if_exception(passes),
    stop=tenacity.stop_after_attempt(6),
    wait=tenacity.wait_random_exponential(max=60),
    reraise=True,
)
def ask(text):
    messages.append({"role": "user", "content": text})
    return client.chat.completions.create(model="gpt-4o-mini", messages=messages)
`,
    good: `import tenacity
from openai import OpenAI, RateLimitError

client = OpenAI(max_retries=0)
messages = []


def passes(error):
    return isinstance(error, RateLimitError) and error.code != "insufficient_quota"


def ask(text):
    messages.append({"role": "user", "content": text})
    return answer()


@tenacity.retry(
    retry=tenacity.retry_if_exception(passes),
    stop=tenacity.stop_after_attempt(6),
    wait=tenacity.wait_random_exponential(max=60),
    reraise=True,
)
def answer():
    return client.chat.completions.create(model="gpt-4o-mini", messages=messages)
`,
  },
  {
    language: 'typescript',
    bad: `import OpenAI from 'openai';
import pRetry, { AbortError } from 'p-retry';

const client = new OpenAI({ maxRetries: 0 });

export function run(thread: string) {
  return pRetry(
    () =>
      client.beta.threads.runs.createAndPoll(thread, { assistant_id: 'asst_1' }).catch((error) => {
        throw error.code === 'insufficient_quota' ? new AbortError(error) : error;
      }),
    { retries: 6, randomize: true, maxTimeout: 60_000 },
  );
}
`,
    good: `import OpenAI from 'openai';

const client = new OpenAI({ maxRetries: 14 });

export function run(thread: string) {
  return client.beta.threads.runs.createAndPoll(thread, { assistant_id: 'asst_1' });
}
`,
  },
];
