/** What the Python editor leaves as it is in a file: its layout, its imports, its names, earlier repairs. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { fixAll } from '../../src/core/fixAll.ts';
import { defaultSettings } from '../../src/core/settings.ts';
import type { Request } from '../../src/core/verdict.ts';
import { analyze, preferred } from '../engine.ts';
import { afterClient, backoff, requestsIn, tried } from './python-repair.ts';

const call = 'client.chat.completions.create(model="m", messages=[])';
const off = 'client.with_options(max_retries=0).chat.completions.create(model="m", messages=[])';

/** The lines before the first helper. */
function head(text: string): string {
  return text.slice(0, text.indexOf('\n\n\ndef '));
}

test('CRLF, BOM and a missing last line end stay', async () => {
  const text = `\uFEFFfrom openai import OpenAI\r\n\r\nclient = OpenAI()\r\n\r\n\r\nx = ${call}`;
  const repaired = await backoff(text);
  assert.ok(repaired.startsWith('\uFEFFimport random\r\n'));
  assert.deepEqual(repaired.match(/(?<!\r)\n/g), null);
  assert.equal(`${afterClient(repaired.replaceAll('\r\n', '\n'))}\n`, tried(`x = ${off}`));
});

test('tabs, single quotes and odd indentation stay', async () => {
  for (const unit of ['\t', '  ', '   ']) {
    const single = call.replaceAll('"', "'");
    const repaired = await backoff(
      `from openai import OpenAI\n\nclient = OpenAI()\n\n\ndef f(a):\n${unit}return ${single}\n`,
    );
    const loop = tried(`return ${off.replaceAll('"', "'")}`, { indent: '    ', leaves: 'return' });
    assert.equal(afterClient(repaired), `def f(a):\n${loop.replaceAll('    ', unit)}`);
    assert.ok(repaired.includes(`\n${unit}after = str(headers.get('retry-after'))\n`));
    assert.ok(!/^ {4}/m.test(repaired.replaceAll(unit === '\t' ? '' : unit, '')));
  }
});

test('the text of strings stays where it is', async () => {
  const statement =
    'x = client.chat.completions.create(\n    model="m",\n    messages=[\n        {"content": f"""Dear {\nname},\n  two\n"""},\n    \n        {"content": "one \\\ntwo"},\n    ],\n)';
  const repaired = await backoff(`from openai import OpenAI\n\nclient = OpenAI()\n\n\n${statement}\n`);
  const moved = statement
    .split('\n')
    .map((line, index) =>
      ['name},', '  two', '"""},', 'two"},', '    '].includes(line) || index === 0 ? line : `        ${line}`,
    )
    .join('\n')
    .replace('client.', 'client.with_options(max_retries=0).');
  assert.ok(repaired.includes(`    try:\n        ${moved}\n        break\n`), repaired);
});

test('an option on a line of its own moves with the others', async () => {
  const statement = 'x = client.with_options(\n    timeout=5,\n).chat.completions.create(model="m", messages=[])';
  const repaired = await backoff(`from openai import OpenAI\n\nclient = OpenAI()\n\n\n${statement}\n`);
  const moved = ['x = client.with_options(', '    timeout=5,', '    max_retries=0,', ').chat.'];
  assert.ok(repaired.includes(moved.map((line) => `        ${line}`).join('\n')), repaired);
});

