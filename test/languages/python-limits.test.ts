/** The Python reader on what nobody writes by hand: very deep, very long, torn apart; and its speed. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readPython } from '../../src/languages/python/facts.ts';
import { syntax } from '../wasm.ts';
import { checkFacts } from './check-facts.ts';
import { dump } from './dump.ts';
import { factsOf } from './python-cases.ts';

const nested = (header: string, levels: number) =>
  `${Array.from({ length: levels }, (_, level) => `${' '.repeat(level)}${header}\n`).join('')}${' '.repeat(levels)}f()\n`;

const deep: Readonly<Record<string, string>> = {
  brackets: `${'('.repeat(5_000)}f()${')'.repeat(5_000)}`,
  sum: `x = ${'a + '.repeat(20_000)}f()`,
  'constant sum': `x = ${'"a" + '.repeat(20_000)}"b"`,
  alternatives: `x = ${'a or '.repeat(20_000)}f()`,
  conjunction: `x = ${'a and '.repeat(20_000)}f()`,
  comparison: `x = ${'a < '.repeat(20_000)}f()`,
  negation: `${'not '.repeat(5_000)}x`,
  'conditional expression': `${'a if b else '.repeat(5_000)}c`,
  'elif chain': `if a: b\n${'elif c: d()\n'.repeat(5_000)}else: f()`,
  attributes: `a${'.b'.repeat(20_000)}.f()`,
  calls: `a${'.b(c)'.repeat(5_000)}.f()`,
  subscripts: `a${'[b]'.repeat(5_000)}.f()`,
  'nested calls': `${'f('.repeat(5_000)}${')'.repeat(5_000)}`,
  'nested lists': `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
  'nested dicts': `${'{a: '.repeat(5_000)}1${'}'.repeat(5_000)}`,
  comprehensions: `${'['.repeat(2_000)}x${' for x in y]'.repeat(2_000)}`,
  lambdas: `${'lambda: '.repeat(5_000)}x`,
  'assignment chain': `${'a = '.repeat(5_000)}f()`,
  'nested target': `${'('.repeat(5_000)}a,${'),'.repeat(4_999)}) = f()`,
  'nested pattern': `match x:\n case ${'['.repeat(5_000)}a${']'.repeat(5_000)}: f()\n`,
  'nested type': `x: ${'A['.repeat(5_000)}int${']'.repeat(5_000)}`,
  'type in a string': `x: "${'['.repeat(200)}${']'.repeat(200)}"`,
  decorators: `${'@a\n'.repeat(5_000)}def f(): pass`,
  'blocks without end': nested('if a:', 400),
  'nested functions': nested('def f():', 300),
  'nested classes': nested('class A:', 300),
  'open calls': 'f('.repeat(5_000),
  'open f-strings': 'f"{'.repeat(500),
};

for (const [title, text] of Object.entries(deep)) {
  test(`deep: ${title}`, () => assert.deepEqual(checkFacts(text, factsOf(text)), []));
}

test('a chain too long to nest keeps what its links hold', () => {
  const calls = factsOf(`a${'.b(c())'.repeat(1_000)}.last(d)`);
  assert.equal(dump(calls).match(/c\(\)/g)?.length, 1_000);
  assert.match(dump(calls), /\.last\(d\)$/);
  const sum = factsOf(`x = ${'a() + '.repeat(1_000)}b`);
  assert.equal(dump(sum).match(/a\(\)/g)?.length, 1_000);
  const elifs = factsOf(`if a: b\n${'elif c: d()\n'.repeat(1_000)}else: last()`);
  assert.equal(dump(elifs).match(/d\(\)/g)?.length, 1_000);
  assert.match(dump(elifs), /else\n *last\(\)$/);
});

const sample = `import asyncio
from openai import OpenAI as Client

client: "Client" = Client(max_retries=3)


class Service(Base):
    prompts = [f"say {word!r}" for word in ("a", 'b')]

    @retry(stop=stop_after_attempt(3))
    async def ask(self, text, *, model="m", **options):
        """Asks."""
        for attempt, wait in enumerate([1, 2] + self.waits):
            try:
                with self.lock as held, open(text) as file:
                    return await client.chat.completions.create(model=model, messages=[{"role": "user", **options}])
            except (RateLimitError, errors.Timeout) as error:
                if attempt == 2 or not held:
                    raise Failed(lambda: error) from error
                await asyncio.sleep(wait * 2 ** attempt)
            else:
                yield file
        match text:
            case {"kind": kind, **rest} if (n := len(rest)) > 1:
                global last
                last = n
`;

test('every beginning of a file reads soundly', () => {
  for (let end = 0; end <= sample.length; end++) {
    const text = sample.slice(0, end);
    assert.deepEqual(checkFacts(text, factsOf(text)), [], `up to ${end}`);
  }
});

test('a file without any one of its words or signs reads soundly, and keeps most of its calls', () => {
  let lost = 0;
  let deletions = 0;
  const calls = (text: string) => dump(factsOf(text)).match(/\w\(/g)?.length ?? 0;
  const whole = calls(sample);
  for (const { index, 0: token } of sample.matchAll(/\w+|[^\w\s]|\n +/g)) {
    const text = sample.slice(0, index) + sample.slice(index + token.length);
    assert.deepEqual(checkFacts(text, factsOf(text)), [], `without ${token} at ${index}`);
    deletions++;
    lost += Math.max(0, whole - calls(text));
  }
  const share = lost / (deletions * whole);
  assert.ok(share < 0.1, `${Math.round(share * 100)} % of the calls are lost`);
});

test('the fixtures read soundly', () => {
  const folder = new URL('../fixtures/', import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.py'));
  assert.ok(files.length > 0);
  for (const name of files) {
    const text = readFileSync(new URL(name, folder), 'utf8');
    assert.deepEqual(checkFacts(text, factsOf(text)), [], name);
  }
});

test('places count UTF-16 units, from the byte order mark on', () => {
  const text = '\uFEFF# é😀\r\nx = "😀"; f(x)\r\n';
  const facts = factsOf(text);
  const call = facts.fns[0]!.body[1]!;
  assert.equal(text.slice(call.at.start, call.at.end), 'f(x)');
  assert.equal(dump(facts), '$x = "😀"\nf($x)');
});

test('10,000 lines are read in less time than the parser takes twice', () => {
  const text = sample.repeat(Math.ceil(10_000 / sample.split('\n').length));
  const best = { parse: Number.POSITIVE_INFINITY, read: Number.POSITIVE_INFINITY };
  for (let round = 0; round < 3; round++) {
    const begin = performance.now();
    const tree = syntax.parse(text, 'python')!;
    const parsed = performance.now();
    readPython(tree);
    const end = performance.now();
    tree.delete();
    best.parse = Math.min(best.parse, parsed - begin);
    best.read = Math.min(best.read, end - parsed);
  }
  assert.ok(best.read < 2 * best.parse, `parsed in ${best.parse} ms, read in ${best.read} ms`);
});
