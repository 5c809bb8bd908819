/** A finding is found again after its file has changed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findAgain, offsetAfter } from '../../src/session/find-again.ts';
import { analyze } from '../engine.ts';

const call = 'client.responses.create';
const rule = 'unprotected-call';
const source = (...calls: readonly string[]) =>
  [
    'from openai import OpenAI',
    '',
    'client = OpenAI()',
    ...calls.map((one) => `${one}(model="m", input="x")`),
    '',
  ].join('\n');

test('the finding that stands where it stood, even when the call is written otherwise now', async () => {
  const { findings, text } = await analyze('a.py', source(call, 'client.chat.completions.create'));
  const [first, second] = findings;
  assert.deepEqual(findAgain(findings, text, { rule, offset: second!.at.start, call }), {
    finding: second,
    how: 'same',
  });
  assert.deepEqual(findAgain(findings, text, { rule, offset: first!.at.start }), { finding: first, how: 'same' });
});

test('else the nearest one that reads the same', async () => {
  const { findings, text } = await analyze('a.py', source(call, 'client.chat.completions.create', call));
  const [first, , third] = findings;
  assert.deepEqual(findAgain(findings, text, { rule, offset: 0, call }), { finding: first, how: 'nearest' });
  assert.deepEqual(findAgain(findings, text, { rule, offset: text.length, call }), { finding: third, how: 'nearest' });
});

test('and none where no such call is left, or the rule is another', async () => {
  const { findings, text } = await analyze('a.py', source('client.chat.completions.create'));
  assert.equal(findAgain(findings, text, { rule, offset: 0, call }), undefined);
  assert.equal(findAgain(findings, text, { rule: 'dropped-request', offset: findings[0]!.at.start, call }), undefined);
});

test('an offset moves with what stands behind a change, and with nothing else', () => {
  assert.equal(offsetAfter(4, 'one two', 'a line\none two'), 11);
  assert.equal(offsetAfter(4, 'one two', 'two'), 0);
  assert.equal(offsetAfter(0, 'one two', 'one two three'), 0);
  assert.equal(offsetAfter(2, 'one two', 'six two'), 2);
  assert.equal(offsetAfter(3, 'abc', 'abc'), 3);
});
