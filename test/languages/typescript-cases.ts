/** Runs a table of TypeScript sources against their facts, written as `dump` writes them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Grammar } from '../../src/languages/syntax.ts';
import { readTypescript } from '../../src/languages/typescript/facts.ts';
import { syntax } from '../wasm.ts';
import { checkFacts } from './check-facts.ts';
import { dump } from './dump.ts';

export interface Case {
  readonly title: string;
  readonly grammar?: Grammar;
  readonly source: string;
  readonly facts: string;
}

export function checkCases(cases: readonly Case[]): void {
  for (const { title, grammar, source, facts } of cases) {
    test(title, () => {
      const text = dedented(source);
      const found = factsOf(text, grammar);
      assert.equal(dump(found), dedented(facts));
      assert.deepEqual(checkFacts(text, found), []);
    });
  }
}

export function factsOf(text: string, grammar: Grammar = 'typescript') {
  const tree = syntax.parse(text, grammar)!;
  try {
    return readTypescript(tree);
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
