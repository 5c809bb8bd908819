/**
 * The proofs of what is written into retries that are there already: each program is run against the real SDK as it
 * stands and as repaired, and its requests are counted and timed.
 */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { python as setUpPython } from '../../scripts/python.mjs';
import { findProofPackages } from '../../scripts/setup.mjs';
import { apply } from '../../src/core/edit.ts';
import { defaultSettings, type RetryPolicy, type Settings } from '../../src/core/settings.ts';
import { inEnglish } from '../../src/core/words.ts';
import { analyze } from '../engine.ts';
import { expectError } from './expect.ts';
import { type Ended, runProgram } from './run.ts';
import type { Scenario } from './scenario.ts';
import * as faults from './scenario.ts';
import { startFaultServer } from './server.ts';

const programs = fileURLToPath(new URL('retries', import.meta.url));
// Inside the project, so that the programs find its packages.
const cache = fileURLToPath(new URL('../../.cache', import.meta.url));
await mkdir(cache, { recursive: true });
const folder = await mkdtemp(join(await realpath(cache), 'proof-'));
await symlink(findProofPackages(), join(folder, 'node_modules'), 'junction');
const found = await setUpPython();
const missing = 'missing' in found ? found.missing : undefined;
const server = await startFaultServer();
const machine = { server, python: 'python' in found ? found.python : undefined };

