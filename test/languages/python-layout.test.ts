/** Lines of Python as black lays them out, and repairs in files that a formatter keeps. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { defaultSettings } from '../../src/core/settings.ts';
import { formatted } from '../../src/languages/python/write-black.ts';
import { logicalLines } from '../../src/languages/python/write-tokens.ts';
import { repaired } from './python-repair.ts';

/** The line, and what black 26 makes of it at 88 columns. */
const lines: readonly (readonly [written: string, laidOut: string])[] = [
  [
    `limits = {name: value for name, value in error.response.headers.items() if "ratelimit" in name}`,
    `limits = {
    name: value for name, value in error.response.headers.items() if "ratelimit" in name
}`,
  ],
  [
    String.raw`    if re.search(r"(type|code)\W{3,4}\w*(quota|billing|credit|(spend|usage)_limit)", text):`,
    String.raw`    if re.search(
        r"(type|code)\W{3,4}\w*(quota|billing|credit|(spend|usage)_limit)", text
    ):`,
  ],
  [
    String.raw`        parts = re.findall(r"(\d+(?:\.\d+)?) ?(ms|[smhd])", told.group() if told else "")`,
    String.raw`        parts = re.findall(
            r"(\d+(?:\.\d+)?) ?(ms|[smhd])", told.group() if told else ""
        )`,
  ],
  [
    `            except_classes = (openai.RateLimitError, openai.InternalServerError, openai.APIConnectionError)`,
    `            except_classes = (
                openai.RateLimitError,
                openai.InternalServerError,
                openai.APIConnectionError,
            )`,
  ],
  [
    `            response = with_backoff(client.with_options(max_retries=0).chat.completions.create)(model="gpt-4o-mini", messages=[{"role": "user", "content": symptom}])`,
    `            response = with_backoff(
                client.with_options(max_retries=0).chat.completions.create
            )(model="gpt-4o-mini", messages=[{"role": "user", "content": symptom}])`,
  ],
  [
    `    return client.with_options(max_retries=0).chat.completions.create(model="gpt-4o-mini", messages=messages)`,
    `    return client.with_options(max_retries=0).chat.completions.create(
        model="gpt-4o-mini", messages=messages
    )`,
  ],
  [
    `    return client.with_options(max_retries=0).chat.completions.create(model="gpt-4o-mini", messages=messages).choices[0].message.content`,
    `    return (
        client.with_options(max_retries=0)
        .chat.completions.create(model="gpt-4o-mini", messages=messages)
        .choices[0]
        .message.content
    )`,
  ],
  [
    `from openai import APIConnectionError, InternalServerError, OpenAI, RateLimitError as OpenAIRateLimitError`,
    `from openai import (
    APIConnectionError,
    InternalServerError,
    OpenAI,
    RateLimitError as OpenAIRateLimitError,
)`,
  ],
  [
    `    def retry_delay_of_a_request(error: Exception, attempt: int, started: float, most: float) -> "float | None":`,
    `    def retry_delay_of_a_request(
        error: Exception, attempt: int, started: float, most: float
    ) -> "float | None":`,
  ],
  [
    `    for done in asyncio.as_completed([limited(self.review_of_the_book(title)) for title in titles]):`,
    `    for done in asyncio.as_completed(
        [limited(self.review_of_the_book(title)) for title in titles]
    ):`,
  ],
  [
    `    answer = first_part_of_the_answer + second_part_of_the_answer + third_part_of_the_answer + more`,
    `    answer = (
        first_part_of_the_answer
        + second_part_of_the_answer
        + third_part_of_the_answer
        + more
    )`,
  ],
  [
    `    kind = "a limit that lasts for a minute or longer" if seconds > 60 else "a limit that will soon be over"`,
    `    kind = (
        "a limit that lasts for a minute or longer"
        if seconds > 60
        else "a limit that will soon be over"
    )`,
  ],
  [
    `    f(a, b,)`,
    `    f(
        a,
        b,
    )`,
  ],
  [
    `    x = some.very.long.name.of.an.attribute.that.nobody.could.part.anywhere.because.all.of.it.has.no.brackets`,
    `    x = (
        some.very.long.name.of.an.attribute.that.nobody.could.part.anywhere.because.all.of.it.has.no.brackets
    )`,
  ],
  [
    `    self.answers[question] = client.with_options(max_retries=0).responses.create(model="m", input=question)`,
    `    self.answers[question] = client.with_options(max_retries=0).responses.create(
        model="m", input=question
    )`,
  ],
  [
    `    raise RuntimeError("The request was refused for longer than it could wait, and nobody knows why")`,
    `    raise RuntimeError(
        "The request was refused for longer than it could wait, and nobody knows why"
    )`,
  ],
  [
    `    ok = isinstance(error, openai.RateLimitError) and error.response.status_code == 429 and not spent`,
    `    ok = (
        isinstance(error, openai.RateLimitError)
        and error.response.status_code == 429
        and not spent
    )`,
  ],
  [
    `    callback = functools.partial(client.chat.completions.create, model=model, messages=lambda a, b: (a, b))`,
    `    callback = functools.partial(
        client.chat.completions.create, model=model, messages=lambda a, b: (a, b)
    )`,
  ],
  [
    `    wait = max(float(headers["retry-after"]), random.uniform(0, min(60, base * 2 ** (attempt - 1))), least)`,
    `    wait = max(
        float(headers["retry-after"]),
        random.uniform(0, min(60, base * 2 ** (attempt - 1))),
        least,
    )`,
  ],
  [
    `            response = client.with_options(max_retries=0).chat.completions.create(model="gpt-4o-mini", messages=[{"role": "user", "content": f"Label this ticket: {ticket['text']}"}],)`,
    `            response = client.with_options(max_retries=0).chat.completions.create(
                model="gpt-4o-mini",
                messages=[
                    {"role": "user", "content": f"Label this ticket: {ticket['text']}"}
                ],
            )`,
  ],
];

for (const [written, laidOut] of lines)
  test(`as black has it: ${written.trim()}`, () => {
    const indent = /^ */.exec(written)![0];
    for (const text of [written, laidOut]) {
      const [line] = [...logicalLines(text)];
      assert.equal(formatted(line!.tokens, indent, { unit: '    ', width: 88 }).join('\n'), laidOut);
    }
  });

const text = `from openai import OpenAI

client = OpenAI()


def ask(question: str, context: str) -> str:
    # The question comes last.
    response = client.responses.create(model="gpt-4o-mini", input=[context, question])
    return response.output_text
`;

test('a repair in a file that a formatter keeps has no line that it would part', async () => {
  const { retry } = defaultSettings;
  for (const lineWidth of [79, 88, 120])
    for (const write of ['backoff', 'helper', 'logLimits'] as const) {
      const known = { format: { formatter: 'black', lineWidth } as const };
      const changed = await repaired(text, (edit, { request }) => edit[write](request, retry), known);
      const long = changed.split('\n').filter((line) => line.length > lineWidth && !line.includes('"""'));
      // What no bracket holds can't be parted, nor are words.
      assert.deepEqual(
        long.filter((line) => !/^(\s*r?"[^"]*",?|[\s\w,.]*)$/.test(line)),
        [],
        write,
      );
      assert.ok(changed.includes('    # The question comes last.\n'));
    }
});

test('without a formatter lines stay as they come', async () => {
  const changed = await repaired(text, (edit, { request }) => edit.backoff(request, defaultSettings.retry));
  assert.ok(changed.split('\n').some((line) => line.length > 88));
});
