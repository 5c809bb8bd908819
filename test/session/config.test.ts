/** Settings: what is right holds, what is wrong is told once and left out. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSettings } from '../../src/core/settings.ts';
import { findConfig, mergeSettings, readConfig } from '../../src/session/config.ts';
import type { Host } from '../../src/session/host.ts';

const ruleIds = ['unprotected-call', 'unbounded-retry'];
const merge = (partial: unknown) => mergeSettings(defaultSettings, partial, ruleIds);

test('what is said is laid over what is not', () => {
  const { settings, problems } = merge({
    preset: 'strict',
    rules: { 'unprotected-call': 'error' },
    exclude: ['generated/'],
    tests: true,
    retry: { maxAttempts: 5 },
  });
  assert.deepEqual(problems, []);
  assert.deepEqual(settings, {
    preset: 'strict',
    rules: { 'unprotected-call': 'error' },
    exclude: ['generated/'],
    tests: true,
    retry: { ...defaultSettings.retry, maxAttempts: 5 },
    throttle: defaultSettings.throttle,
  });
});

test('a later layer keeps what it does not speak of', () => {
  const editor = merge({ rules: { 'unbounded-retry': 'off' }, tests: true }).settings;
  const { settings } = mergeSettings(editor, { rules: { 'unprotected-call': 'hint' } }, ruleIds);
  assert.deepEqual(settings.rules, { 'unbounded-retry': 'off', 'unprotected-call': 'hint' });
  assert.equal(settings.tests, true);
});

test('a wrong value is one problem, and everything else holds', () => {
  const cases: [unknown, string, string][] = [
    [{ tests: 'yes' }, 'tests', 'expected true or false, found "yes"'],
    [{ preset: 'loose' }, 'preset', 'expected "recommended" or "strict", found "loose"'],
    [{ exclude: 'a' }, 'exclude', 'expected a list of patterns, each a string, found "a"'],
    [{ exclude: ['a', 1] }, 'exclude', 'expected a list of patterns, each a string, found ["a",1]'],
    [{ retry: { maxAttempts: 2.5 } }, 'retry.maxAttempts', 'expected a whole number from 2 to 100, found 2.5'],
    [{ retry: { baseSeconds: -1 } }, 'retry.baseSeconds', 'expected a number from 0.01 to 600, found -1'],
    [{ retry: 3 }, 'retry', 'expected an object, found 3'],
    [{ rules: [] }, 'rules', 'expected an object of rule ids, found []'],
    [
      { rules: { 'unprotected-call': 'loud' } },
      'rules.unprotected-call',
      'expected "off" or "hint" or "information" or "warning" or "error", found "loud"',
    ],
    [
      { rules: { 'unprotected-cal': 'off' } },
      'rules.unprotected-cal',
      'there is no such rule. Did you mean “unprotected-call”?',
    ],
    [{ rules: { constructor: 'off' } }, 'rules.constructor', 'there is no such rule.'],
    [{ test: true }, 'test', 'there is no such setting. Did you mean “tests”?'],
    [{ retry: { attempts: 3 } }, 'retry.attempts', 'there is no such setting. Did you mean “retry.maxAttempts”?'],
    [[], '', 'expected an object of settings'],
  ];
  for (const [partial, key, message] of cases) {
    const wrong = Array.isArray(partial) ? partial : { ...(partial as object) };
    const { settings, problems } = merge(wrong);
    assert.deepEqual(problems, [{ key, message }]);
    assert.deepEqual(settings, defaultSettings);
  }
  const { settings, problems } = merge({ tests: 1, preset: 'strict', rules: { x: 'off', 'unbounded-retry': 'error' } });
  assert.equal(problems.length, 2);
  assert.equal(settings.preset, 'strict');
  assert.deepEqual(settings.rules, { 'unbounded-retry': 'error' });
});

test('the editor’s own settings pass, but not in the file', () => {
  assert.deepEqual(merge({ run: 'onSave', scan: { enable: false } }).problems, []);
  const { problems } = readConfig('/c.json', '{ "run": "onSave", "scan": { "maxFiles": 3 } }');
  assert.deepEqual(
    problems.map(({ key }) => key),
    ['run', 'scan.maxFiles'],
  );
});

test('the file may have comments, trailing commas, a BOM and a schema', () => {
  const { value, problems } = readConfig(
    '/c.json',
    '\uFEFF// why\n{ "$schema": "./s.json", "tests": true, /* x */ }\n',
  );
  assert.deepEqual(problems, []);
  assert.deepEqual(merge(value), { settings: { ...defaultSettings, tests: true }, problems: [] });
});

test('a syntax error tells its place, and what could be read holds', () => {
  const { value, problems } = readConfig('/c.json', '{\n  "tests": true,\n  "preset" "strict"\n}');
  assert.deepEqual(problems, [{ key: '', message: 'line 3, column 12: colon expected' }]);
  assert.equal(merge(value).settings.tests, true);
  assert.deepEqual(readConfig('/c.json', '').problems, [{ key: '', message: 'line 1, column 1: value expected' }]);
  assert.deepEqual(readConfig('/c.json', '[]').problems, [{ key: '', message: 'expected an object of settings' }]);
});

test('the nearest file upward is found', async () => {
  const files = new Map([
    ['/.rate-limit-guide.json', '{}'],
    ['/a/b/.rate-limit-guide.json', '{ "tests": true }'],
  ]);
  const host: Host = {
    readFile: async (path) => (files.has(path) ? new TextEncoder().encode(files.get(path)) : undefined),
  };
  assert.equal((await findConfig(host, '/a/b/c'))?.path, '/a/b/.rate-limit-guide.json');
  assert.equal((await findConfig(host, '/a/b/'))?.path, '/a/b/.rate-limit-guide.json');
  assert.equal((await findConfig(host, '/a'))?.path, '/.rate-limit-guide.json');
  assert.equal(await findConfig({ readFile: async () => undefined }, '/a/b'), undefined);
});