test('the error classes of two SDKs get two names where both are repaired at once', async () => {
  const text = `from anthropic import Anthropic
from openai import OpenAI


def one(q):
    return OpenAI().responses.create(model="m", input=q)


def two(q):
    return Anthropic().messages.create(model="m", messages=q, max_tokens=9)
`;
  const fixed = await fixAll(text, async (now) => ({ fixes: preferred(await analyze('a.py', now)) }));
  const caught = [...fixed.text.matchAll(/except \((\w+), /g)].map(([, name]) => name);
  assert.equal(new Set(caught).size, 2, fixed.text);
});

test('nothing comes above what must come first', async () => {
  const first =
    '#!/usr/bin/env python3\n# -*- coding: utf-8 -*-\n"""What it does."""\n\nfrom __future__ import annotations\n';
  const repaired = await backoff(`${first}\nfrom openai import OpenAI\n\nclient = OpenAI()\nx = ${call}\n`);
  assert.equal(
    head(repaired),
    `${first}\nimport random\nimport re\nimport time\nfrom email.utils import mktime_tz, parsedate_tz\n\nfrom openai import APIConnectionError, InternalServerError, OpenAI, RateLimitError`,
  );
});

const imports: readonly (readonly [title: string, before: string, after: string])[] = [
  [
    'several lines with a comma',
    'import os\n\nfrom openai import (\n    APIError,\n    OpenAI,  # the client\n)',
    'import os\nimport random\nimport re\nimport time\nfrom email.utils import mktime_tz, parsedate_tz\n\nfrom openai import (\n    APIConnectionError,\n    APIError,\n    InternalServerError,\n    OpenAI,  # the client\n    RateLimitError,\n)',
  ],
  [
    'several lines without a comma',
    'from time import sleep\n\nfrom openai import (\n    OpenAI  # the client\n)',
    'import random\nimport re\nimport time\nfrom email.utils import mktime_tz, parsedate_tz\nfrom time import sleep\n\nfrom openai import (\n    APIConnectionError,\n    InternalServerError,\n    OpenAI,  # the client\n    RateLimitError\n)',
  ],
  [
    'the class is there',
    'import random, re\nimport time\nimport email.utils\nfrom openai import OpenAI, RateLimitError as TooFast',
    'import random, re\nimport time\nimport email.utils\nfrom openai import APIConnectionError, InternalServerError, OpenAI, RateLimitError as TooFast',
  ],
  [
    'names in order',
    'import random\nimport re\nimport time\nfrom email.utils import parsedate_tz\nfrom openai import (\n    OpenAI,\n    Stream\n)',
    'import random\nimport re\nimport time\nfrom email.utils import mktime_tz, parsedate_tz\nfrom openai import (\n    APIConnectionError,\n    InternalServerError,\n    OpenAI,\n    RateLimitError,\n    Stream\n)',
  ],
  [
    'an old rest under a star',
    'import random\nfrom openai import *',
    'import random\nfrom openai import *\nimport re\nimport time\nfrom email.utils import mktime_tz, parsedate_tz\nfrom openai import APIConnectionError, InternalServerError, RateLimitError',
  ],
  [
    'optional',
    'try:\n    from openai import OpenAI\nexcept ImportError:\n    OpenAI = None',
    'try:\n    from openai import APIConnectionError, InternalServerError, OpenAI, RateLimitError\nexcept ImportError:\n    OpenAI = None\n\nimport random\nimport re\nimport time\nfrom email.utils import mktime_tz, parsedate_tz',
  ],
  [
    'a comment above',
    '# Licence of this file.\n\n# Packages\nfrom openai import OpenAI  # noqa',
    '# Licence of this file.\n\nimport random\nimport re\nimport time\nfrom email.utils import mktime_tz, parsedate_tz\n\n# Packages\nfrom openai import APIConnectionError, InternalServerError, OpenAI, RateLimitError  # noqa',
  ],
];

for (const [title, before, after] of imports)
  test(`imports: ${title}`, async () => {
    const repaired = await backoff(`${before}\n\nclient = OpenAI()\nx = ${call}\n`);
    assert.equal(head(repaired), after);
    if (title === 'the class is there')
      assert.match(repaired, /except \(TooFast, InternalServerError, APIConnectionError\) as error:/);
  });

test('names for the helper come in order', async () => {
  const repaired = await backoff(
    `from typing import Any, Optional, Union\n\nfrom openai import OpenAI\n\nclient = OpenAI()\nx = [${call} for _ in a]\n`,
  );
  assert.match(repaired, /^from typing import Any, Callable, Optional, TypeVar, Union, cast$/m);
  const lines = await backoff(
    `from typing import (\n    Optional,\n    Union  # both\n)\n\nfrom openai import OpenAI\n\nclient = OpenAI()\nx = [${call} for _ in a]\n`,
  );
  assert.ok(
    lines.includes(
      'from typing import (\n    Any,\n    Callable,\n    Optional,\n    TypeVar,\n    Union,  # both\n    cast\n)\n',
    ),
    lines,
  );
});

test('for types alone is not at run time', async () => {
  const repaired = await backoff(
    `from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from openai import OpenAI\n\n\ndef f(client: "OpenAI"):\n    return ${call}\n`,
  );
  assert.match(
    head(repaired),
    /\n {4}from openai import OpenAI\n\nfrom openai import APIConnectionError, InternalServerError, RateLimitError$/,
  );
});

test('an import inside the function gets the class', async () => {
  const repaired = await backoff(
    `def f():\n    from openai import OpenAI\n    client = OpenAI()\n    return ${call}\n`,
  );
  assert.match(repaired, /\n {4}from openai import APIConnectionError, InternalServerError, OpenAI, RateLimitError\n/);
  assert.ok(!/^from openai/m.test(repaired));
});

test('an import in another function is made where it is needed', async () => {
  const text = (statement: string) =>
    `class A:\n    def __init__(self):\n        from openai import OpenAI\n        self.client = OpenAI()\n\n    def f(self, a):\n${statement}`;
  const self = call.replace('client', 'self.client');
  const repaired = await backoff(text(`        return ${self}\n`));
  assert.ok(
    repaired.endsWith(
      `    def f(self, a):\n        from openai import APIConnectionError, InternalServerError, RateLimitError\n${tried(`return ${off.replace('client', 'self.client')}`, { indent: '        ', leaves: 'return' })}`,
    ),
    repaired,
  );
  assert.ok(!/^from openai/m.test(repaired));

  const wrapped = await backoff(text(`        return [${self} for _ in a]\n`));
  assert.match(
    wrapped,
    /rate limit\."""\n {4}from openai import APIConnectionError, InternalServerError, RateLimitError\n\n {4}def send\(/,
  );
  assert.match(wrapped, /\n {12}except \(RateLimitError, InternalServerError, APIConnectionError\) as error:\n/);
  assert.ok(!/^from openai/m.test(wrapped));
});

test('the module is used where it is imported whole, and not where it is hidden', async () => {
  const used = await backoff(`import openai as ai\n\nclient = ai.OpenAI()\nx = ${call}\n`);
  assert.match(used, /except \(ai\.RateLimitError, ai\.InternalServerError, ai\.APIConnectionError\) as error:/);
  const hidden = await backoff(
    'import openai\n\nopenai = openai.OpenAI()\nx = openai.chat.completions.create(model="m", messages=[])\n',
  );
  assert.match(hidden, /^import openai\nfrom openai import APIConnectionError, InternalServerError, RateLimitError$/m);
  assert.match(hidden, /except \(RateLimitError, InternalServerError, APIConnectionError\) as error:/);
  const local = await backoff(`import openai\n\n\ndef f(openai, client=openai.OpenAI()):\n    return ${call}\n`);
  assert.match(local, /except \(RateLimitError, InternalServerError, APIConnectionError\) as error:/);
});

test('modules under other names', async () => {
  const repaired = await backoff(
    `import asyncio as aio\nimport random as rnd\nimport time as t\nfrom openai import AsyncOpenAI\n\nclient = AsyncOpenAI()\n\n\nasync def f():\n    return await ${call}\n`,
  );
  assert.match(repaired, /started = t\.monotonic\(\)/);
  assert.match(repaired, /rnd\.uniform\(/);
  assert.match(repaired, /await aio\.sleep\(delay\)/);
});

test('taken names are neither hidden nor bound again', async () => {
  const repaired = await backoff(
    `from time import sleep, time\nfrom openai import OpenAI\n\nclient = OpenAI()\nerror = None\n\n\ndef f(attempt, random, retry_delay):\n    def started():\n        return delay\n\n    x = ${call}\n    return x, attempt\n`,
  );
  assert.match(repaired, /^import random as random_module$/m);
  assert.match(repaired, /^import time as time_module$/m);
  assert.match(repaired, /^def retry_delay_2\(/m);
  assert.ok(
    repaired.endsWith(`
    started_2 = time_module.monotonic()
    attempt_2 = 0
    while True:
        try:
            x = ${off}
            break
        except (RateLimitError, InternalServerError, APIConnectionError) as error_2:
            attempt_2 += 1
            delay_2 = retry_delay_2(error_2, attempt_2, started_2)
            if delay_2 is None:
                raise
            sleep(delay_2)
    return x, attempt
`),
    repaired,
  );
});

test('names of other functions and of fields are free', async () => {
  const repaired = await backoff(
    `from openai import OpenAI\n\nclient = OpenAI()\n\n\nclass A:\n    error: str = ""\n\n    def started(self, attempt):\n        delay = attempt\n        return delay\n\n\nx = ${call}\n`,
  );
  assert.ok(repaired.endsWith(`\n\n\n${tried(`x = ${off}`)}`), repaired);
});

test('a class of the same name as the error’s stays', async () => {
  const repaired = await backoff(
    `from openai import OpenAI\n\nclient = OpenAI()\n\n\nclass RateLimitError(Exception):\n    pass\n\n\nx = ${call}\n`,
  );
  assert.match(
    repaired,
    /^from openai import APIConnectionError, InternalServerError, OpenAI, RateLimitError as OpenAIRateLimitError$/m,
  );
  assert.match(repaired, /except \(OpenAIRateLimitError, InternalServerError, APIConnectionError\) as error:/);
});

test('a second repair uses what the first one wrote', async () => {
  const text = `from openai import OpenAI\n\nclient = OpenAI()\n\n\ndef f():\n    a = ${call}\n    b = ${call}\n    return [a, b, *(${call} for _ in range(2)), show(${call})]\n`;
  let repaired = text;
  for (let open = await unprotected(repaired); open.length > 0; open = await unprotected(repaired))
    repaired = await backoff(repaired, (requests) => requests.find(({ at }) => open.includes(at.start))!);
  assert.equal(repaired.match(/^def retry_delay/gm)?.length, 1);
  assert.equal(repaired.match(/^def with_backoff/gm)?.length, 1);
  assert.equal(repaired.match(/^(?:import|from) /gm)?.length, 6);
  assert.equal(repaired.match(/ {4}attempt = 0\n/g)?.length, 3);
  assert.equal(repaired.match(/with_backoff\(client/g)?.length, 2);
});

test('a second wrapper goes below the first helpers and shares their type', async () => {
  const text = `from openai import AsyncOpenAI, OpenAI\n\nsync = OpenAI()\nclient = AsyncOpenAI()\nx = [${call.replace('client', 'sync')} for _ in a]\ny = [${call} for _ in a]\n`;
  const repaired = await backoff(
    await backoff(text),
    (requests) => requests.find(({ text }) => text.startsWith('client'))!,
  );
  assert.deepEqual(
    Array.from(repaired.matchAll(/^(?:def|class|import|from|\w+ =).*$/gm), ([line]) => line.slice(0, 42)),
    [
      'import asyncio',
      'import random',
      'import re',
      'import time',
      'from email.utils import mktime_tz, parseda',
      'from typing import Any, Callable, TypeVar,',
      'from openai import APIConnectionError, Asy',
      'def retry_delay(error: Exception, attempt:',
      'Call = TypeVar("Call", bound=Callable[...,',
      'def with_backoff(call: Call) -> Call:',
      'def with_backoff_async(call: Call) -> Call',
      'sync = OpenAI()',
      'client = AsyncOpenAI()',
      'x = [with_backoff(sync.with_options(max_re',
      'y = [with_backoff_async(client.with_option',
    ],
  );
  assert.ok(!/\n{4}/.test(repaired), repaired);
});

test('a helper serves another SDK where it tells its errors apart', async () => {
  const text = (clients: string, calls: string) => `from openai import OpenAI\n${clients}\nclient = OpenAI()\n${calls}`;
  const last = (requests: readonly Request[]) => requests.at(-1)!;
  const helpers = async (clients: string, calls: string) => {
    const repaired = await backoff(await backoff(text(clients, calls)), last);
    return repaired.match(/^def retry_delay\w*|delay = retry_delay\w*/gm);
  };
  const cohere = 'import cohere\n\nother = cohere.ClientV2()';
  const cohereCall = 'y = other.chat(model="m", messages=[])\n';
  assert.deepEqual(await helpers(cohere, `x = ${call}\n${cohereCall}`), [
    'def retry_delay',
    'delay = retry_delay',
    'delay = retry_delay',
  ]);
  // Made for 429s alone, it would send other faults too often.
  assert.deepEqual(await helpers(cohere, `${cohereCall}x = ${call}\n`), [
    'def retry_delay',
    'def retry_delay_2',
    'delay = retry_delay',
    'delay = retry_delay_2',
  ]);
  // Google's errors don't say their status so.
  const google = 'import google.generativeai as genai\n\nother = genai.GenerativeModel("m")';
  assert.deepEqual(await helpers(google, `x = ${call}\ny = other.generate_content("x")\n`), [
    'def retry_delay',
    'def retry_delay_2',
    'delay = retry_delay',
    'delay = retry_delay_2',
  ]);
});

test('few attempts are the bound for every fault', async () => {
  const text = `from openai import OpenAI\n\nclient = OpenAI()\nx = ${call}\n`;
  const few = await backoff(text, ([request]) => request!, { ...defaultSettings.retry, maxAttempts: 3 });
  assert.match(few, /\n {4}if attempt >= 3 or headers/);
  const more = await backoff(text, ([request]) => request!, { ...defaultSettings.retry, maxAttempts: 4 });
  assert.match(more, /\n {4}attempts = 4 if .* else 3\n {4}if attempt >= attempts or headers/);
});

test('a helper further down than a call at the top level is not used', async () => {
  const text = `from openai import OpenAI\n\nclient = OpenAI()\na = ${call}\nimport json\nb = ${call}\n`;
  const second = await backoff(text, (requests) => requests[1]!);
  assert.match(await backoff(second), /^refused: .*further down/);
});

/** Where the requests stand that nothing protects yet. */
async function unprotected(text: string): Promise<readonly number[]> {
  const requests = await requestsIn(text);
  return requests.filter(({ client }) => client.retries.k === 'default').map(({ at }) => at.start);
}
