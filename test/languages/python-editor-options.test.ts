/** The SDK's own retries and ignore comments, as the Python editor writes them. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { backoff, ignore, sdkRetries } from './python-repair.ts';

const rest = '.chat.completions.create(model="m", messages=[])';

/** The line that changes, before and after. */
const atConstruction: readonly (readonly [before: string, after: string])[] = [
  ['OpenAI()', 'OpenAI(max_retries=14)'],
  ['OpenAI(api_key="x")', 'OpenAI(api_key="x", max_retries=14)'],
  ['OpenAI(api_key="x",)', 'OpenAI(api_key="x", max_retries=14)'],
  ['OpenAI(max_retries=1)', 'OpenAI(max_retries=14)'],
  ['OpenAI(max_retries=count)', 'OpenAI(max_retries=14)'],
  [
    'OpenAI(\n    api_key="x",  # key\n    timeout=3\n)',
    'OpenAI(\n    api_key="x",  # key\n    timeout=3,\n    max_retries=14\n)',
  ],
  [
    'OpenAI(\n    api_key="x",\n    timeout=3,  # s\n)',
    'OpenAI(\n    api_key="x",\n    timeout=3,  # s\n    max_retries=14,\n)',
  ],
];

for (const [before, after] of atConstruction)
  test(`retries where the client is made: ${before}`, async () => {
    const text = (made: string) => `from openai import OpenAI\n\nclient = ${made}\nx = client${rest}\n`;
    assert.equal(await sdkRetries(text(before), 14), text(after));
  });

const elsewhere: readonly (readonly [before: string, after: string])[] = [
  [
    `client = OpenAI(**options)\nx = client${rest}\n`,
    `client = OpenAI(**options)\nx = client.with_options(max_retries=14)${rest}\n`,
  ],
  [
    `client = OpenAI()\nx = client.with_options(max_retries=1, timeout=3)${rest}\n`,
    `client = OpenAI()\nx = client.with_options(max_retries=14, timeout=3)${rest}\n`,
  ],
  [
    `client = OpenAI()\nother = client.with_options(max_retries=1)\nx = other${rest}\n`,
    `client = OpenAI()\nother = client.with_options(max_retries=14)\nx = other${rest}\n`,
  ],
  [
    `def f(client: OpenAI):\n    return client${rest}\n`,
    `def f(client: OpenAI):\n    return client.with_options(max_retries=14)${rest}\n`,
  ],
  [`x = OpenAI()${rest}\n`, `x = OpenAI(max_retries=14)${rest}\n`],
];

for (const [before, after] of elsewhere)
  test(`retries at the call: ${before.split('\n')[0]}`, async () => {
    const head = 'from openai import OpenAI\n\n';
    assert.equal(await sdkRetries(head + before, 14), head + after);
  });

test('retries of the module’s own client', async () => {
  assert.equal(
    await sdkRetries(`import openai as ai\nimport os\n\n\ndef f():\n    return ai${rest}\n`, 14),
    `import openai as ai\nimport os\n\nai.max_retries = 14\n\n\ndef f():\n    return ai${rest}\n`,
  );
  assert.equal(
    await sdkRetries(`import openai\nx = openai${rest}\n`, 14),
    `import openai\n\nopenai.max_retries = 14\n\nx = openai${rest}\n`,
  );
  assert.equal(
    await sdkRetries(`import openai\n\nopenai.max_retries = 1\nx = openai${rest}\n`, 14),
    `import openai\n\nopenai.max_retries = 14\nx = openai${rest}\n`,
  );
});

test('the SDK before 1.0 has no retries to set', async () => {
  assert.match(await sdkRetries('import openai\n\nx = openai.ChatCompletion.create(model="m")\n', 14), /^refused: /);
});

