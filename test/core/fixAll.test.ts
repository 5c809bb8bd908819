/** Fixing until still: fixes that touch each other take turns, and nothing goes on for ever. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Fix, fix } from '../../src/core/edit.ts';
import { fixAll } from '../../src/core/fixAll.ts';
import { say } from '../../src/core/words.ts';

/** Offers to replace each `from` by `to`, one fix each. */
const replacing = (from: string, to: string) => async (text: string) => ({
  fixes: [...text.matchAll(new RegExp(from, 'g'))].map((match) =>
    fix('replace', say`Replace ${from}`, 'safe', [
      { span: { start: match.index, end: match.index + from.length }, text: to },
    ]),
  ),
});

test('a text without fixes stays as it is', async () => {
  assert.deepEqual(await fixAll('abc', async () => ({ fixes: [] })), {
    text: 'abc',
    creates: [],
    applied: 0,
    passes: 0,
  });
});

test('fixes apart from each other go in at once', async () => {
  assert.deepEqual(await fixAll('x - x - x', replacing('x', 'y')), {
    text: 'y - y - y',
    creates: [],
    applied: 3,
    passes: 1,
  });
});

test('fixes that touch take turns', async () => {
  assert.deepEqual(await fixAll('xxx', replacing('x', 'y')), { text: 'yyy', creates: [], applied: 3, passes: 2 });
});

test('an edit that two fixes share is made once', async () => {
  const header = { span: { start: 0, end: 0 }, text: 'import time\n' };
  const analyse = async (text: string): Promise<{ fixes: readonly Fix[] }> => {
    if (text.startsWith('import')) return { fixes: [] };
    const at = (start: number) =>
      fix('wrap', say('Wrap'), 'safe', [header, { span: { start, end: start + 1 }, text: 'b' }]);
    return { fixes: [at(2), at(4)] };
  };
  assert.deepEqual(await fixAll('. a a', analyse), { text: 'import time\n. b b', creates: [], applied: 2, passes: 1 });
});

test('fixes that undo each other end after ten rounds', async () => {
  const flip = async (text: string) => (text === 'x' ? replacing('x', 'y') : replacing('y', 'x'))(text);
  assert.deepEqual(await fixAll('x', flip), { text: 'x', creates: [], applied: 10, passes: 10 });
});

test('a file that two fixes create is created once, and the next pass knows it', async () => {
  const module = { path: 'retry.py', text: 'def retry(): ...' };
  const seen: number[] = [];
  const analyse = async (text: string, created: readonly unknown[]) => {
    seen.push(created.length);
    const fixes = [...text.matchAll(/x/g)].map(({ index }) =>
      fix('helper', say('Use the helper'), 'unsafe', [{ span: { start: index, end: index + 1 }, text: 'y' }], [module]),
    );
    return { fixes };
  };
  assert.deepEqual(await fixAll('x x', analyse), { text: 'y y', creates: [module], applied: 2, passes: 1 });
  assert.deepEqual(seen, [0, 1]);
});
