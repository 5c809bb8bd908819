/** The TypeScript reader on what is large, deep, broken or real: no throw and sound facts. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Expr } from '../../src/core/facts.ts';
import { grammarOf } from '../../src/languages/syntax.ts';
import { checkFacts } from './check-facts.ts';
import { factsOf } from './typescript-cases.ts';

const times = (count: number, text: string) => text.repeat(count);

const deep: Readonly<Record<string, string>> = {
  parentheses: `${times(5000, '(')}f()${times(5000, ')')}`,
  brackets: times(5000, '[') + times(5000, ']'),
  objects: `x = ${times(5000, '{a:')}1${times(5000, '}')}`,
  sum: `x = ${times(20000, 'a + ')}f()`,
  alternatives: `x = ${times(20000, 'a || ')}f()`,
  conjunction: `x = ${times(20000, 'a && ')}f()`,
  thens: `p${times(10000, '.then(() => f())')}`,
  members: `p${times(20000, '.a')}`,
  subscripts: `p${times(20000, '[0]')}`,
  'else if': `if (a) f();${times(10000, ' else if (b) g();')} else h();`,
  conditional: `x = ${times(10000, 'a ? f() : ')}g()`,
  blocks: `${times(5000, '{')}f()${times(5000, '}')}`,
  arrows: `${times(5000, '() => ')}f()`,
  functions: times(5000, 'function f() {') + times(5000, '}'),
  classes: times(5000, 'class A { m() {') + times(5000, '}}'),
  arguments: times(5000, 'f(') + times(5000, ')'),
  operators: `${times(5000, '!')}f()`,
  assignments: `${times(5000, 'a = ')}f()`,
  templates: times(5000, '`${') + times(5000, '}`'),
  patterns: `const ${times(5000, '[')}a${times(5000, ']')} = b`,
  union: `let x: ${times(20000, 'A | ')}B`,
  generics: `let x: ${times(5000, 'A<')}B${times(5000, '>')}`,
  'misread awaits': `await f${times(2000, '<T>(x)')}`,
  sequence: `${times(20000, 'f(), ')}g()`,
  'open calls': times(5000, 'f('),
  'open blocks': times(5000, '{'),
};

for (const [title, text] of Object.entries(deep)) {
  test(`deep nesting: ${title}`, () => {
    for (const grammar of ['typescript', 'tsx'] as const)
      assert.deepEqual(checkFacts(text, factsOf(text, grammar)), []);
  });
}

test('a chain too long to nest keeps its beginning exactly, and what its calls are given', () => {
  const [first] = factsOf(`client.create()${times(5000, '.then(() => f())')}`).fns[0]!.body;
  assert.ok(first?.k === 'expr' && first.value.k === 'other');
  let inner: Expr = first.value.parts[0]!;
  while (inner.k === 'call' || inner.k === 'attr') inner = inner.k === 'call' ? inner.callee : inner.of;
  assert.equal(inner.k === 'name' && inner.name, 'client');
  assert.ok(first.value.parts.slice(1).every((it) => it.k === 'fn'));
});

test('places count UTF-16 units, behind a byte order mark and with any line ends', () => {
  const text = '\uFEFF#!/usr/bin/env node\r\nimport a from "b";\r\n"😀"; /* ä */ a.b("😀", c);\r\n';
  const { fns } = factsOf(text);
  const call = fns[0]!.body.at(-1)!;
  assert.ok(call.k === 'expr' && call.value.k === 'call');
  const { at, callee, args } = call.value;
  const textOf = ({ start, end }: { start: number; end: number }) => text.slice(start, end);
  assert.deepEqual([at, callee.at, args[1]!.value.at].map(textOf), ['a.b("😀", c)', 'a.b', 'c']);
});

test('a static block and a setter are functions of their class', () => {
  const { fns } = factsOf('class A { static { f(); } get x() { return 1; } set x(v) {} }');
  assert.deepEqual(
    fns.slice(1).map(({ name, cls, modifiers, body }) => ({ name, cls, modifiers, statements: body.length })),
    [
      { name: '', cls: 0, modifiers: ['static'], statements: 1 },
      { name: 'x', cls: 0, modifiers: ['get'], statements: 1 },
      { name: 'x', cls: 0, modifiers: ['set'], statements: 0 },
    ],
  );
});

const sample = `
import OpenAI, { type ClientOptions as O } from 'openai';
export class Service<T> extends Base<T> {
  #client = new OpenAI({ maxRetries: 3 });
  constructor(private readonly name: string, { a = 1, ...rest }: O = {}) { super(name); }
  async run(items: string[]): Promise<T[]> {
    for await (const item of items) {
      try {
        const { choices: [first] } = await this.#client.chat.completions.create<T>({ model: \`m\${item}\` });
        yield first ?? null;
      } catch (error) {
        if (error instanceof OpenAI.RateLimitError && error.status === 429) continue;
        else throw error;
      }
    }
    return Promise.all(items.map(async (x) => (await f(x))!.y as T));
  }
}
export default function view() { return cond ? <Foo a={b}>{c()}</Foo> : null; }
`;

test('every beginning, every end and every deleted word of a file gives sound facts', () => {
  const words = [...sample.matchAll(/\w+|[^\s\w]/g)].map(({ index, 0: word }) => [index, index + word.length] as const);
  const texts = words.flatMap(([start, end]) => [
    sample.slice(0, end),
    sample.slice(start),
    sample.slice(0, start) + sample.slice(end),
  ]);
  for (const text of texts)
    for (const grammar of ['typescript', 'tsx'] as const)
      assert.deepEqual(checkFacts(text, factsOf(text, grammar)), []);
});

const packages = ['openai/src', 'fast-check/lib', 'cockatiel', 'playwright-core/lib/vite/recorder', 'web-tree-sitter'];

test('real packages give sound facts', () => {
  let files = 0;
  for (const path of packages.flatMap(sources)) {
    const text = readFileSync(path, 'utf8');
    assert.deepEqual(checkFacts(text, factsOf(text, grammarOf(path)!)), [], path);
    files++;
  }
  assert.ok(files > 300, `${files} files`);
});

function sources(folder: string): string[] {
  const root = join(import.meta.dirname, '../../node_modules', folder);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => grammarOf(path) !== undefined && grammarOf(path) !== 'python' && !path.endsWith('.d.ts'))
    .map((path) => join(root, path));
}
