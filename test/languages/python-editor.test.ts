/** The retry that the Python editor writes, by the shape of the call. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { afterClient, backoff, tried } from './python-repair.ts';

const sync = 'from openai import OpenAI\n\nclient = OpenAI()\n\n\n';
const async = 'from openai import AsyncOpenAI\n\nclient = AsyncOpenAI()\n\n\n';

/** The request as it is and as it becomes. */
const call = 'client.chat.completions.create(model="m", messages=[])';
const off = 'client.with_options(max_retries=0).chat.completions.create(model="m", messages=[])';
const wrapped = 'with_backoff(client.with_options(max_retries=0).chat.completions.create)(model="m", messages=[])';
const wrappedAsync =
  'with_backoff_async(client.with_options(max_retries=0).chat.completions.create)(model="m", messages=[])';
const streaming = call.replace(')', ', stream=True)');
const streamingOff = off.replace('[])', '[], stream=True)');
const pause = 'await asyncio.sleep';

test('the whole file, with a statement in place', async () => {
  assert.equal(
    await backoff(`import os

from openai import OpenAI

client = OpenAI(api_key=os.environ["KEY"])


def ask(question):
    # One question, one answer.
    response = client.chat.completions.create(
        model="gpt-4o-mini",  # small
        messages=[{"role": "user", "content": question}],
    )  # the request
    return response.choices[0].message.content
`),
    `import os
import random
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


client = OpenAI(api_key=os.environ["KEY"])


def ask(question):
    # One question, one answer.
    started = time.monotonic()
    attempt = 0
    while True:
        try:
            response = client.with_options(max_retries=0).chat.completions.create(
                model="gpt-4o-mini",  # small
                messages=[{"role": "user", "content": question}],
            )  # the request
            break
        except (RateLimitError, InternalServerError, APIConnectionError) as error:
            attempt += 1
            delay = retry_delay(error, attempt, started)
            if delay is None:
                raise
            time.sleep(delay)
    return response.choices[0].message.content
`,
  );
});

test('the helper for a call without room', async () => {
  const repaired = await backoff(`${sync}answers = [${call} for _ in range(3)]\n`);
  assert.ok(repaired.includes('from typing import Any, Callable, TypeVar, cast\n'));
  assert.ok(
    repaired.includes(`

Call = TypeVar("Call", bound=Callable[..., Any])


def with_backoff(call: Call) -> Call:
    """Make a call send its request again, with exponential backoff, when it meets a rate limit."""

    def send(*args: Any, **kwargs: Any) -> Any:
        started = time.monotonic()
        attempt = 0
        while True:
            try:
                return call(*args, **kwargs)
            except (RateLimitError, InternalServerError, APIConnectionError) as error:
                attempt += 1
                delay = retry_delay(error, attempt, started)
                if delay is None:
                    raise
                time.sleep(delay)

    return cast(Call, send)


client = OpenAI()
`),
    repaired,
  );
});

test('the helper for coroutines', async () => {
  const repaired = await backoff(`${async}starts = [${call} for _ in range(3)]\n`);
  assert.ok(
    repaired.includes(`
def with_backoff_async(call: Call) -> Call:
    """Make an awaited call send its request again, with exponential backoff, when it meets a rate limit."""

    async def send(*args: Any, **kwargs: Any) -> Any:
        started = time.monotonic()
        attempt = 0
        while True:
            try:
                return await call(*args, **kwargs)
            except (RateLimitError, InternalServerError, APIConnectionError) as error:
                attempt += 1
                delay = retry_delay(error, attempt, started)
                if delay is None:
                    raise
                await asyncio.sleep(delay)

    return cast(Call, send)
`),
    repaired,
  );
});

type Row = readonly [title: string, before: string, after: string];

