/** The repair `library` in TypeScript and JavaScript: each library as each of its versions has to be asked. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSettings } from '../../src/core/settings.ts';
import { analyze } from '../engine.ts';
import { type Case, call, edited, head, once } from './typescript-repair.ts';

const arrow = `${head}export const f = (q: string) => ${call};\n`;
const withSignal = `${head}export const f = (q: string, signal: AbortSignal) => client.responses.create({ model: 'm', input: q }, { signal });\n`;

function library(text: string, packages: Readonly<Record<string, string>>, options: Case = {}): string {
  return edited(text, (edit, request) => edit.library(request, defaultSettings.retry), {
    ...options,
    around: { packages: new Map(Object.entries(packages)) },
  });
}

const bounds = `retries: 6,
    minTimeout: 1_000,
    maxTimeout: 60_000,
    randomize: true,
    maxRetryTime: 120_000,
    `;

/** Name, version, the import, and what the helper says. */
const versions: readonly (readonly [string, string, string, readonly string[]])[] = [
  ['p-retry', '9.0.0', "import pRetry from 'p-retry';", [bounds, 'async shouldRetry({ error }) {']],
  ['p-retry', '^7.1.1', "import pRetry from 'p-retry';", [bounds, 'async shouldRetry({ error }) {']],
  ['p-retry', '^6.2.1', "import pRetry from 'p-retry';", [bounds, '(error) {', 'error.retriesLeft === 0']],
  ['p-retry', '~5.1', "import pRetry, { AbortError } from 'p-retry';", ['throw new AbortError(error as Error);']],
  ['p-retry', '4.6.2', "import pRetry, { AbortError } from 'p-retry';", ['async (attempt) => {']],
  ['p-retry', '', "import pRetry, { AbortError } from 'p-retry';", ['throw new AbortError(error as Error);']],
  [
    'exponential-backoff',
    '3.1.3',
    "import { backOff } from 'exponential-backoff';",
    [
      'numOfAttempts: 7',
      "jitter: 'full'",
      'maxDelay: 60_000',
      'if (wait === undefined || attempts >= 7) return false;',
    ],
  ],
  [
    'async-retry',
    '1.3.3',
    "import retry from 'async-retry';",
    ['async (bail, attempt) => {', 'bail(error as Error);', 'randomize: true'],
  ],
  [
    'cockatiel',
    '3.2.1',
    "import { retry, handleWhen, DelegateBackoff } from 'cockatiel';",
    ['maxAttempts: 6', 'return policy.execute(request);'],
  ],
  ['cockatiel', '4.0.0', "import { retry, handleWhen, DelegateBackoff } from 'cockatiel';", ['maxAttempts: 6']],
];

for (const [name, version, statement, parts] of versions) {
  test(`${name} ${version || 'of a version that is not told'}`, async () => {
    const repaired = library(arrow, { [name]: version });
    assert.ok(repaired.startsWith(`import OpenAI from 'openai';\n${statement}\n`), repaired);
    assert.ok(repaired.includes(`=> withRetry(() => ${once});\n`), repaired);
    for (const part of parts) assert.ok(repaired.includes(part), repaired);
    assert.match(repaired, /function rateLimitWait\(error: unknown, started: number\)/);
    assert.equal((await analyze('a.ts', arrow)).findings.length, 1);
    assert.deepEqual((await analyze('a.ts', repaired)).findings, []);
  });
}

test('The library that comes first in the order of preference is taken, and named', () => {
  const repaired = library(arrow, { cockatiel: '3.2.1', 'p-retry': '6.2.1' });
  assert.match(repaired, /with p-retry; any other error/);
});

test('The waits heed the signal where the library can', () => {
  const repaired = library(withSignal, { 'p-retry': '7.1.1' });
  assert.match(repaired, /withAbortableRetry\(\(\) => .*\{ signal, maxRetries: 0 \}\), signal\);/);
  assert.match(repaired, /\.\.\.\(signal && \{ signal \}\),/);
  assert.match(repaired, /await pause\(wait, signal\);/);
  for (const [name, version] of [
    ['p-retry', '4.6.2'],
    ['async-retry', '1.3.3'],
    ['exponential-backoff', '3.1.3'],
    ['cockatiel', '3.2.1'],
  ] as const)
    assert.match(library(withSignal, { [name]: version }), /^refused: The waits of .* could not heed the AbortSignal/);
});

test('CommonJS takes what it can load', () => {
  const text = `const OpenAI = require('openai');\nconst client = new OpenAI();\nmodule.exports = (q) => ${call};\n`;
  const options = { path: 'a.cjs' };
  assert.match(
    library(text, { 'p-retry': '4.6.2' }, options),
    /^const OpenAI = require\('openai'\);\nconst pRetry = require\('p-retry'\);\nconst \{ AbortError \} = require\('p-retry'\);\n/,
  );
  assert.match(
    library(text, { 'p-retry': '6.2.1', 'async-retry': '1.3.3' }, options),
    /\nconst retry = require\('async-retry'\);\n/,
  );
  assert.match(library(text, { 'p-retry': '6.2.1' }, options), /^refused: p-retry 6\.2\.1 can’t be used by this file/);
  assert.match(
    library(text, { 'p-retry': '' }, options),
    /^refused: Which version of p-retry the project uses is not told/,
  );
});

test('What is imported already is used, and names that are taken are not', () => {
  const used = `import retry from 'p-retry';\n${arrow}`;
  assert.match(library(used, { 'p-retry': '7.1.1' }), /\n {2}return retry\(request, \{/);
  assert.equal(library(used, { 'p-retry': '7.1.1' }).match(/from 'p-retry'/g)?.length, 1);
  const taken = library(`${arrow}const pRetry = 1;\n`, { 'p-retry': '7.1.1' });
  assert.match(taken, /import pRetry2 from 'p-retry';/);
});

test('A second call is handed to the same helper', () => {
  const two = `${head}export const f = (q: string) => ${call};\nexport const g = (q: string) => ${call};\n`;
  const first = library(two, { 'p-retry': '7.1.1' });
  const second = library(first, { 'p-retry': '7.1.1' }, { index: 1 });
  assert.equal(second.match(/function withRetry/g)?.length, 1);
  assert.equal(second.match(/withRetry\(\(\) => /g)?.length, 2);
});

test('Without a library nothing is written', () => {
  assert.match(library(arrow, {}), /^refused: The project depends on no library/);
  assert.match(library(arrow, { cockatiel: '2.0.0' }), /^refused: cockatiel 2\.0\.0 can’t be used/);
});