/** The text, and what it becomes when the finding on `f` is ignored. */
const lines: readonly (readonly [before: string, after: string])[] = [
  ['x = f(1)\n', 'x = f(1)  # rate-limit-guide: ignore[some-rule]\n'],
  ['x = f(1)', 'x = f(1)  # rate-limit-guide: ignore[some-rule]'],
  ['x = f(1)  \r\ny\r\n', 'x = f(1)  # rate-limit-guide: ignore[some-rule]\r\ny\r\n'],
  ['x = f(1)  # type: ignore\n', 'x = f(1)  # type: ignore  # rate-limit-guide: ignore[some-rule]\n'],
  [
    'x = f(1)  # rate-limit-guide: ignore[other] -- why\n',
    'x = f(1)  # rate-limit-guide: ignore[other, some-rule] -- why\n',
  ],
  ['# rate-limit-guide: ignore[other]\nx = f(1)\n', '# rate-limit-guide: ignore[other, some-rule]\nx = f(1)\n'],
  [
    'if a:\n    x = f( \\\n        1)\n',
    'if a:\n    # rate-limit-guide: ignore[some-rule]\n    x = f( \\\n        1)\n',
  ],
  ['x = \\\n    f(1)\n', 'x = \\\n    f(1)  # rate-limit-guide: ignore[some-rule]\n'],
  ['x = f("""\nabc""")\n', '# rate-limit-guide: ignore[some-rule]\nx = f("""\nabc""")\n'],
  ['x = f(1)  # rate-limit-guide: ignore\n', 'refused: It is ignored already.'],
  ['x = f(1)  # rate-limit-guide: ignore[some-rule]\n', 'refused: It is ignored already.'],
  ['x = 1 + \\\n    f(1) + \\\n    2\n', 'refused: No comment can stand on this line or above it.'],
  ['x = """\n""" + f("""\n""")\n', 'refused: No comment can stand on this line or above it.'],
];

for (const [before, after] of lines)
  test(`ignore here: ${JSON.stringify(before)}`, () => {
    assert.equal(ignore(before, 'f(', ['some-rule'], 'line'), after);
  });

const files: readonly (readonly [before: string, after: string])[] = [
  ['x\n', '# rate-limit-guide: ignore-file\nx\n'],
  ['"""What it does."""\nx\n', '# rate-limit-guide: ignore-file\n"""What it does."""\nx\n'],
  [
    '#!/usr/bin/env python3\n# coding: utf-8\n# note\nx\n',
    '#!/usr/bin/env python3\n# coding: utf-8\n# rate-limit-guide: ignore-file\n# note\nx\n',
  ],
  ['\uFEFFx\r\n', '\uFEFF# rate-limit-guide: ignore-file\r\nx\r\n'],
  ['#!/usr/bin/env python3 x', '#!/usr/bin/env python3 x\n# rate-limit-guide: ignore-file'],
  ['# rate-limit-guide: ignore-file\nx\n', 'refused: The file is ignored already.'],
];

for (const [before, after] of files)
  test(`ignore the file: ${JSON.stringify(before)}`, () => {
    assert.equal(ignore(before, 'x', ['some-rule'], 'file'), after);
  });

test('an option that the call takes inside another one', async () => {
  const text = (args: string) => `import cohere\n\nco = cohere.Client()\nx = co.rerank(query=q, documents=d${args})\n`;
  assert.match(await backoff(text('')), /documents=d, request_options=\{"max_retries": 0\}\)/);
  assert.match(
    await backoff(text(', request_options={"timeout_in_seconds": 3}')),
    /request_options=\{"timeout_in_seconds": 3, "max_retries": 0\}\)/,
  );
  assert.match(await backoff(text(', request_options=o')), /^refused: `o` may say already/);
});

test('a client that is made for the call alone takes the option itself', async () => {
  const repaired = await backoff(`from openai import OpenAI\n\nx = OpenAI(timeout=3)${rest}\n`);
  assert.match(repaired, /\bOpenAI\(timeout=3, max_retries=0\)\.chat/);
});