/** Everything after the line that makes the client. */
const inPlace: readonly Row[] = [
  ['expression statement', `${call}\n`, tried(off)],
  ['assignment', `x = ${call}\n`, tried(`x = ${off}`)],
  ['part of the answer', `x = ${call}.choices[0].message.content\n`, tried(`x = ${off}.choices[0].message.content`)],
  ['unpacking', `a, (b, *c) = ${call}.choices, (1, 2)\n`, tried(`a, (b, *c) = ${off}.choices, (1, 2)`)],
  ['chain of targets', `a = b.c[0] = ${call}\n`, tried(`a = b.c[0] = ${off}`)],
  ['annotation', `x: object = ${call}\n`, tried(`x: object = ${off}`)],
  ['augmented', `total += ${call}.usage.total_tokens\n`, tried(`total += ${off}.usage.total_tokens`)],
  ['walrus', `(x := ${call})\n`, tried(`(x := ${off})`)],
  ['one of two', `x = cached or ${call}\n`, tried(`x = cached or ${off}`)],
  ['pure call round it', `x = str(${call}.choices[0])\n`, tried(`x = str(${off}.choices[0])`)],
  ['brackets', `x = (\n    ${call}\n)\n`, tried(`x = (\n    ${off}\n)`)],
  ['backslash', `x = \\\n    ${call}\n`, tried(`x = \\\n    ${off}`)],
  ['type comment', `x = ${call}  # type: ignore\n`, tried(`x = ${off}  # type: ignore`)],
  [
    'raw response',
    `x = ${call.replace('create', 'with_raw_response.create')}\n`,
    tried(`x = ${off.replace('create', 'with_raw_response.create')}`),
  ],
  ['stream kept', `x = ${streaming}\n`, tried(`x = ${streamingOff}`)],
  [
    'one page of a list',
    'x = client.models.list().data\n',
    tried('x = client.with_options(max_retries=0).models.list().data'),
  ],
  [
    'return',
    `def f():\n    return ${call}\n`,
    `def f():\n${tried(`return ${off}`, { indent: '    ', leaves: 'return' })}`,
  ],
  [
    'in a branch',
    `if a:\n    x = ${call}\nelse:\n    y = 1\n`,
    `if a:\n${tried(`x = ${off}`, { indent: '    ' })}else:\n    y = 1\n`,
  ],
  [
    'in else',
    `for a in b:\n    pass\nelse:\n    x = ${call}\n`,
    `for a in b:\n    pass\nelse:\n${tried(`x = ${off}`, { indent: '    ' })}`,
  ],
  [
    'in finally',
    `try:\n    pass\nfinally:\n    x = ${call}\n`,
    `try:\n    pass\nfinally:\n${tried(`x = ${off}`, { indent: '    ' })}`,
  ],
  [
    'in a case',
    `match a:\n    case 1:\n        x = ${call}\n`,
    `match a:\n    case 1:\n${tried(`x = ${off}`, { indent: '        ' })}`,
  ],
  [
    'method',
    `class A:\n    def f(self):\n        self.x = ${call}\n`,
    `class A:\n    def f(self):\n${tried(`self.x = ${off}`, { indent: '        ' })}`,
  ],
  [
    'nested function',
    `def f():\n    def g():\n        return ${call}\n`,
    `def f():\n    def g():\n${tried(`return ${off}`, { indent: '        ', leaves: 'return' })}`,
  ],
  [
    'loop over a stream',
    `for c in ${streaming}:\n    print(c)\n`,
    `${tried(`stream = ${streamingOff}`)}for c in stream:\n    print(c)\n`,
  ],
  [
    'numbered stream',
    `for i, c in enumerate(${streaming}):\n    print(c)\n`,
    `${tried(`stream = ${streamingOff}`)}for i, c in enumerate(stream):\n    print(c)\n`,
  ],
  [
    'stream in with',
    `with ${streaming} as s:\n    print(s)\n`,
    `${tried(`stream = ${streamingOff}`)}with stream as s:\n    print(s)\n`,
  ],
  [
    'synchronous in async def',
    `async def f():\n    x = ${call}\n`,
    `async def f():\n${tried(`x = ${off}`, { indent: '    ', sleep: pause })}`,
  ],
  [
    'synchronous in async def, nested',
    `async def f():\n    print(${call})\n`,
    `async def f():\n${tried(`response = ${off}`, { indent: '    ', sleep: pause })}    print(response)\n`,
  ],
  [
    'synchronous in async def, condition',
    `async def f():\n    if ${call}.choices:\n        pass\n`,
    `async def f():\n${tried(`response = ${off}`, { indent: '    ', sleep: pause })}    if response.choices:\n        pass\n`,
  ],
  ['answers run over', `x = [e.embedding for e in ${call}.data]\n`, tried(`x = [e.embedding for e in ${off}.data]`)],
  [
    'synchronous in async def, with more',
    `async def f():\n    x = a[0] + ${call}.b\n`,
    `async def f():\n${tried(`x = a[0] + ${off}.b`, { indent: '    ', sleep: pause })}`,
  ],
];

