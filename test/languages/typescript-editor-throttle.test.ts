/** The repair `throttle` in TypeScript and JavaScript: one limiter for all requests of a fan-out. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apply } from '../../src/core/edit.ts';
import { alone, type Format } from '../../src/core/editor.ts';
import { inEnglish } from '../../src/core/words.ts';
import { grammarOf } from '../../src/languages/syntax.ts';
import { editTypescript } from '../../src/languages/typescript/editor.ts';
import { analyze } from '../engine.ts';
import { syntax } from '../wasm.ts';
import { call, head } from './typescript-repair.ts';

interface Throttled {
  readonly text: string;
  readonly title?: string;
}

/** What a limit on the first repeated request of the text makes of it. */
async function throttled(
  text: string,
  packages: Readonly<Record<string, string>> = {},
  path = 'a.ts',
  format: Format = {},
): Promise<Throttled> {
  const { findings } = await analyze(path, text);
  const verdict = findings.find((finding) => finding.verdict?.repetition)?.verdict;
  if (!verdict?.repetition) throw new Error(`Nothing is repeated in ${text}`);
  const tree = syntax.parse(text, grammarOf(path)!)!;
  try {
    const edit = editTypescript(tree, { ...alone(path), packages: new Map(Object.entries(packages)), format });
    const written = edit.throttle(verdict.request, verdict.repetition, 5);
    if ('refused' in written) return { text: `refused: ${inEnglish(written.refused)}` };
    const chosen = written.edits.flatMap((one) =>
      (one.stops ?? []).map(({ start, end }) => one.text.slice(start, end)),
    );
    assert.deepEqual(chosen, ['5'], 'the number is the user’s to choose');
    return {
      text: apply(text, written.edits),
      ...(written.title !== undefined && { title: inEnglish(written.title) }),
    };
  } finally {
    tree.delete();
  }
}

const withoutHelper = (text: string) => text.replace(/\n\n\/\*\* Gives a function that runs others[\s\S]*/, '\n');
const one = `async function one(q: string) {\n  return await ${call};\n}\n`;
const limited = `limit(() => ${call})`;
const inFunction = (body: string) => `export async function f(qs: string[]) {\n${body}}\n`;

/** Before and after. */
const forms: Readonly<Record<string, readonly [string, string]>> = {
  'Promise.all in an arrow’s body': [
    `export const f = (qs: string[]) => Promise.all(qs.map((q) => ${call}));\n`,
    `export const f = (qs: string[]) => {\n  const limit = limitConcurrency(5);\n  return Promise.all(qs.map((q) => ${limited}));\n};\n`,
  ],
  'async callback, with a comment above': [
    inFunction(
      `  // all\n  const ps = qs.map(async (q): Promise<string> => (await ${call}).id);\n  return await Promise.all(ps);\n`,
    ),
    inFunction(
      `  const limit = limitConcurrency(5);\n  // all\n  const ps = qs.map((q): Promise<string> => limit(async () => (await ${call}).id));\n  return await Promise.all(ps);\n`,
    ),
  ],
  'Promise.allSettled over a named function': [
    one + inFunction('  return await Promise.allSettled(qs.map(one));\n'),
    one +
      inFunction(
        '  const limit = limitConcurrency(5);\n  return await Promise.allSettled(qs.map((q) => limit(() => one(q))));\n',
      ),
  ],
  'promises pushed in a loop': [
    inFunction(`  const ps = [];\n  for (const q of qs) ps.push(${call});\n  await Promise.all(ps);\n`),
    inFunction(
      `  const ps = [];\n  const limit = limitConcurrency(5);\n  for (const q of qs) ps.push(${limited});\n  await Promise.all(ps);\n`,
    ),
  ],
  'functions called on the spot': [
    inFunction(
      `  const ps = [];\n  for (const q of qs) ps.push((async () => (await ${call}).id)());\n  await Promise.all(ps);\n`,
    ),
    inFunction(
      `  const ps = [];\n  const limit = limitConcurrency(5);\n  for (const q of qs) ps.push(limit(async () => (await ${call}).id));\n  await Promise.all(ps);\n`,
    ),
  ],
  'promises pushed in forEach': [
    one +
      inFunction(
        '  const ps: Promise<unknown>[] = [];\n  qs.forEach((q) => ps.push(one(q)));\n  await Promise.all(ps);\n',
      ),
    one +
      inFunction(
        '  const ps: Promise<unknown>[] = [];\n  const limit = limitConcurrency(5);\n  qs.forEach((q) => ps.push(limit(() => one(q))));\n  await Promise.all(ps);\n',
      ),
  ],
  'Array.fromAsync of promises': [
    inFunction(`  return await Array.fromAsync(qs.map((q) => ${call}));\n`),
    inFunction(`  const limit = limitConcurrency(5);\n  return await Array.fromAsync(qs.map((q) => ${limited}));\n`),
  ],
  'Array.from with a function': [
    inFunction(`  return await Promise.all(Array.from(qs, (q) => ${call}));\n`),
    inFunction(
      `  const limit = limitConcurrency(5);\n  return await Promise.all(Array.from(qs, (q) => ${limited}));\n`,
    ),
  ],
  'a fan-out inside another has one limiter for all': [
    `export async function f(gs: string[][]) {\n  return await Promise.all(gs.map(async (g) => await Promise.all(g.map((q) => ${call}))));\n}\n`,
    `export async function f(gs: string[][]) {\n  const limit = limitConcurrency(5);\n  return await Promise.all(gs.map(async (g) => await Promise.all(g.map((q) => ${limited}))));\n}\n`,
  ],
  'batches in a loop have one limiter for all': [
    `export async function f(gs: string[][]) {\n  for (const g of gs) {\n    await Promise.all(g.map((q) => ${call}));\n  }\n}\n`,
    `export async function f(gs: string[][]) {\n  const limit = limitConcurrency(5);\n  for (const g of gs) {\n    await Promise.all(g.map((q) => ${limited}));\n  }\n}\n`,
  ],
  'a handler that runs once makes its own': [
    `app.post('/', async (qs: string[]) => {\n  await Promise.all(qs.map((q) => ${call}));\n});\n`,
    `app.post('/', async (qs: string[]) => {\n  const limit = limitConcurrency(5);\n  await Promise.all(qs.map((q) => ${limited}));\n});\n`,
  ],
  'top level': [
    `const rs = await Promise.all(['a'].map((q) => ${call}));\n`,
    `const limit = limitConcurrency(5);\nconst rs = await Promise.all(['a'].map((q) => ${limited}));\n`,
  ],
  'a method': [
    `class A {\n  run(qs: string[]) {\n    return Promise.all(qs.map((q) => this.one(q)));\n  }\n  async one(q: string) {\n    return await ${call};\n  }\n}\n`,
    `class A {\n  run(qs: string[]) {\n    const limit = limitConcurrency(5);\n    return Promise.all(qs.map((q) => limit(() => this.one(q))));\n  }\n  async one(q: string) {\n    return await ${call};\n  }\n}\n`,
  ],
};

