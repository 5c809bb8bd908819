/** The reader of error texts against texts from the wild. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findErrors, readErrors } from '../../src/guide/error-text.ts';
import { otherTexts, realTexts } from './real-error-texts.ts';

for (const { from, text, says } of realTexts) {
  test(`${from}`, () => {
    assert.deepEqual(readErrors(text), says);
    assert.deepEqual(readErrors(text.replaceAll('\n', '\r\n')), says);
  });
}

for (const [what, text] of otherTexts) {
  test(`${what} is left alone`, () => assert.deepEqual(readErrors(text), []));
}

test('every beginning of every text has its errors inside it', () => {
  for (const { text } of realTexts) {
    for (let end = 0; end <= text.length; end += 5) {
      for (const { at } of findErrors(text.slice(0, end))) {
        assert.ok(at.start >= 0 && at.start <= at.end && at.end <= end, text.slice(0, end));
      }
    }
  }
});

test('long runs of what the patterns look for are read in little time', () => {
  const runs = [
    '{'.repeat(1_000_000),
    '"code": 429 { '.repeat(50_000),
    '{"code": 429,\n'.repeat(50_000),
    'Too Many Requests: rate limit for your organization ('.repeat(20_000),
    `Rate limit reached for ${'a.'.repeat(300_000)}`,
    `429 Too Many Requests ${'\\'.repeat(300_000)}`,
    `Too Many Requests ${'org: '.repeat(50_000)}`,
    'Too Many Requests quotaDimensions: {'.repeat(20_000),
  ];
  for (const run of runs) {
    const start = performance.now();
    findErrors(run);
    assert.ok(performance.now() - start < 2000, run.slice(0, 40));
  }
});