const inPlaceAsync: readonly Row[] = [
  [
    'await',
    `async def f():\n    x = await ${call}\n`,
    `async def f():\n${tried(`x = await ${off}`, { indent: '    ', sleep: pause })}`,
  ],
  [
    'await in brackets',
    `async def f():\n    x = (await ${call}).choices\n`,
    `async def f():\n${tried(`x = (await ${off}).choices`, { indent: '    ', sleep: pause })}`,
  ],
  [
    'return await',
    `async def f():\n    return await ${call}\n`,
    `async def f():\n${tried(`return await ${off}`, { indent: '    ', sleep: pause, leaves: 'return' })}`,
  ],
  [
    'async for',
    `async def f():\n    async for c in await ${streaming}:\n        print(c)\n`,
    `async def f():\n${tried(`stream = await ${streamingOff}`, { indent: '    ', sleep: pause })}    async for c in stream:\n        print(c)\n`,
  ],
];

const wraps: readonly Row[] = [
  ['nested call', `print(${call}.choices)\n`, `print(${wrapped}.choices)\n`],
  ['comprehension', `[${call} for _ in a]\n`, `[${wrapped} for _ in a]\n`],
  ['generator expression', `x = list(${call} for _ in a)\n`, `x = list(${wrapped} for _ in a)\n`],
  ['lambda', `f = lambda: ${call}\n`, `f = lambda: ${wrapped}\n`],
  ['f-string', `x = f"{show(${call.replaceAll('"', "'")})}"\n`, `x = f"{show(${wrapped.replaceAll('"', "'")})}"\n`],
  ['condition', `if ${call}.choices:\n    pass\n`, `if ${wrapped}.choices:\n    pass\n`],
  ['elif', `if a:\n    pass\nelif ${call}:\n    pass\n`, `if a:\n    pass\nelif ${wrapped}:\n    pass\n`],
  ['while', `while ${call}:\n    pass\n`, `while ${wrapped}:\n    pass\n`],
  ['walrus in a condition', `while x := ${call}:\n    pass\n`, `while x := ${wrapped}:\n    pass\n`],
  ['assert', `assert ${call}\n`, `assert ${wrapped}\n`],
  ['yield', `def f():\n    yield ${call}\n`, `def f():\n    yield ${wrapped}\n`],
  ['default', `def f(x=${call}):\n    pass\n`, `def f(x=${wrapped}):\n    pass\n`],
  ['decorator', `@note(${call})\ndef f():\n    pass\n`, `@note(${wrapped})\ndef f():\n    pass\n`],
  ['class body', `class A:\n    x = ${call}\n`, `class A:\n    x = ${wrapped}\n`],
  [
    'class body, in a branch',
    `class A:\n    if a:\n        x = ${call}\n`,
    `class A:\n    if a:\n        x = ${wrapped}\n`,
  ],
  [
    'stream run over',
    `x = [c for c in ${streaming}]\n`,
    `x = [c for c in ${wrapped.replace('[])', '[], stream=True)')}]\n`,
  ],
  [
    'second loop of a comprehension',
    `x = [b for a in c for b in ${call}.data]\n`,
    `x = [b for a in c for b in ${wrapped}.data]\n`,
  ],
  ['one line', `if a: x = ${call}\n`, `if a: x = ${wrapped}\n`],
  ['semicolon', `a = 1; x = ${call}\n`, `a = 1; x = ${wrapped}\n`],
  ['chained comparison', `x = a < f() < ${call}.created\n`, `x = a < f() < ${wrapped}.created\n`],
  ['short circuit behind a call', `x = f() or ${call}\n`, `x = f() or ${wrapped}\n`],
  [
    'arguments that do something',
    `x = ${call.replace('[]', 'history.pop()')}\n`,
    `x = ${wrapped.replace('[]', 'history.pop()')}\n`,
  ],
  [
    'arguments that use up an iterator',
    `x = ${call.replace('[]', '[m for m in stream()]')}\n`.replace('stream()', 'queue'),
    `x = ${wrapped.replace('[]', '[m for m in queue]')}\n`,
  ],
  ['a stream run over', `x = list(${streaming})\n`, `x = list(${wrapped.replace('[])', '[], stream=True)')})\n`],
  [
    'several lines',
    `print(\n    client.chat.completions.create(\n        model="m",  # type: ignore\n        messages=[],\n    )\n)\n`,
    `print(\n    with_backoff(client.with_options(max_retries=0).chat.completions.create)(\n        model="m",  # type: ignore\n        messages=[],\n    )\n)\n`,
  ],
];

const wrapsAsync: readonly Row[] = [
  [
    'await in a comprehension',
    `async def f():\n    return [await ${call} for _ in a]\n`,
    `async def f():\n    return [await ${wrappedAsync} for _ in a]\n`,
  ],
  [
    'started together',
    `async def f():\n    return await gather(*[${call} for _ in a])\n`,
    `async def f():\n    return await gather(*[${wrappedAsync} for _ in a])\n`,
  ],
  [
    'task',
    `async def f():\n    task = create_task(${call})\n`,
    `async def f():\n    task = create_task(${wrappedAsync})\n`,
  ],
  ['coroutine given back', `def f():\n    return ${call}\n`, `def f():\n    return ${wrappedAsync}\n`],
];