for (const [name, [before, after]] of Object.entries(forms)) {
  test(`Limited: ${name}`, async () => {
    const { text, title } = await throttled(head + before);
    assert.equal(withoutHelper(text), head + after);
    assert.equal(title, 'Limit to 5 at once');
    assert.match((await throttled(text)).text, /^refused: Each item is handed to a limiter already/);
  });
}

const fanOut = `const rs = await Promise.all(['a'].map((q) => ${call}));\n`;

/** Package, version, import, and how it is used. */
const libraries: readonly (readonly [string, string, string, string, string])[] = [
  ['p-limit', '7.3.3', 'pLimit', 'const limit = pLimit(5);', 'limit(() => %)'],
  ['p-limit', '3.1.0', 'pLimit', 'const limit = pLimit(5);', 'limit(() => %)'],
  ['p-queue', '10.0.0', 'PQueue', 'const queue = new PQueue({ concurrency: 5 });', 'queue.add(() => %)'],
  [
    'p-queue',
    '8.1.0',
    'PQueue',
    'const queue = new PQueue({ concurrency: 5 });',
    'queue.add(() => %, { throwOnTimeout: true })',
  ],
  [
    'bottleneck',
    '2.19.5',
    'Bottleneck',
    'const limiter = new Bottleneck({ maxConcurrent: 5 });',
    'limiter.schedule(() => %)',
  ],
];

for (const [name, version, local, made, use] of libraries) {
  test(`With ${name} ${version}`, async () => {
    const { text, title } = await throttled(head + fanOut, { [name]: version });
    const [first, ...rest] = head.split('\n');
    const wrapped = fanOut.replace(call, use.replace('%', call));
    assert.equal(text, `${first}\nimport ${local} from '${name}';\n${rest.join('\n')}${made}\n${wrapped}`);
    assert.equal(title, `Limit to 5 at once with ${name}`);
  });
}

test('In a formatted file each wrapper has lines of its own', async () => {
  const callback = (open: string, indent: string, close: string) =>
    `  return await Promise.all(\n    qs.map(${open}\n${indent}const r = await ${call};\n${indent}return r.id;\n${close},\n  );\n`;
  const { text } = await throttled(head + inFunction(callback('async (q) => {', '      ', '    })')), {}, 'a.ts', {
    formatter: 'prettier',
    lineWidth: 80,
  });
  const limit = '  const limit = limitConcurrency(5);\n';
  const expected = callback('(q) =>\n      limit(async () => {', '        ', '      }),\n    )');
  assert.equal(withoutHelper(text), head + inFunction(limit + expected));
  const pushed = (start: string) =>
    `  const ps = [];\n%  for (const q of qs) {\n    ps.push(\n${start}    );\n  }\n  await Promise.all(ps);\n`;
  const lines = (indent: string) =>
    `${indent}client.responses.create({\n${indent}  model: 'm',\n${indent}  input: q,\n${indent}}),\n`;
  const loop = await throttled(head + inFunction(pushed(lines('      ')).replace('%', '')), {}, 'a.ts', {
    formatter: 'biome',
  });
  const wrapped = `      limit(() =>\n${lines('        ')}      ),\n`;
  assert.equal(withoutHelper(loop.text), head + inFunction(pushed(wrapped).replace('%', limit)));
});