after(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

interface Proof {
  readonly rule: string;
  readonly repair: string;
  readonly policy: RetryPolicy;
  readonly scenario: Scenario;
  before(ended: Ended, message: string): void;
  after(ended: Ended, before: Ended): void;
}

const { retry } = defaultSettings;
const quick: RetryPolicy = { ...retry, maxAttempts: 4, baseSeconds: 0.05, maxWaitSeconds: 0.2 };
/** Long enough that random waits hardly ever come near nothing, or near each other. */
const seen: RetryPolicy = { ...retry, maxAttempts: 5, baseSeconds: 1, maxWaitSeconds: 4 };
/** The SDK’s own retries are quick with it. */
const briefly = { headers: [{ 'retry-after-ms': '20' }] };
const forever: Scenario = { ...faults.forever, ...briefly };

/** What a program’s name begins with says what is proven of it. */
const proofs: Readonly<Record<string, Proof>> = {
  endless: {
    rule: 'unbounded-retry',
    repair: 'bound',
    policy: quick,
    // It has to end some time to be counted.
    scenario: { ...faults.refused, ...briefly, refused: 25 },
    before: (ended) => {
      assert.equal(ended.exitCode, 0, ended.errorText);
      assert.equal(ended.requests.length, 26);
    },
    after(ended) {
      expectError(ended, 'RateLimitError');
      assert.equal(ended.requests.length, quick.maxAttempts);
    },
  },
  'at once': {
    rule: 'immediate-retry',
    repair: 'spread-waits',
    policy: seen,
    scenario: forever,
    before(ended) {
      expectError(ended, 'RateLimitError');
      assert.equal(ended.requests.length, 5);
      assert.ok(median(waitsOf(ended)) < 0.4, `waits: ${waitsOf(ended)}`);
    },
    after(ended, before) {
      expectError(ended, 'RateLimitError');
      assert.equal(ended.requests.length, before.requests.length);
      assert.ok(sum(waitsOf(ended)) > 0.8, `waits: ${waitsOf(ended)}`);
    },
  },
  'equal waits': {
    rule: 'fixed-delay-retry',
    repair: 'spread-waits',
    policy: seen,
    scenario: forever,
    before(ended) {
      expectError(ended, 'RateLimitError');
      assert.equal(ended.requests.length, 5);
      // The first one has the start of the program in it.
      assert.ok(spread(waitsOf(ended).slice(1)) < 0.5, `waits: ${waitsOf(ended)}`);
    },
    after(ended, before) {
      expectError(ended, 'RateLimitError');
      assert.equal(ended.requests.length, before.requests.length);
      assert.ok(spread(waitsOf(ended)) > 0.2, `waits: ${waitsOf(ended)}`);
    },
  },
  stacked: {
    rule: 'stacked-retries',
    repair: 'one-layer',
    policy: quick,
    scenario: forever,
    before(ended, message) {
      expectError(ended, 'RateLimitError');
      // The message tells how many there are.
      const [, attempts, all] = /^(\d+) attempts .* = (\d+) requests for one answer/.exec(message)!;
      assert.equal(ended.requests.length, Number(all));
      assert.equal(Number(all), Number(attempts) * 3);
    },
    after(ended, before) {
      expectError(ended, 'RateLimitError');
      assert.equal(ended.requests.length * 3, before.requests.length);
      assert.ok(ended.requests.every(({ sdkRetry }) => sdkRetry === 0));
    },
  },
  quota: {
    rule: 'retried-quota',
    repair: 'quota-out',
    policy: quick,
    scenario: faults.quota,
    before(ended, message) {
      expectError(ended, 'RateLimitError');
      const [, again] = /repeats it (\d+) times/.exec(message)!;
      assert.equal(ended.requests.length, Number(again) + 1);
    },
    after(ended) {
      expectError(ended, 'RateLimitError');
      assert.equal(ended.requests.length, 1);
    },
  },
  'runs out': {
    rule: 'dropped-request',
    repair: 'raise-last',
    policy: quick,
    scenario: forever,
    before(ended) {
      assert.equal(ended.exitCode, 0, ended.errorText);
      assert.equal(ended.requests.length, 4);
    },
    after(ended, before) {
      expectError(ended, 'RateLimitError');
      assert.equal(ended.requests.length, before.requests.length);
    },
  },
  hidden: {
    rule: 'shadowed-handler',
    repair: 'keep-error',
    policy: quick,
    scenario: forever,
    before: (ended) => expectError(ended, 'RetryError'),
    after(ended, before) {
      assert.equal(ended.exitCode, 0, ended.errorText);
      assert.deepEqual(ended.answers, [{ item: 'first', answer: 'busy' }]);
      assert.equal(ended.requests.length, before.requests.length);
    },
  },
  'post left': {
    rule: 'post-not-retried',
    repair: 'cover-posts',
    policy: quick,
    scenario: faults.refused,
    before(ended) {
      assert.equal(ended.exitCode, 1);
      assert.match(ended.errorText, /\b429\b/);
      assert.equal(ended.requests.length, 1);
    },
    after(ended) {
      assert.equal(ended.exitCode, 0, ended.errorText);
      assert.equal(ended.requests.length, faults.refused.refused + 1);
    },
  },
};

for (const language of ['python', 'typescript']) {
  describe(`repairs of retries: ${language}`, { concurrency: 2 }, async () => {
    for (const file of await readdir(join(programs, language))) {
      test(file, { skip: language === 'python' && missing !== undefined ? missing : false }, async () => {
        const proof = proofs[file.split(/[-_]/).slice(0, -1).join(' ')]!;
        const text = await readFile(join(programs, language, file), 'utf8');
        const { message, now } = await repaired(file, text, proof);
        const [old, next] = await Promise.all(
          Object.entries({ before: text, after: now }).map(async ([name, content]) => {
            await mkdir(join(folder, name), { recursive: true });
            const path = join(folder, name, file);
            await writeFile(path, content);
            return runProgram(machine, path, proof.scenario);
          }),
        );
        proof.before(old!, message);
        proof.after(next!, old!);
      });
    }
  });
}

/** The program with what its finding’s repair writes, as told by its message. */
async function repaired(
  file: string,
  text: string,
  { rule, repair, policy }: Proof,
): Promise<{ readonly message: string; readonly now: string }> {
  const settings: Settings = { ...defaultSettings, retry: policy };
  const analysis = await analyze(file, text, settings);
  const finding = analysis.findings.find((one) => one.rule === rule);
  assert.ok(finding, `${rule} is not found`);
  const fix = analysis.fixes(finding).find(({ name }) => name === repair);
  assert.ok(fix, `${repair} is not offered: ${analysis.refusals(finding).map(inEnglish).join(' ')}`);
  return { message: inEnglish(finding.message), now: apply(text, fix.edits) };
}

/** Seconds between the requests. */
function waitsOf({ requests }: Ended): readonly number[] {
  return requests.slice(1).map(({ at }, index) => at - requests[index]!.at);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
}

function spread(numbers: readonly number[]): number {
  return Math.max(...numbers) - Math.min(...numbers);
}
