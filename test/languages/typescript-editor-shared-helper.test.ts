/** The repair `helper` in TypeScript and JavaScript: the project's own helper with its signature, or a new one. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RetryHelper, Written } from '../../src/core/editor.ts';
import { defaultSettings } from '../../src/core/settings.ts';
import { inEnglish, type Words } from '../../src/core/words.ts';
import { analyze } from '../engine.ts';
import { type Case, call, edited, head, once } from './typescript-repair.ts';

const arrow = `${head}export const f = (q: string) => ${call};\n`;
const withSignal = `${head}export const f = (q: string, signal: AbortSignal) => client.responses.create({ model: 'm', input: q }, { signal });\n`;
const thunk: RetryHelper = { name: 'retry', exported: 'named', takes: 'thunk', position: 0, async: true };

interface Shared extends Case {
  readonly helpers?: readonly RetryHelper[];
  readonly module?: string;
}

function helper(text: string, { helpers = [], module, ...options }: Shared = {}): string & Partial<Written> {
  return edited(text, (edit, request) => edit.helper(request, defaultSettings.retry, module), {
    ...options,
    around: { helpers },
  });
}

function written(
  text: string,
  { helpers = [], module, path = 'src/a.ts' }: Shared,
): Exclude<Written, { refused: Words }> {
  let found: Written | undefined;
  edited(
    text,
    (edit, request) => {
      found = edit.helper(request, defaultSettings.retry, module);
      return found;
    },
    { path, around: { helpers } },
  );
  if (!found || 'refused' in found) throw new Error(found && inEnglish(found.refused));
  return found;
}

function titleOf({ title }: Exclude<Written, { refused: Words }>): string | undefined {
  return title && inEnglish(title);
}

/** A helper, the import that comes, and the call. */
const uses: readonly (readonly [string, RetryHelper, string, string])[] = [
  ['a thunk', { ...thunk, module: './retry' }, "import { retry } from './retry';", `retry(() => ${once})`],
  [
    'a function and its arguments',
    { ...thunk, module: './retry', takes: 'function-and-arguments' },
    "import { retry } from './retry';",
    `retry(() => ${once})`,
  ],
  [
    'a decorator',
    { ...thunk, module: './retry', takes: 'decorator' },
    "import { retry } from './retry';",
    `retry(() => ${once})()`,
  ],
  [
    'a default export',
    { ...thunk, module: '../lib/retry.js', exported: 'default' },
    "import retry from '../lib/retry.js';",
    `retry(() => ${once})`,
  ],
];

for (const [name, known, statement, use] of uses) {
  test(`The project’s helper: ${name}`, () => {
    const [first, ...rest] = head.split('\n');
    assert.equal(
      helper(arrow, { helpers: [known] }),
      `${first}\n${statement}\n${rest.join('\n')}export const f = (q: string) => ${use};\n`,
    );
    assert.equal(titleOf(written(arrow, { helpers: [known] })), 'Retry through retry');
  });
}

