/** Slips of the finger are recognised, other words are not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearest, suggestion } from '../../src/render/nearest.ts';

test('the name that was meant', () => {
  const names = ['check', 'fix', 'explain', 'unprotected-call'];
  const cases: [string, string | undefined][] = [
    ['chekc', 'check'],
    ['Check', 'check'],
    ['fxi', 'fix'],
    ['explian', 'explain'],
    ['unprotected', 'unprotected-call'],
    ['unbounded', undefined],
    ['unprotected-calls', 'unprotected-call'],
    ['simulate', undefined],
    ['', undefined],
  ];
  for (const [word, name] of cases) assert.equal(nearest(word, names), name, word);
  assert.equal(suggestion('fi', names), ' Did you mean “fix”?');
  assert.equal(suggestion('zzz', names), '');
});
