/**
 * The proofs of what the editor of TypeScript and JavaScript writes beside the retry in place: a shared helper in the file
 * and in a module of its own, a limiter, and the log of a 429, each against the real SDK.
 */
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import {
  expectAllAnswered,
  expectBroken,
  expectError,
  expectGivesUpAfter,
  expectNoSdkRetries,
  expectRequestsPerItem,
} from './expect.ts';
import { openRepairs, programNamed } from './repaired.ts';
import { runProgram } from './run.ts';
import * as faults from './scenario.ts';
import { startFaultServer } from './server.ts';
import { newTypeScriptErrors } from './typeCheck.ts';
import { quickPolicy } from './workshop.ts';

const { folder, original, repaired, remove } = await openRepairs('typescript');
const server = await startFaultServer();
const machine = { server, python: undefined };

after(async () => {
  await server.close();
  await remove();
});

const shapes = [
  'for-of.ts',
  'arrow-body.ts',
  'promise-all-map.ts',
  'for-await-stream.ts',
  'common-js.cjs',
  'signal.ts',
];

/** Node wants the ending of a module's name, which TypeScript's programs leave to a bundler: those are checked by tsc alone. */
const modules = ['module.mjs', 'common-js.cjs', 'common-js-default.cjs'];

describe('a retry through a shared helper', { concurrency: 2 }, () => {
  for (const [where, files] of [
    ['in the file', shapes],
    ['in a module of its own', modules],
  ] as const)
    for (const file of files) {
      test(`${file}, ${where}`, async () => {
        const program = programNamed(file);
        const path = await repaired(file, 'helper', files === modules ? `retry-${file}` : undefined);
        expectBroken(program, await runProgram(machine, original(file), faults.refused));
        const answered = await runProgram(machine, path, faults.refused);
        expectAllAnswered(program, answered);
        expectNoSdkRetries(answered);
        expectRequestsPerItem(answered, faults.refused.refused + 1);
        const never = await runProgram(machine, path, faults.forever);
        expectError(never, 'RateLimitError');
        expectGivesUpAfter(program, never, quickPolicy.maxAttempts);
        expectGivesUpAfter(program, await runProgram(machine, path, faults.quota), 1);
      });
    }
});

describe('a limit on how many run at once', { concurrency: 2 }, () => {
  for (const file of ['promise-all-map.ts', 'promise-all-async.ts']) {
    test(file, async () => {
      const program = programNamed(file);
      const answered = await runProgram(machine, await repaired(file, 'throttle'), faults.ok);
      expectAllAnswered(program, answered);
      expectRequestsPerItem(answered, 1);
    });
  }
});

describe('a rate limit that is logged', { concurrency: 2 }, () => {
  for (const file of ['for-of.ts', 'arrow-body.ts', 'promise-all-map.ts', 'for-await-stream.ts', 'common-js.cjs']) {
    test(file, async () => {
      const program = programNamed(file);
      const path = await repaired(file, 'log-limits');
      expectAllAnswered(program, await runProgram(machine, path, faults.ok));
      const told = { 'x-ratelimit-remaining-requests': '0', 'retry-after-ms': '10' };
      const ended = await runProgram(machine, path, { ...faults.forever, headers: [told] });
      expectError(ended, 'RateLimitError');
      assert.match(ended.errorText, /^429 Rate limit reached .*\(.*x-ratelimit-remaining-requests: 0.*\)$/m);
      expectGivesUpAfter(program, ended, 3);
    });
  }
});

test('tsc --strict finds nothing new', async () => {
  for (const file of shapes) if (file.endsWith('.ts')) await repaired(file, 'helper', `retry-${file}`);
  assert.deepEqual(await newTypeScriptErrors(folder), []);
});
