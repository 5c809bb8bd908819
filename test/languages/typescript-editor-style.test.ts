/** What the repairs of TypeScript and JavaScript keep of a file: layout, line ends, names, imports, directives. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apply } from '../../src/core/edit.ts';
import { backoff, backoffAll, call, head, loop, once, withoutHelpers } from './typescript-repair.ts';

const statement = (name = 'r') => `const ${name} = await ${call};\n`;

test('Tabs', () => {
  const text = `${head}async function f(q: string) {\n\t${statement()}}\n`;
  const expected = loop(`r = await ${once};`).replaceAll('  ', '\t');
  assert.equal(withoutHelpers(backoff(text)), `${head}async function f(q: string) {\n\tlet r;\n${expected}}\n`);
});

test('Four spaces, double quotes, no semicolons, arrows without brackets', () => {
  const text = `import OpenAI from "openai"\nconst client = new OpenAI()\n\nconst f = async q => {\n    const r = await client.responses.create({ model: "m", input: q })\n    ;[r].forEach(show)\n}\n`;
  const repaired = backoff(text, { path: 'a.js' });
  assert.match(
    repaired,
    /\n {4}let r\n {4}for \(let attempt = 1, started = Date\.now\(\); ; attempt\+\+\) \{\n {8}try \{\n/,
  );
  assert.match(repaired, /\n {12}r = await .*\{ maxRetries: 0 \}\)\n {12}break\n/);
  assert.match(repaired, /await new Promise\(resolve => setTimeout\(resolve, delay\)\)\n/);
  assert.match(repaired, /\n {4};\[r\]\.forEach\(show\)\n/);
  assert.match(repaired, /headers\.get\("retry-after-ms"\)/);
  assert.doesNotMatch(repaired, /;$|'/m);
});

test('CRLF and the BOM', () => {
  const text = `\uFEFF${head}${statement()}`.replaceAll('\n', '\r\n');
  const repaired = backoff(text);
  assert.ok(repaired.startsWith('\uFEFFimport'));
  assert.doesNotMatch(repaired, /[^\r]\n/);
});

test('No newline at the end of the file', () => {
  const repaired = backoff(`${head}await ${call}`);
  assert.ok(repaired.endsWith('\n}'));
});

test('The shebang and directives stay first', () => {
  const start = "#!/usr/bin/env node\n'use strict';\nconst OpenAI = require('openai');\nconst client = new OpenAI();\n";
  assert.ok(backoff(`${start}const f = (q) => ${call};\n`, { path: 'a.cjs' }).startsWith(start));
});

test('JavaScript gets no types', () => {
  const repaired = backoffAll(
    `${head}const f = (q) => ${call};\nasync function g(q) {\n  return ${call};\n}\n`,
    'a.js',
  );
  assert.match(repaired, /async function withBackoff\(request\) \{/);
  assert.match(repaired, /function retryDelay\(error, attempt, started\) \{/);
});

test('In JavaScript a variable that a closure reads is assigned in place', () => {
  const repaired = backoff(`${head}async function f(q) {\n  ${statement()}  return () => r;\n}\n`, { path: 'a.js' });
  assert.match(repaired, /let r;\n {2}for \(let attempt/);
});

test('Taken names are left alone', () => {
  const text = `${head}async function f(q: string, error: string, delay: number) {\n  for (let attempt = 0; ; attempt++) {\n    const started = 1;\n    await client.responses.create({ model: 'm', input: q + error + delay + attempt + started });\n  }\n}\nexport const retryDelay = 1;\n`;
  const repaired = backoff(text);
  assert.match(repaired, /for \(let attemptNumber = 1, startedAt = Date\.now\(\); ; attemptNumber\+\+\)/);
  assert.match(
    repaired,
    /catch \(requestError\) \{\n {8}const milliseconds = rateLimitDelay\(requestError, attemptNumber, startedAt\);/,
  );
  assert.match(repaired, /function rateLimitDelay\(/);
});

test('Globals that the file shadows are reached through globalThis', () => {
  const text = `import { setTimeout } from 'node:timers/promises';\nimport { Headers } from 'node-fetch';\n${head}async function f(q: string, Date: string) {\n  await ${call};\n  await setTimeout(1);\n}\n`;
  const repaired = backoff(text);
  assert.match(repaired, /started = globalThis\.Date\.now\(\)/);
  assert.match(repaired, /globalThis\.setTimeout\(resolve, delay\)/);
  assert.match(
    repaired,
    /type Init = ConstructorParameters<typeof globalThis\.Headers>\[0\];\n {2}const headers = new globalThis\.Headers\(error\.headers as Init\);/,
  );
});

/** The import lines (or the start) before a call of a client from elsewhere, after the repair, and the class in the helper. */
const imports: readonly (readonly [string, string, string])[] = [
  ["import OpenAI from 'openai';", '', 'OpenAI.APIError'],
  ["import OpenAI, { toFile } from 'openai';", '', 'OpenAI.APIError'],
  ["import { OpenAI as Client } from 'openai';", '', 'Client.APIError'],
  ["import { AzureOpenAI } from 'openai';", '', 'AzureOpenAI.APIError'],
  ["import * as openai from 'openai';", '', 'openai.APIError'],
  ["import OpenAI = require('openai');", '', 'OpenAI.APIError'],
  ["const OpenAI = require('openai');", '', 'OpenAI.APIError'],
  ["const { OpenAI } = require('openai');", '', 'OpenAI.APIError'],
  ["const OpenAI = require('openai').default;", '', 'OpenAI.APIError'],
  ["const { default: OpenAI } = await import('openai');", '', 'OpenAI.APIError'],
  [
    "import type OpenAI from 'openai';",
    "import type OpenAI from 'openai';\nimport { APIError, APIConnectionError } from 'openai';",
    'APIError',
  ],
  ["import { toFile } from 'openai';", "import { toFile, APIError, APIConnectionError } from 'openai';", 'APIError'],
  [
    "import { type OpenAI, APIError } from 'openai';",
    "import { type OpenAI, APIError, APIConnectionError } from 'openai';",
    'APIError',
  ],
  [
    "import {\n  toFile, // uploads\n} from 'openai';",
    "import {\n  toFile,\n  APIError,\n  APIConnectionError, // uploads\n} from 'openai';",
    'APIError',
  ],
  [
    "import type { OpenAI } from 'openai';\nclass APIError {}",
    "import type { OpenAI } from 'openai';\nimport { APIError as OpenaiAPIError, APIConnectionError } from 'openai';\nclass APIError {}",
    'OpenaiAPIError',
  ],
  [
    "import { client } from './client';",
    "import { client } from './client';\nimport { APIError, APIConnectionError } from 'openai';",
    'APIError',
  ],
  [
    "const { client } = require('./client');",
    "const { client } = require('./client');\nconst { APIError, APIConnectionError } = require('openai');",
    'APIError',
  ],
];

