/** The repair `sdk-retries` in TypeScript and JavaScript: where the number goes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { call, edited } from './typescript-repair.ts';

const retries = (text: string, path = 'a.ts') =>
  edited(text, (edit, request) => edit.sdkRetries(request, 14), { path });

/** How the client is made, before and after. */
const clients: readonly (readonly [string, string])[] = [
  ['new OpenAI()', 'new OpenAI({ maxRetries: 14 })'],
  ['new OpenAI', 'new OpenAI({ maxRetries: 14 })'],
  ['new OpenAI({})', 'new OpenAI({ maxRetries: 14 })'],
  ['new OpenAI({ apiKey })', 'new OpenAI({ apiKey, maxRetries: 14 })'],
  ['new OpenAI({ maxRetries: 0, apiKey })', 'new OpenAI({ maxRetries: 14, apiKey })'],
  ['new OpenAI({ ...rest, apiKey })', 'new OpenAI({ ...rest, apiKey, maxRetries: 14 })'],
  ['new OpenAI({ maxRetries: 1, ...rest })', 'new OpenAI({ ...rest, maxRetries: 14 })'],
  ['new OpenAI({\n  apiKey,\n})', 'new OpenAI({\n  apiKey,\n  maxRetries: 14,\n})'],
  ['new OpenAI({\n  apiKey // ours\n})', 'new OpenAI({\n  apiKey, // ours\n  maxRetries: 14\n})'],
  ['new OpenAI(options)', 'new OpenAI({ ...options, maxRetries: 14 })'],
  ['new AzureOpenAI({ apiVersion })', 'new AzureOpenAI({ apiVersion, maxRetries: 14 })'],
];

for (const [before, after] of clients) {
  test(`At the client: ${before.replaceAll('\n', ' ')}`, () => {
    const text = (client: string) => `const client = ${client};\nawait ${call};\n`;
    assert.equal(retries(text(before)), text(after));
  });
}

/** Calls of a client from elsewhere, or with an option of their own, before and after. */
const calls: readonly (readonly [string, string])[] = [
  ["client.responses.create({ model: 'm' })", "client.responses.create({ model: 'm' }, { maxRetries: 14 })"],
  ['client.responses.create(body, { maxRetries: 1 })', 'client.responses.create(body, { maxRetries: 14 })'],
];

for (const [before, after] of calls) {
  test(`At the call: ${before}`, () => {
    const text = (request: string) => `import { client } from './client';\nawait ${request};\n`;
    const result = retries(text(before));
    assert.equal(result, text(after));
  });
}

test('A call that sets its own retries is changed, not its client', () => {
  const text = (count: number) =>
    `const client = new OpenAI();\nawait client.responses.create(body, { maxRetries: ${count} });\n`;
  assert.equal(retries(text(1)), text(14));
});

test('openai 3 has no retries to raise', () => {
  const result = retries('const openai = new OpenAIApi();\nawait openai.createChatCompletion({});\n');
  assert.match(result, /^refused: The OpenAI SDK before 4\.0 has no retries/);
});
