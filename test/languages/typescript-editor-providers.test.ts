/** Retries of SDKs without an error class for the 429, and of HTTP clients that raise it: told by the status. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apply } from '../../src/core/edit.ts';
import { alone } from '../../src/core/editor.ts';
import { defaultSettings } from '../../src/core/settings.ts';
import { inEnglish } from '../../src/core/words.ts';
import { grammarOf } from '../../src/languages/syntax.ts';
import { editTypescript } from '../../src/languages/typescript/editor.ts';
import { analyze } from '../engine.ts';
import { syntax } from '../wasm.ts';
import { withoutHelpers } from './typescript-repair.ts';

async function repaired(text: string, path = 'a.ts', how: 'backoff' | 'logLimits' = 'backoff'): Promise<string> {
  const { findings } = await analyze(path, text);
  const request = findings[0]?.verdict?.request;
  if (!request) throw new Error(`No finding in ${text}`);
  const tree = syntax.parse(text, grammarOf(path)!)!;
  const edit = editTypescript(tree, alone(path));
  const written = how === 'backoff' ? edit.backoff(request, defaultSettings.retry) : edit.logLimits(request);
  tree.delete();
  return 'refused' in written ? `refused: ${inEnglish(written.refused)}` : apply(text, written.edits);
}

/** The head, the call, the call as it is repeated. */
const calls: Readonly<Record<string, readonly [string, string, string]>> = {
  Mistral: [
    "import { Mistral } from '@mistralai/mistralai';\nconst client = new Mistral();\n",
    "client.chat.complete({ model: 'm', messages: [] })",
    "client.chat.complete({ model: 'm', messages: [] })",
  ],
  Google: [
    "import { GoogleGenAI } from '@google/genai';\nconst ai = new GoogleGenAI({});\n",
    "ai.models.generateContent({ model: 'm', contents: 'q' })",
    "ai.models.generateContent({ model: 'm', contents: 'q' })",
  ],
  Cohere: [
    "import { CohereClientV2 } from 'cohere-ai';\nconst cohere = new CohereClientV2({});\n",
    "cohere.chat({ model: 'm', messages: [] })",
    "cohere.chat({ model: 'm', messages: [] }, { maxRetries: 0 })",
  ],
  'AI SDK': [
    "import { generateText } from 'ai';\n",
    "generateText({ model, prompt: 'q' })",
    "generateText({ model, prompt: 'q', maxRetries: 0 })",
  ],
  axios: [
    "import axios from 'axios';\n",
    "axios.post('https://api.openai.com/v1/chat/completions', body, { headers: {} })",
    "axios.post('https://api.openai.com/v1/chat/completions', body, { headers: {} })",
  ],
  got: [
    "import got from 'got';\n",
    "got.post('https://api.openai.com/v1/chat/completions', { json: {} })",
    "got.post('https://api.openai.com/v1/chat/completions', { json: {} })",
  ],
};