for (const [before, after, name] of imports) {
  test(`Imports: ${before.replaceAll('\n', ' ')}`, () => {
    const repaired = backoff(`${before}\nexport const f = (q: string) => ${call};\n`);
    assert.ok(repaired.startsWith(`${after || before}\nexport const f`), repaired.slice(0, 300));
    assert.ok(repaired.includes(`(error instanceof ${name})`), repaired);
  });
}

/** A call's arguments before and after. */
const options: readonly (readonly [string, string])[] = [
  ["{ model: 'm' }", "{ model: 'm' }, { maxRetries: 0 }"],
  ["{ model: 'm' },", "{ model: 'm' }, { maxRetries: 0 },"],
  ['\n  body,\n', '\n  body,\n  { maxRetries: 0 },\n'],
  ['\n  body\n', '\n  body,\n  { maxRetries: 0 }\n'],
  ['body, undefined', 'body, { maxRetries: 0 }'],
  ['body, {}', 'body, { maxRetries: 0 }'],
  ['body, { timeout: 5 }', 'body, { timeout: 5, maxRetries: 0 }'],
  ['body, { maxRetries: 5, timeout: 5 }', 'body, { maxRetries: 0, timeout: 5 }'],
  ["body, { 'maxRetries': 5 }", "body, { 'maxRetries': 0 }"],
  ['body, { maxRetries }', 'body, { maxRetries: 0 }'],
  ['body, { maxRetries: 5, ...literal }', 'body, { ...literal, maxRetries: 0 }'],
  ['body, literal', 'body, { ...literal, maxRetries: 0 }'],
  ['body, {\n  timeout: 5, // seconds\n}', 'body, {\n  timeout: 5, // seconds\n  maxRetries: 0,\n}'],
  ['body, {\n  timeout: 5 // seconds\n}', 'body, {\n  timeout: 5, // seconds\n  maxRetries: 0\n}'],
];

for (const [before, after] of options) {
  test(`Options: ${before.replaceAll('\n', ' ')}`, () => {
    const text = (args: string) =>
      `${head}const literal = { timeout: 5 };\nexport const f = (body, maxRetries) => %client.responses.create(${args})%;\n`;
    const repaired = backoff(text(before).replaceAll('%', ''), { path: 'a.js' });
    assert.equal(withoutHelpers(repaired), text(after).replace('%', 'withBackoff(() => ').replace('%', ')'));
  });
}

test('A client that never retries needs no option', () => {
  const text = "import OpenAI from 'openai';\nconst client = new OpenAI({ maxRetries: 0 });\n";
  assert.equal(
    withoutHelpers(backoff(`${text}const f = (q: string) => ${call};\n`)),
    `${text}const f = (q: string) => withBackoff(() => ${call});\n`,
  );
});

test('The waits heed the signal that the call was given', () => {
  const inPlace = backoff(
    `${head}async function f(q: string, signal: AbortSignal) {\n  await client.responses.create({ model: 'm', input: q }, { signal });\n}\n`,
  );
  assert.match(inPlace, /await pause\(delay, signal\);/);
  assert.match(inPlace, /function pause\(delay: number, signal\?: AbortSignal \| null\) \{/);
  const wrapped = backoff(
    `${head}const f = (q: string, options?: OpenAI.RequestOptions) => client.responses.create({ model: 'm', input: q }, options);\n`,
  );
  assert.match(wrapped, /withAbortableBackoff\(\(\) => .*\{ \.\.\.options, maxRetries: 0 \}\), options\?\.signal\);/);
});

test('Edits are sorted and disjoint, so that they apply', () => {
  assert.doesNotThrow(() => apply(backoffAll(`${head}${statement('a')}${statement('b')}`), []));
});
