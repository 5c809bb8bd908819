/** Runs a table of Python sources against their facts, written as `dump` writes them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FileFacts } from '../../src/core/facts.ts';
import { readPython } from '../../src/languages/python/facts.ts';
import { syntax } from '../wasm.ts';
import { checkFacts } from './check-facts.ts';
import { dump } from './dump.ts';

/** Title, source, facts. */
export type Case = readonly [title: string, source: string, facts: string];

export function checkCases(cases: readonly Case[]): void {
  for (const [title, source, facts] of cases) {
    test(title, () => {
      const text = dedented(source);
      const found = factsOf(text);
      assert.equal(dump(found), dedented(facts));
      assert.deepEqual(checkFacts(text, found), []);
    });
  }
}

export function factsOf(text: string): FileFacts {
  const tree = syntax.parse(text, 'python')!;
  try {
    return readPython(tree);
  } finally {
    tree.delete();
  }
}

/** The text between the first and last line, without the indentation of its first one. */
function dedented(text: string): string {
  const lines = text.split('\n').slice(1, -1);
  const indent = /^ */.exec(lines[0] ?? '')![0].length;
  return lines.map((line) => line.slice(indent)).join('\n');
}