test('CommonJS takes what it can load', async () => {
  const text = `const OpenAI = require('openai');\nconst client = new OpenAI();\nmodule.exports = (qs) => Promise.all(qs.map((q) => ${call}));\n`;
  const made = async (packages: Record<string, string>) => (await throttled(text, packages, 'a.cjs')).text;
  assert.match(await made({ 'p-limit': '3.1.0' }), /const pLimit = require\('p-limit'\);/);
  assert.match(await made({ 'p-limit': '6.2.0' }), /const limit = limitConcurrency\(5\);/);
  assert.match(await made({ 'p-limit': '6.2.0', bottleneck: '2.19.5' }), /const Bottleneck = require\('bottleneck'\);/);
});

const refusals: Readonly<Record<string, readonly [string, RegExp]>> = {
  'a sequential loop': [inFunction(`  for (const q of qs) await ${call};\n`), /waits for each request/],
  'Array.fromAsync with a function': [
    inFunction(`  return await Array.fromAsync(qs, async (q) => (await ${call}).id);\n`),
    /waits for each item/,
  ],
  'requests one by one': [
    inFunction(`  const q = '';\n  return await Promise.all([${call}, ${call}]);\n`),
    /one by one/,
  ],
  'an argument that changes': [
    inFunction(
      "  const ps = [];\n  const input: string[] = [];\n  for (const q of qs) {\n    input.push(q);\n    ps.push(client.embeddings.create({ model: 'm', input }));\n  }\n  await Promise.all(ps);\n",
    ),
    /`input` changes before/,
  ],
  'a variable of the loop that is shared': [
    inFunction(
      `  const ps = [];\n  let q = '';\n  for (const x of qs) {\n    q = x;\n    ps.push(${call});\n  }\n  await Promise.all(ps);\n`,
    ),
    /`q` changes before/,
  ],
  recursion: [
    `async function walk(q: string): Promise<void> {\n  await Promise.all(kids(q).map(async (k) => {\n    await ${call};\n    await walk(k);\n  }));\n}\nwalk('');\n`,
    /`walk` calls itself/,
  ],
  'a callback that is no arrow function': [
    inFunction(`  return await Promise.all(qs.map(function (q) { return ${call}; }));\n`),
    /no arrow function/,
  ],
  'raw responses': [
    inFunction(`  const ps = qs.map((q) => ${call});\n  return await Promise.all(ps.map((p) => p.withResponse()));\n`),
    /SDK’s own promise/,
  ],
};

for (const [name, [text, why]] of Object.entries(refusals)) {
  test(`Not limited: ${name}`, async () => assert.match((await throttled(head + text)).text, why));
}

test('The helper bounds how many run, keeps the order, and lets errors through', async () => {
  const { text } = await throttled(
    `${head}module.exports = (qs) => Promise.all(qs.map((q) => ${call}));\n`,
    {},
    'a.js',
  );
  const helper = text.slice(text.indexOf('/** Gives a function'));
  const limitConcurrency = new Function(`${helper}\nreturn limitConcurrency;`)() as (
    count: number,
  ) => <T>(task: () => Promise<T>) => Promise<T>;
  const limit = limitConcurrency(3);
  let running = 0;
  let most = 0;
  const task = (n: number) => async () => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, (n % 4) * 3));
    running--;
    if (n === 7) throw new RangeError('seven');
    return n;
  };
  const settled = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => limit(task(n))));
  assert.equal(most, 3);
  assert.deepEqual(
    settled.map((one) => (one.status === 'fulfilled' ? one.value : one.reason.message)),
    Array.from({ length: 20 }, (_, n) => (n === 7 ? 'seven' : n)),
  );
  assert.equal(await limit(task(1)), 1);
});

test('a file that the parser gives up on is refused', async () => {
  const text = `import OpenAI from 'openai';
const client = new OpenAI();
export async function whole(items: string[]) {
  for (const item of items) {
    await client.responses.create({ model: 'gpt-5', input: item });
  }
}
export async function broken(files: Map<string, string>) {
  for (const [name, text] of files) {
    const prompt = \`\${name}\`;
    try {
      await client.responses.create({ model: 'gpt-5', input`;
  assert.equal((await throttled(text)).text, 'refused: The code here has a syntax error.');
});