for (const [head, rows] of [
  [sync, inPlace],
  [async, inPlaceAsync],
  [sync, wraps],
  [async, wrapsAsync],
] as const)
  for (const [title, before, after] of rows)
    test(`${rows === wraps || rows === wrapsAsync ? 'wrapped' : 'in place'}: ${title}`, async () => {
      assert.equal(afterClient(await backoff(head + before)), after);
    });

test('entering a context manager is tried, its block is not', async () => {
  assert.equal(
    afterClient(
      await backoff(
        `${sync}with open("log") as log, client.responses.stream(\n    model="m",\n    input="x",\n) as events:\n    # One after another.\n    for event in events:\n        print(event, file=log)\n`,
      ),
    ),
    `with open("log") as log, contextlib.ExitStack() as stack:\n    # One after another.\n${tried(
      'events = stack.enter_context(client.with_options(max_retries=0).responses.stream(\n    model="m",\n    input="x",\n))',
      { indent: '    ' },
    )}    for event in events:\n        print(event, file=log)\n`,
  );
  assert.equal(
    afterClient(
      await backoff(
        `${async}async def f():\n    async with client.responses.stream(model="m", input="x") as events:\n        pass\n`,
      ),
    ),
    `async def f():\n    async with contextlib.AsyncExitStack() as stack:\n${tried(
      'events = await stack.enter_async_context(client.with_options(max_retries=0).responses.stream(model="m", input="x"))',
      { indent: '        ', sleep: pause },
    )}        pass\n`,
  );
});

const refusals: readonly (readonly [text: string, why: RegExp])[] = [
  [`${sync}run = client.beta.threads.runs.create_and_poll(thread_id="t", assistant_id="a")\n`, /several requests/],
  [`${sync}for model in client.models.list():\n    print(model)\n`, /further pages/],
  [`${sync}events = client.responses.stream(model="m", input="x")\n`, /opened/],
  [`${sync}with client.responses.stream(model="m", input=ask()) as events:\n    pass\n`, /no room/],
  [`${sync}async def f():\n    print([${call} for _ in a])\n`, /event loop/],
  [`${sync}x = client.embeddings.create(model="m", input=(f(a) for a in b))\n`, /iterator/],
  [`${sync}x = ${call.replace(')', ', response_model=A)')}\n`, /response_model/],
  [`${sync}chat = client.chat\nx = chat.completions.create(model="m", messages=[])\n`, /part of the client/],
  [`import openai\n\nx = openai.chat.completions.create(model="m", messages=[])\n`, /make a client/],
  [`from app.llm import client\n\nx = ${call}\n`, /does not import/],
  [`${sync}def f(:\n    return ${call}\n`, /syntax error/],
  [`import os.\n${sync}x = ${call}\n`, /imports of this file/],
];

for (const [text, why] of refusals)
  test(`refused: ${why.source}`, async () => {
    assert.match(await backoff(text), new RegExp(`^refused: .*${why.source}`));
  });

test('the SDK before 1.0', async () => {
  assert.equal(
    (await backoff('import openai\n\nx = openai.ChatCompletion.create(model="m", messages=[])\n'))
      .split('\n\n\n')
      .at(-1),
    tried('x = openai.ChatCompletion.create(model="m", messages=[])', { errorClass: 'openai.error.RateLimitError' }),
  );
});

test('retries that are switched off already are not switched off again, and sent no other faults again', async () => {
  const repaired = await backoff(`from openai import OpenAI\n\nclient = OpenAI(max_retries=0)\n\n\nx = ${call}\n`);
  assert.equal(afterClient(repaired), tried(`x = ${call}`, { errorClass: 'RateLimitError' }));
  assert.match(repaired, /if attempt >= 7 or headers/);
  assert.ok(!repaired.includes('Other faults'), repaired);
});

test('options at the call get one more', async () => {
  const derived = (options: string) =>
    `x = client.with_options(${options}).chat.completions.create(model="m", messages=[])`;
  assert.equal(
    afterClient(await backoff(`${sync}${derived('timeout=5')}\n`)),
    tried(derived('timeout=5, max_retries=0')),
  );
  assert.equal(afterClient(await backoff(`${sync}${derived('max_retries=2')}\n`)), tried(derived('max_retries=0')));
  assert.equal(
    afterClient(await backoff(`${sync}${derived('**options')}\n`)),
    tried(derived('**options').replace('.chat', '.with_options(max_retries=0).chat')),
  );
});
