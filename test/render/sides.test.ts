/** Two sides of a change, as the guide shows them beside each other. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Side, sides } from '../../src/render/sides.ts';

const shown = (lines: readonly Side[]) => lines.map(({ text, changed }) => `${changed ? '*' : ' '}${text}`);
const compared = (before: readonly string[], after: readonly string[]) =>
  sides(`${before.join('\n')}\n`, `${after.join('\n')}\n`).map((one) => ({
    line: one.line,
    before: shown(one.before),
    after: shown(one.after),
  }));

test('what differs stands with two lines round it', () => {
  assert.deepEqual(compared(['a', 'b', 'c', 'd', 'e', 'f'], ['a', 'b', 'c', 'X', 'e', 'f']), [
    { line: 2, before: [' b', ' c', '*d', ' e', ' f'], after: [' b', ' c', '*X', ' e', ' f'] },
  ]);
});

test('what lies far apart is shown apart, what lies near together', () => {
  const far = ['a', '1', '2', '3', '4', '5', 'b'];
  assert.deepEqual(
    compared(far, ['A', '1', '2', '3', '4', '5', 'B']).map(({ line, before }) => ({ line, before })),
    [
      { line: 1, before: ['*a', ' 1', ' 2'] },
      { line: 5, before: [' 4', ' 5', '*b'] },
    ],
  );
  assert.equal(compared(['a', '1', '2', '3', 'b'], ['A', '1', '2', '3', 'B']).length, 1);
});

test('a line that only one side has', () => {
  assert.deepEqual(compared(['b'], ['a', 'b']), [{ line: 1, before: [' b'], after: ['*a', ' b'] }]);
  assert.deepEqual(compared(['a', 'b'], ['a']), [{ line: 1, before: [' a', '*b'], after: [' a'] }]);
});

test('equal texts have no stretch, and line ends make no difference', () => {
  assert.deepEqual(sides('a\r\nb\r\n', 'a\nb\n'), []);
  assert.deepEqual(sides('', ''), []);
});
