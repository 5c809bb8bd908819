import assert from 'node:assert/strict';
import test from 'node:test';
import { apply, fix, merge, preferredFix } from '../../src/core/edit.ts';
import { retriesToCover, waits } from '../../src/core/schedule.ts';
import { lineMap } from '../../src/core/span.ts';
import { suppressions } from '../../src/core/suppress.ts';
import { say } from '../../src/core/words.ts';
import { readMarkers } from '../markers.ts';

const openai = { base: 0.5, cap: 8, jitter: 0.75 };

test('merge: a fix goes in whole or not at all, a shared edit once', () => {
  const shared = { span: { start: 0, end: 0 }, text: 'import os\n' };
  const a = fix('a', say('a'), 'safe', [shared, { span: { start: 5, end: 6 }, text: 'A' }]);
  const b = fix('b', say('b'), 'safe', [shared, { span: { start: 8, end: 9 }, text: 'B' }]);
  const c = fix('c', say('c'), 'safe', [{ span: { start: 6, end: 7 }, text: 'C' }]);
  assert.equal(apply('0123456789', merge([a, b, c]).edits), 'import os\n01234A67B9');
});

test('merge: two fixes that give one name two meanings wait for each other', () => {
  const importing = (at: number, meaning: string) =>
    fix('a', say('a'), 'unsafe', [{ span: { start: at, end: at }, text: 'E', binds: { E: meaning } }]);
  assert.equal(merge([importing(0, 'openai:E'), importing(5, 'anthropic:E')]).taken, 1);
  assert.equal(merge([importing(0, 'openai:E'), importing(5, 'openai:E')]).taken, 2);
});

test('nobody gets a repair that leaves the finding unless by its name', () => {
  const one = fix('throttle', say('Limit'), 'unsafe', [{ span: { start: 0, end: 0 }, text: 'x' }]);
  assert.equal(preferredFix([{ ...one, partial: true }, one]), one);
  assert.equal(preferredFix([{ ...one, partial: true }]), undefined);
});

test('fix: no edits and overlapping edits are refused', () => {
  assert.throws(() => fix('x', say('x'), 'safe', []), /No edits/);
  const at = (start: number, end: number) => ({ span: { start, end }, text: '' });
  assert.throws(() => fix('x', say('x'), 'safe', [at(0, 2), at(1, 3)]), /Overlapping/);
});

test('lines: every line end, the BOM, and positions outside', () => {
  const map = lineMap('\uFEFFa\r\nbc\rd\n');
  assert.equal(map.lines, 4);
  assert.deepEqual(
    [1, 2, 4, 6, 7, 9].map((offset) => map.position(offset)),
    [
      { line: 0, column: 0 },
      { line: 0, column: 1 },
      { line: 1, column: 0 },
      { line: 1, column: 2 },
      { line: 2, column: 0 },
      { line: 3, column: 0 },
    ],
  );
  assert.deepEqual(map.line(0), { start: 1, end: 2 });
  assert.deepEqual(map.line(3), { start: 9, end: 9 });
  assert.equal(map.offset({ line: 1, column: 99 }), 6);
  assert.equal(map.offset({ line: 9, column: 0 }), 9);
});

test('schedule: the SDK’s default covers 1.1 to 1.5 s, and a minute needs 14 retries', () => {
  assert.deepEqual(waits(openai, 2), { least: 1.125, most: 1.5 });
  assert.equal(retriesToCover(openai, 60), 14);
  assert.equal(retriesToCover({ ...openai, base: 0 }, 60), undefined);
});

test('suppressions: a line’s own, the line below, the whole file, and none in a string', () => {
  const text =
    'a()  # rate-limit-guide: ignore[one, two] -- because\n# rate-limit-guide: ignore\n\nb()\n# rate-limit-guide: ignore-file\n"rate-limit-guide: ignore"\n';
  const found = suppressions(text, lineMap(text), (offset) => text[offset - 1] !== '"');
  assert.deepEqual(
    found.map(({ rules, lines }) => ({ rules, lines })),
    [
      { rules: ['one', 'two'], lines: [0] },
      { rules: undefined, lines: [1, 3] },
      { rules: undefined, lines: 'file' },
    ],
  );
});

test('markers: carets, the margin, a severity, and none past the line', () => {
  const python = 'get(url)\n#<^ one: words\nif x:\n    get(url)\n    #   ^^^ two/hint\n';
  assert.deepEqual(
    readMarkers(python).map((one) => [python.slice(one.start, one.end), one.rule, one.severity, one.message]),
    [
      ['get', 'one', undefined, 'words'],
      ['url', 'two', 'hint', ''],
    ],
  );
  assert.throws(() => readMarkers('x\n# ^^^ one\n'), /past its line/);
});
