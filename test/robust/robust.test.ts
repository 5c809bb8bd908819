/** Any text at all: cut off anywhere, with any token gone, or made up. Nothing throws, and every span lies in the text. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import fc from 'fast-check';
import type { Span } from '../../src/core/span.ts';
import type { Analysis } from '../../src/session/session.ts';
import { analyze } from '../engine.ts';
import { pythonProgram, typescriptProgram } from './programs.ts';

const root = join(import.meta.dirname, '..', 'fixtures');
const fixtures = readdirSync(root).flatMap((rule) =>
  readdirSync(join(root, rule))
    .filter((name) => !name.includes('.fixed.'))
    .map((name) => join(root, rule, name)),
);

/** Every how many characters a fixture is cut, and every how many tokens one is left out. `ROBUST=full` leaves none out. */
const step = process.env.ROBUST === 'full' ? 1 : 661;

for (const path of fixtures) {
  const text = readFileSync(path, 'utf8');
  const name = path.slice(root.length + 1);

  test(`${name}: every prefix`, async () => {
    for (let end = offset(name); end < text.length; end += step) await check(path, text.slice(0, end));
  });

  test(`${name}: every token left out`, async () => {
    const tokens = [...text.matchAll(/\w+|\S/g)];
    for (let at = offset(name); at < tokens.length; at += step) {
      const token = tokens[at]!;
      await check(path, text.slice(0, token.index) + text.slice(token.index + token[0].length));
    }
  });
}

test('generated Python', () => generated('made.py', pythonProgram));
test('generated TypeScript', () => generated('made.ts', typescriptProgram));
test('any text', () =>
  generated(
    'any.py',
    fc.string({ unit: 'grapheme', maxLength: 400 }).map((text) => `import openai\n${text}`),
  ));

const hostile: Readonly<Record<string, string>> = {
  'deep brackets': `import openai\nx = ${'('.repeat(20_000)}`,
  'a long chain': `import openai\nx = client${'.chat'.repeat(20_000)}.create()`,
  'a long sum': `import openai\nx = ${'1 + '.repeat(20_000)}1`,
  'deep blocks': `import openai\n${Array.from({ length: 300 }, (_, depth) => `${' '.repeat(depth)}if x:`).join('\n')}`,
  'one long line': `import openai;${'a=f(1,2);'.repeat(100_000)}`,
  'null characters': 'import openai\0\0\0client.chat.completions.create(\0)',
};
for (const [what, text] of Object.entries(hostile)) {
  test(what, async () => {
    await check('hostile.py', text);
    await check('hostile.ts', text.replace('import openai', 'import OpenAI from "openai"'));
  });
}

async function generated(path: string, arbitrary: fc.Arbitrary<string>): Promise<void> {
  await fc.assert(
    fc.asyncProperty(arbitrary, (text) => check(path, text)),
    { numRuns: process.env.ROBUST === 'full' ? 5000 : 150 },
  );
}

/** Analyses and repairs: no throw, spans inside. A rule or reader that fails shows as a problem. */
async function check(path: string, text: string): Promise<void> {
  const analysis = await analyze(path, text);
  assert.deepEqual(
    analysis.problems.filter(({ message }) => !message.startsWith('Analysis stopped')),
    [],
  );
  for (const span of spans(analysis)) {
    assert.ok(
      0 <= span.start && span.start <= span.end && span.end <= text.length,
      `${span.start}–${span.end} of ${text.length}`,
    );
  }
}

function* spans(analysis: Analysis): Generator<Span> {
  for (const finding of analysis.findings) {
    yield finding.at;
    for (const related of finding.related) yield related.at;
    for (const fix of analysis.fixes(finding)) for (const edit of fix.edits) yield edit.span;
  }
  for (const { evidence } of analysis.verdicts) for (const one of evidence) yield one.at;
}

/** Another starting point for each file, so that together the steps reach every kind of place. */
function offset(name: string): number {
  return [...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % step;
}
