/** The repair `log-limits` in TypeScript and JavaScript: what is logged of a 429, and that the error goes on. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import OpenAI from 'openai';
import { type Case, call, edited, head } from './typescript-repair.ts';

function logLimits(text: string, options: Case = {}): string {
  return edited(text, (edit, request) => edit.logLimits(request), options);
}

const withoutHelper = (text: string) => text.replace(/\n\n\/\*\* Logs a rate limit[\s\S]*/, '\n');

const forms: Readonly<Record<string, readonly [string, string]>> = {
  awaited: [`await ${call};\n`, `await ${call}.catch(logRateLimit);\n`],
  'in an expression': [`const id = (await ${call}).id;\n`, `const id = (await ${call}.catch(logRateLimit)).id;\n`],
  'an arrow’s body': [`const f = (q: string) => ${call};\n`, `const f = (q: string) => ${call}.catch(logRateLimit);\n`],
  'a chain': [`${call}.then(show);\n`, `${call}.catch(logRateLimit).then(show);\n`],
  'a raw response': [
    `const r = await ${call}.withResponse();\n`,
    `const r = await ${call}.withResponse().catch(logRateLimit);\n`,
  ],
  'a stream': [
    "for await (const e of await client.responses.create({ model: 'm', input: q, stream: true })) show(e);\n",
    "for await (const e of await client.responses.create({ model: 'm', input: q, stream: true }).catch(logRateLimit)) show(e);\n",
  ],
  'requests at once': [
    `await Promise.all(qs.map((q) => ${call}));\n`,
    `await Promise.all(qs.map((q) => ${call}.catch(logRateLimit)));\n`,
  ],
};

for (const [name, [before, after]] of Object.entries(forms)) {
  test(`Logged: ${name}`, () => {
    const repaired = logLimits(head + before);
    assert.equal(withoutHelper(repaired), head + after);
    assert.match(logLimits(repaired), /^refused: The 429 of this request is logged already/);
  });
}

test('A second request is logged by the same helper', () => {
  const once = logLimits(`${head}await ${call};\nawait ${call};\n`);
  const twice = logLimits(once, { index: 1 });
  assert.equal(twice.match(/function logRateLimit/g)?.length, 1);
  assert.equal(twice.match(/\.catch\(logRateLimit\)/g)?.length, 2);
});

test('The logger of the file is taken', () => {
  const text = `import { logger } from './logger';\n${head}logger.info('up');\nawait ${call};\n`;
  assert.match(logLimits(text), /\n {4}logger\.warn\(`/);
  assert.match(logLimits(`${head}await ${call};\n`), /\n {4}console\.warn\(`/);
});

test('Where there is no promise of one request it is not written', () => {
  assert.match(logLimits(`${head}client.chat.completions.stream({ model: 'm' });\n`), /^refused: .* gives no promise/);
  assert.match(logLimits(`${head}await client.models.list();\n`), /^refused: .* sends a request for each page/);
  assert.match(
    logLimits(`${head}const p = ${call};\nconst r = await p.withResponse();\n`),
    /^refused: The promise may be asked for its raw response/,
  );
});

test('What is logged are limits and the message, never a key; the error goes on', () => {
  const repaired = logLimits(`${head}const f = (q) => ${call};\n`, { path: 'a.js' });
  const helper = repaired.slice(repaired.indexOf('/** Logs a rate limit'));
  const logged: string[] = [];
  const log = new Function('OpenAI', 'console', `${helper}\nreturn logRateLimit;`)(OpenAI, {
    warn: (text: string) => logged.push(text),
  }) as (error: unknown) => never;
  const told = {
    'x-ratelimit-remaining-requests': '0',
    'retry-after': '20',
    authorization: 'Bearer sk-secret',
    'set-cookie': 'session=secret',
  };
  const limited = OpenAI.APIError.generate(429, { error: { message: 'Limit 3' } }, undefined, new Headers(told));
  assert.throws(() => log(limited), limited);
  // Older versions keep the headers in a plain object.
  const older = OpenAI.APIError.generate(429, { error: { message: 'Limit 3' } }, undefined, new Headers());
  Object.defineProperty(older, 'headers', { value: told });
  assert.throws(() => log(older), older);
  const other = OpenAI.APIError.generate(500, {}, undefined, new Headers(told));
  assert.throws(() => log(other), other);
  const line = '429 Limit 3 (retry-after: 20, x-ratelimit-remaining-requests: 0)';
  assert.deepEqual(logged, [line, line]);
});