for (const [name, [head, call, once]] of Object.entries(calls)) {
  test(`${name}: the request is sent again`, async () => {
    const text = await repaired(`${head}export const f = (body: object, model: string) => ${call};\n`);
    assert.equal(
      withoutHelpers(text),
      `${head}export const f = (body: object, model: string) => withBackoff(() => ${once});\n`,
    );
    assert.deepEqual((await analyze('a.ts', text)).findings, []);
    const inPlace = await repaired(
      `${head}export async function f(body: object, model: string) {\n  return await ${call};\n}\n`,
    );
    assert.match(inPlace, /\n {2}for \(let attempt = 1/);
  });
}

interface Failure {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: object;
}

/** How each makes an error of a status, headers and body. */
const errors: Readonly<Record<string, (failure: Failure) => object>> = {
  Mistral: ({ status, headers, body }) =>
    Object.assign(new Error('API error occurred'), {
      statusCode: status,
      body: JSON.stringify(body),
      rawResponse: { headers: new Headers(headers) },
    }),
  Cohere: ({ status, headers, body }) =>
    Object.assign(new Error('Status code'), {
      statusCode: status,
      body,
      rawResponse: { headers: new Headers(headers) },
    }),
  'AI SDK': ({ status, headers, body }) =>
    Object.assign(new Error('Failed'), {
      statusCode: status,
      responseBody: JSON.stringify(body),
      responseHeaders: headers,
      isRetryable: status >= 500,
    }),
  axios: ({ status, headers, body }) =>
    Object.assign(new Error('Request failed'), { response: { status, headers, data: body } }),
  got: ({ status, headers, body }) =>
    Object.assign(new Error('Response code'), {
      response: { statusCode: status, headers, body: JSON.stringify(body) },
    }),
};

for (const [name, fail] of Object.entries(errors)) {
  test(`${name}: how long to wait, and when to give up`, async () => {
    const [head, call] = calls[name]!;
    const text = await repaired(`${head}export const f = (body, model) => ${call};\n`, 'a.js');
    const helper = text.slice(text.indexOf('/**\n * How many milliseconds'));
    const delay = new Function(`${helper}\nreturn retryDelay;`)() as (
      error: unknown,
      attempt: number,
      started: number,
    ) => number | undefined;
    const wait = (failure: Failure, attempt = 1) => delay(fail(failure), attempt, Date.now());
    assert.equal(wait({ status: 429, headers: { 'retry-after': '20' } }), 20_000);
    assert.ok(wait({ status: 429 })! <= 1_000);
    assert.equal(wait({ status: 429, body: { error: { message: 'Please try again in 7s.' } } }), 7_000);
    assert.equal(wait({ status: 429 }, 7), undefined);
    assert.equal(wait({ status: 429, headers: { 'retry-after': '3600' } }), undefined);
    assert.equal(wait({ status: 429, body: { error: { type: 'insufficient_quota' } } }), undefined);
    assert.equal(wait({ status: 429, body: { error: { message: 'Request too large' } } }), undefined);
    assert.equal(wait({ status: 400 }), undefined);
    assert.equal(delay(new TypeError('x'), 1, Date.now()), undefined);
    assert.equal(delay(undefined, 1, Date.now()), undefined);
    const repeats = name === 'Cohere' || name === 'AI SDK';
    assert.equal(wait({ status: 503 }, 2) !== undefined, repeats, 'what the SDK repeats itself');
    assert.equal(wait({ status: 503 }, 3), undefined);
  });
}

test('Google tells its wait in words', async () => {
  const [head, call] = calls.Google!;
  const text = await repaired(`${head}export const f = () => ${call};\n`, 'a.js');
  const helper = text.slice(text.indexOf('/**\n * How many milliseconds'));
  const delay = new Function(`${helper}\nreturn retryDelay;`)() as (error: unknown, n: number, at: number) => number;
  const error = Object.assign(new Error('{"error":{"code":429,"message":"Please retry in 37.5s."}}'), { status: 429 });
  assert.equal(delay(error, 1, Date.now()), 37_500);
});

const refusals: Readonly<Record<string, readonly [string, RegExp]>> = {
  tools: [
    "import { generateText } from 'ai';\nawait generateText({ model, prompt: 'q', tools: { weather } });\n",
    /may run functions of its `tools`/,
  ],
  'options that may hold tools': [
    "import { generateText } from 'ai';\nawait generateText(options);\n",
    /functions of its `tools`/,
  ],
  fetch: [
    "await fetch('https://api.openai.com/v1/chat/completions', { method: 'POST', body: '' });\n",
    /No retry is written round a plain HTTP request/,
  ],
  'a signal out of reach': [
    "import got from 'got';\nawait got.post('https://api.openai.com/v1/chat/completions', options);\n",
    /may hold an AbortSignal/,
  ],
};

for (const [name, [text, why]] of Object.entries(refusals)) {
  test(`Not repeated: ${name}`, async () => assert.match(await repaired(text), why));
}

test('The AI SDK’s signal is heeded', async () => {
  const text = await repaired(
    "import { generateText } from 'ai';\nexport const f = (abortSignal: AbortSignal) => generateText({ model, prompt: 'q', abortSignal });\n",
  );
  assert.match(text, /withAbortableBackoff\(\(\) => .*maxRetries: 0 \}\), abortSignal\);/);
});

test('No error class is taken from a package that wraps other SDKs', async () => {
  const text =
    "import Instructor from '@instructor-ai/instructor';\nimport OpenAI from 'openai';\n\nconst client = Instructor({ client: new OpenAI(), mode: 'TOOLS' });\nawait client.chat.completions.create({ model: 'm', messages: [], response_model: schema });\n";
  assert.match(await repaired(text, 'a.ts', 'logLimits'), /^refused: Which package the errors of .* is not certain/);
});
