/** The rule's examples: hover text, README section, detection test and repair specification in one. */
import type { Example } from '../core/rule.ts';

export const examples: readonly [Example, ...Example[]] = [
  {
    language: 'python',
    bad: `import time

from openai import OpenAI, RateLimitError

client = OpenAI()

for question in ["What is a token bucket?", "What is full jitter?"]:
    try:
        response = client.responses.create(model="gpt-4o-mini", input=question)
        print(response.output_text)
    except RateLimitError:
        time.sleep(10)
        continue
`,
    good: `import random
import re
import time
from email.utils import mktime_tz, parsedate_tz

from openai import APIConnectionError, InternalServerError, OpenAI, RateLimitError


def retry_delay(error: Exception, attempt: int, started: float) -> "float | None":
    """Seconds until a rate-limited request is sent again, or None where that can not help.

    Grows exponentially with full jitter, and is never shorter than the server asks for.
    Other faults get at most the attempts that the SDK itself would have made.
    """
    body = getattr(error, "body", None) or getattr(error, "json_body", None)
    text = f"{error} {body}"
    response = getattr(error, "response", error)
    headers: "dict[str, str]" = getattr(response, "headers", None) or {}
    attempts = 7 if getattr(error, "status_code", None) == 429 else 3
    if attempt >= attempts or headers.get("x-should-retry") == "false":
        return None
    if re.search(r"Request too large|Limit:? 0\\b(?!\\.)", text):
        return None
    if re.search(r"(type|code)\\W{3,4}\\w*(quota|billing|credit|(spend|usage)_limit)", text):
        return None
    after_ms = str(headers.get("retry-after-ms"))
    after = str(headers.get("retry-after"))
    date = parsedate_tz(after)
    if re.fullmatch(r"\\d+(\\.\\d+)?", after_ms):
        wait = float(after_ms) / 1000
    elif re.fullmatch(r"\\d+(\\.\\d+)?", after):
        wait = float(after)
    elif date:
        wait = mktime_tz(date) - time.time()
    else:
        told = re.search(r"(?i)(try again in|retry after) \\d[\\d.]* ?(ms|[smhd])[\\w.]*", text)
        parts = re.findall(r"(\\d+(?:\\.\\d+)?) ?(ms|[smhd])", told.group() if told else "")
        units = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400}
        wait = sum(float(number) * units[unit] for number, unit in parts)
    delay = max(wait, random.uniform(0, min(60, 2 ** (attempt - 1))))
    return delay if time.monotonic() - started + delay <= 120 else None


client = OpenAI()

for question in ["What is a token bucket?", "What is full jitter?"]:
    try:
        started = time.monotonic()
        attempt = 0
        while True:
            try:
                response = client.with_options(max_retries=0).responses.create(model="gpt-4o-mini", input=question)
                break
            except (RateLimitError, InternalServerError, APIConnectionError) as error:
                attempt += 1
                delay = retry_delay(error, attempt, started)
                if delay is None:
                    raise
                time.sleep(delay)
        print(response.output_text)
    except RateLimitError:
        time.sleep(10)
        continue
`,
  },
  {
    language: 'typescript',
    bad: `import OpenAI from 'openai';

const client = new OpenAI();

for (const question of ['What is a token bucket?', 'What is full jitter?']) {
  try {
    const response = await client.responses.create({ model: 'gpt-4o-mini', input: question });
    console.log(response.output_text);
  } catch (error) {
    if (!(error instanceof OpenAI.RateLimitError)) throw error;
    await new Promise((resolve) => setTimeout(resolve, 10_000));
  }
}
`,
    good: `import OpenAI from 'openai';

const client = new OpenAI();

for (const question of ['What is a token bucket?', 'What is full jitter?']) {
  try {
    let response;
    for (let attempt = 1, started = Date.now(); ; attempt++) {
      try {
        response = await client.responses.create({ model: 'gpt-4o-mini', input: question }, { maxRetries: 0 });
        break;
      } catch (error) {
        const delay = retryDelay(error, attempt, started);
        if (delay === undefined) throw error;
        await new Promise((resolve) => setTimeout(resolve, delay));
      }
    }
    console.log(response.output_text);
  } catch (error) {
    if (!(error instanceof OpenAI.RateLimitError)) throw error;
    await new Promise((resolve) => setTimeout(resolve, 10_000));
  }
}

/**
 * How many milliseconds to wait before a request is sent again, or undefined
 * where that cannot help: the error lasts, as a quota used up or a request
 * beyond the whole limit does, or the attempts or the time are spent.
 */
function retryDelay(error: unknown, attempt: number, started: number) {
  if (!(error instanceof OpenAI.APIError) || attempt >= 7) return undefined;
  const { message, status = 0 } = error;
  const lost = error instanceof OpenAI.APIConnectionError;
  const passing = lost || [408, 409].includes(status) || status >= 500;
  // Other passing faults get what the SDK gives them, since its own retries are off.
  if (status !== 429 && !(passing && attempt <= 2)) return undefined;
  const codes = \`\${error.type} \${error.code}\`;
  type Init = ConstructorParameters<typeof Headers>[0];
  const headers = new Headers(error.headers as Init);
  // Some refusals last, however long the wait.
  const spent = /insufficient_quota|credit_balance|spend_limit/.test(codes);
  const barred = /usage_limit|billing_/.test(codes);
  const tooLarge = /request too large|limit:? 0(?![.\\d])/i.test(message);
  const final = headers.get('x-should-retry') === 'false';
  if (spent || barred || tooLarge || final) return undefined;
  const after = headers.get('retry-after') ?? '';
  const words = /(?:again|retry) (?:in|after) ([\\d.dhms ]+)/i.exec(message);
  const units: Record<string, number> = { ms: 1, s: 1e3, m: 6e4, h: 36e5 };
  let told = 0;
  for (const part of words?.[1]?.matchAll(/([\\d.]+) ?(ms|[hms])/g) ?? [])
    told += Number(part[1]) * (units[part[2] ?? ''] ?? 0);
  const exact = Number(headers.get('retry-after-ms'));
  const until = Date.parse(after) - Date.now();
  const waits = [exact, Number(after) * 1_000, until, told];
  const asked = waits.find((wait) => wait > 0) ?? 0;
  // The wait that the server asks for is the least; the rest is full jitter,
  // so that clients come back spread out.
  const most = Math.min(60_000, 1_000 * 2 ** (attempt - 1));
  const delay = Math.max(asked, Math.random() * most);
  const elapsed = Date.now() - started;
  return elapsed + delay <= 120_000 ? delay : undefined;
}
`,
  },
  {
    language: 'python',
    bad: `import random
import time

from openai import OpenAI, RateLimitError

client = OpenAI(max_retries=0)


def ask(question):
    for attempt in range(6):
        try:
            return client.responses.create(model="gpt-4o-mini", input=question)
        except RateLimitError as error:
            if error.type == "insufficient_quota":
                raise
            time.sleep(random.uniform(0, min(60, 2**attempt)))
`,
    good: `import random
import time

from openai import OpenAI, RateLimitError

client = OpenAI(max_retries=0)


def ask(question):
    for attempt in range(6):
        try:
            return client.responses.create(model="gpt-4o-mini", input=question)
        except RateLimitError as error:
            if error.type == "insufficient_quota":
                raise
            if attempt == 5:
                raise
            time.sleep(random.uniform(0, min(60, 2**attempt)))
`,
  },
  {
    language: 'typescript',
    bad: `import OpenAI from 'openai';

const client = new OpenAI({ maxRetries: 0 });

export async function ask(question: string) {
  for (let attempt = 0; attempt < 6; attempt++) {
    try {
      return await client.responses.create({ model: 'gpt-4o-mini', input: question });
    } catch (error) {
      if (!(error instanceof OpenAI.RateLimitError)) throw error;
      if (error.type === 'insufficient_quota') throw error;
      const delay = Math.random() * Math.min(60_000, 1_000 * 2 ** attempt);
      await new Promise((resolve) => setTimeout(resolve, delay));
    }
  }
}
`,
    good: `import OpenAI from 'openai';

const client = new OpenAI({ maxRetries: 0 });

export async function ask(question: string) {
  for (let attempt = 0; attempt < 6; attempt++) {
    try {
      return await client.responses.create({ model: 'gpt-4o-mini', input: question });
    } catch (error) {
      if (!(error instanceof OpenAI.RateLimitError)) throw error;
      if (error.type === 'insufficient_quota') throw error;
      const delay = Math.random() * Math.min(60_000, 1_000 * 2 ** attempt);
      if (attempt === 5) throw error;
      await new Promise((resolve) => setTimeout(resolve, delay));
    }
  }
}
`,
  },
];
