/**
 * The examples are the keystone: `bad` gives exactly one finding of its rule, `good` none, and the rule's first repair
 * turns `bad` into `good` to the letter, where it has one. `UPDATE=1` writes the repaired halves anew.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { apply } from '../src/core/edit.ts';
import type { Example, Rule } from '../src/core/rule.ts';
import { inEnglish } from '../src/core/words.ts';
import { rules } from '../src/rules/all.ts';
import { analyze } from './engine.ts';

const root = join(import.meta.dirname, '..');

for (const rule of rules) {
  test(`${rule.id}: its name, file, words and fixtures`, () => {
    assert.match(rule.id, /^[a-z]+(-[a-z]+)*$/);
    assert.ok(existsSync(join(root, 'src/rules', `${rule.id}.ts`)));
    assert.ok(existsSync(join(root, 'test/fixtures', rule.id)));
    for (const words of [rule.summary, rule.why, rule.detect, rule.prevent]) assert.match(words, /^\p{Lu}.*\.$/su);
  });

  test(`${rule.id}: its examples`, async () => {
    const repaired: Example[] = [];
    for (const example of rule.examples) repaired.push(await repair(rule, example));
    if (process.env.UPDATE) return write(rule, repaired);
    for (const [at, { good }] of rule.examples.entries()) {
      assert.equal(good, repaired[at]!.good);
      const { findings } = await analyze(pathOf(rule.examples[at]!), good);
      assert.deepEqual(
        findings.map(({ rule: id, message }) => [id, message]),
        [],
      );
    }
  });
}

async function repair(rule: Rule, example: Example): Promise<Example> {
  const analysis = await analyze(pathOf(example), example.bad);
  const found = analysis.findings.find(({ rule: id }) => id === rule.id)!;
  assert.deepEqual(
    analysis.findings.map(({ rule: id }) => id),
    // The request that a retry leaves out is unprotected as well.
    rule.id === 'post-not-retried' ? [rule.id, 'unprotected-call'] : [rule.id],
  );
  const [first] = analysis.fixes(found);
  if (rule.byHand) {
    assert.equal(first, undefined);
    return example;
  }
  assert.ok(first, analysis.refusals(found).map(inEnglish).join(' '));
  return { ...example, good: apply(example.bad, first.edits) };
}

function pathOf({ language }: Example): string {
  return language === 'python' ? 'example.py' : 'example.ts';
}

function write({ id }: Rule, examples: readonly Example[]): void {
  const path = join(root, 'src/rules', `${id}.examples.ts`);
  const text = (code: string) => `\`${code.replace(/[\\`]|\$\{/g, (sign) => `\\${sign}`)}\``;
  const items = examples
    .map(
      ({ language, bad, good }) =>
        `  {\n    language: '${language}',\n    bad: ${text(bad)},\n    good: ${text(good)},\n  },\n`,
    )
    .join('');
  const head = /^[\s\S]*?readonly \[Example, \.\.\.Example\[\]\] = \[/.exec(readFileSync(path, 'utf8'))![0];
  writeFileSync(path, `${head}\n${items}];\n`);
}