test('Imports are merged, and names that are taken are left alone', () => {
  const text = `import { log } from './retry';\n${arrow}`;
  const known = { ...thunk, module: './retry' };
  assert.match(helper(text, { helpers: [known] }), /^import \{ log, retry \} from '\.\/retry';\n/);
  const taken = helper(`${text}const retry = 1;\n`, { helpers: [known] });
  assert.match(taken, /^import \{ log, retry as retry2 \} from '\.\/retry';\n/);
  assert.match(taken, /=> retry2\(\(\) => /);
  const imported = `import { retry as again } from './retry';\n${arrow}`;
  assert.match(helper(imported, { helpers: [known] }), /=> again\(\(\) => /);
});

test('CommonJS requires it', () => {
  const text = `const OpenAI = require('openai');\nconst client = new OpenAI();\nmodule.exports = (q) => ${call};\n`;
  const helpers = [{ ...thunk, module: './retry' }];
  assert.match(helper(text, { helpers, path: 'a.cjs' }), /\nconst \{ retry \} = require\('\.\/retry'\);\n/);
});

test('The helper of this file is called, where it is ready', () => {
  const own = 'const retry = async <T>(send: () => Promise<T>) => await send();\n';
  assert.match(helper(own + arrow, { helpers: [thunk] }), /=> retry\(\(\) => /);
  const early = `${head}const q = '';\nconst r = await ${call};\n${own}`;
  assert.match(helper(early, { helpers: [thunk] }), /await withBackoff\(\(\) => /);
  const within = `${head}async function retry(q: string) {\n  return await ${call};\n}\n`;
  assert.match(helper(within, { helpers: [thunk] }), /return await withBackoff\(\(\) => /);
});

test('Helpers that ask for more, or do not wait, are left alone', () => {
  const module = './retry';
  for (const other of [
    { ...thunk, module, position: 1 },
    { ...thunk, module, async: false },
  ])
    assert.match(helper(arrow, { helpers: [other] }), /=> withBackoff\(\(\) => /);
  const [, second] = [
    { ...thunk, module, position: 1 },
    { ...thunk, name: 'again', module },
  ];
  assert.match(helper(arrow, { helpers: [{ ...thunk, module, position: 1 }, second] }), /=> again\(\(\) => /);
});

test('A helper that can’t be told of the signal is left alone', () => {
  const repaired = helper(withSignal, { helpers: [{ ...thunk, module: './retry' }] });
  assert.match(repaired, /=> withAbortableBackoff\(\(\) => .*, signal\);/);
});

test('Without one, a new one in this file: the same that a retry in an expression has', async () => {
  const repaired = helper(arrow);
  const backoff = edited(arrow, (edit, request) => edit.backoff(request, defaultSettings.retry));
  assert.equal(repaired, backoff);
  assert.deepEqual((await analyze('a.ts', repaired)).findings, []);
  assert.equal(titleOf(written(arrow, {})), 'Retry through a new helper in this file');
});

test('A new module holds the helper, typed, and the file imports it', () => {
  const made = written(arrow, { module: 'src/lib/retry.ts' });
  const { creates } = made;
  assert.equal(titleOf(made), 'Retry through a new helper in retry.ts');
  assert.equal(creates?.length, 1);
  const [{ path, text }] = creates as [{ path: string; text: string }];
  assert.equal(path, 'src/lib/retry.ts');
  assert.ok(text.startsWith("import { APIError, APIConnectionError } from 'openai';\n\n/**\n"), text);
  assert.match(
    text,
    /\nexport async function withBackoff<T>\(\n {2}request: \(\) => PromiseLike<T>,\n {2}signal\?: AbortSignal \| null,\n\)/,
  );
  assert.match(text, /\nfunction retryDelay\(error: unknown, attempt: number, started: number\) \{/);
  assert.match(text, /\nfunction pause\(delay: number, signal\?: AbortSignal \| null\) \{/);
  assert.ok(text.endsWith('}\n'));
  const file = helper(arrow, { module: 'src/lib/retry.ts', path: 'src/a.ts' });
  assert.match(file, /\nimport \{ withBackoff \} from '\.\/lib\/retry';\n/);
  assert.match(file, /=> withBackoff\(\(\) => /);
  assert.doesNotMatch(file, /function/);
  const signal = helper(withSignal, { module: 'src/lib/retry.ts', path: 'src/a.ts' });
  assert.match(signal, /=> withBackoff\(\(\) => .*, signal\);/);
});

test('A new module is named as the file’s other imports are', () => {
  const from = (statement: string, path: string, module: string) =>
    /\n?import \{ withBackoff \} from '(.*)';/.exec(helper(`${statement}${arrow}`, { path, module }))?.[1];
  assert.equal(from('', 'src/api/a.ts', 'src/retry.ts'), '../retry');
  assert.equal(from("import './x.js';\n", 'src/a.ts', 'src/retry.ts'), './retry.js');
  assert.equal(from("import './x.ts';\n", 'src/a.ts', 'src/retry.ts'), './retry.ts');
  assert.equal(from("import './x';\n", 'src/a.js', 'src/retry.js'), './retry');
  assert.equal(from('', 'src/a.js', 'src/retry.js'), './retry.js');
});

test('A CommonJS module exports it', () => {
  const text = `const OpenAI = require('openai');\nconst client = new OpenAI();\nmodule.exports = (q) => ${call};\n`;
  const { creates } = written(text, { path: 'a.cjs', module: 'retry.cjs' });
  assert.match(creates![0]!.text, /^const \{ APIError, APIConnectionError \} = require\('openai'\);\n/);
  assert.match(creates![0]!.text, /\nmodule\.exports = \{ withBackoff \};\n$/);
});
