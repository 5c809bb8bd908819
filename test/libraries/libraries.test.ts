/** The data of the retry libraries hangs together. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RetryExport, RetryPart } from '../../src/core/catalogue.ts';
import { libraries } from '../../src/libraries/all.ts';

function exportOf(id: string, name: string): RetryExport {
  const found = libraries.find((library) => library.id === id)?.exports.get(name);
  assert.ok(found, `${id} has no ${name}`);
  return found;
}

function partOf(id: string, name: string): RetryPart {
  const found = libraries.find((library) => library.id === id)?.parts?.get(name);
  assert.ok(found, `${id} has no part ${name}`);
  return found;
}

test('ids are unique, and no module of a language has one name for two things', () => {
  assert.equal(new Set(libraries.map(({ id }) => id)).size, libraries.length);
  const seen = new Map<string, string>();
  for (const { id, language, modules, exports, parts } of libraries)
    for (const module of modules)
      for (const name of [...exports.keys(), ...(parts?.keys() ?? [])]) {
        const key = `${language} ${module} ${name}`;
        assert.equal(seen.get(key), undefined, key);
        seen.set(key, id);
      }
});

test('an export that is called with a function says where the function stands', () => {
  for (const { id, exports } of libraries)
    for (const [name, { as, runs }] of exports)
      if (as.includes('call')) assert.notEqual(runs, undefined, `${id}.${name}`);
});

test('a retry says how often and how long, unless its function decides that', () => {
  for (const { id, exports } of libraries)
    for (const [name, { does, attempts, wait }] of exports) {
      if (does !== 'retry' || name === 'retryWhen') continue;
      assert.ok(attempts && attempts.default > 0 && wait, `${id}.${name}`);
    }
});

test('a limiter sends nothing again, and says what stands round the request', () => {
  for (const { id, exports } of libraries)
    for (const [name, { does, catches, as, methods, acquires }] of exports) {
      if (does === 'retry') continue;
      assert.equal(catches, 'own', `${id}.${name}`);
      if (as.includes('object')) assert.ok(methods || acquires, `${id}.${name}`);
    }
});

test('a wait that a part shapes has parts to be shaped by', () => {
  for (const { id, exports, parts } of libraries)
    for (const [name, { wait }] of exports)
      if ([...(wait?.sets?.values() ?? [])].includes('part'))
        assert.ok(
          [...(parts?.values() ?? [])].some(({ k }) => k === 'wait'),
          `${id}.${name}`,
        );
});

test('the defaults that make a retry dangerous', () => {
  assert.equal(exportOf('tenacity', 'retry').attempts?.default, Number.POSITIVE_INFINITY);
  assert.equal(exportOf('tenacity', 'retry').wait?.default.growth, 'none');
  assert.deepEqual(exportOf('tenacity', 'retry').raises, {
    error: 'RetryError',
    unless: 'reraise',
    other: ['retry_error_cls', 'retry_error_callback'],
  });
  assert.equal(exportOf('backoff', 'on_exception').attempts?.default, Number.POSITIVE_INFINITY);
  assert.equal(exportOf('p-retry', 'default').attempts?.default, 10);
  assert.deepEqual(exportOf('p-retry', 'default').wait?.default, { growth: 'growing', jitter: false });
  assert.equal(exportOf('axios-retry', 'default').catches, 'notPost');
  assert.equal(exportOf('ratelimit', 'sleep_and_retry').does, 'rate');
  assert.partialDeepStrictEqual(partOf('tenacity', 'wait_random_exponential'), {
    k: 'wait',
    growth: 'growing',
    jitter: true,
  });
  assert.deepEqual(partOf('tenacity', 'stop_after_attempt'), { k: 'stop', attempts: 0 });
  assert.deepEqual(partOf('tenacity', 'retry_if_result'), { k: 'on', by: 'own' });
});
