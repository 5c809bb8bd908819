/**
 * The proofs of what the editor of Python writes beside the retry in place: a shared helper in the file and in a module of
 * its own, and the log of a 429, each against the real SDK.
 */
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { python as setUpPython } from '../../scripts/python.mjs';
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
import { newPythonErrors } from './typeCheck.ts';
import { quickPolicy } from './workshop.ts';

const found = await setUpPython();
const missing = 'missing' in found ? found.missing : undefined;
const { folder, original, repaired, remove } = await openRepairs('python');
const server = await startFaultServer();
const machine = { server, python: 'python' in found ? found.python : undefined };

after(async () => {
  await server.close();
  await remove();
});

function prove(name: string, body: () => Promise<void>): void {
  test(name, { skip: missing !== undefined && process.env.CI !== 'true' ? missing : false }, async () => {
    assert.ok(machine.python, missing);
    await body();
  });
}

const shapes = [
  'for_loop.py',
  'list_comprehension.py',
  'async_gather.py',
  'async_await.py',
  'lazy_import.py',
  'streaming_loop.py',
  'class_method.py',
  'tabs.py',
];

describe('a retry through a shared helper', { concurrency: 2 }, () => {
  for (const where of ['in the file', 'in a module of its own'])
    for (const file of shapes) {
      prove(`${file}, ${where}`, async () => {
        const program = programNamed(file);
        const path = await repaired(file, 'helper', where === 'in the file' ? undefined : `calls_of_${file}`);
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

  prove(
    'async_heartbeat.py, in a module of its own: the server’s wait is waited, and nothing stands still',
    async () => {
      const program = programNamed('async_heartbeat.py');
      const path = await repaired(program.file, 'helper', 'calls_of_heartbeat.py');
      const ended = await runProgram(machine, path, faults.serverWait(2));
      expectAllAnswered(program, ended);
      expectRequestsPerItem(ended, 2);
      assert.ok(ended.ticks >= program.answers * 10, `only ${ended.ticks} ticks`);
    },
  );
});

describe('a rate limit that is logged', { concurrency: 2 }, () => {
  for (const file of [
    'for_loop.py',
    'function_return.py',
    'async_await.py',
    'lazy_import.py',
    'streaming_variable.py',
  ]) {
    prove(file, async () => {
      const program = programNamed(file);
      const path = await repaired(file, 'log-limits');
      expectAllAnswered(program, await runProgram(machine, path, faults.ok));
      const told = { 'x-ratelimit-remaining-requests': '0', 'retry-after-ms': '10' };
      const ended = await runProgram(machine, path, { ...faults.forever, headers: [told] });
      expectError(ended, 'RateLimitError');
      assert.match(ended.errorText, /^Rate limit reached: \{.*'x-ratelimit-remaining-requests': '0'.*\}$/m);
      expectGivesUpAfter(program, ended, 3);
    });
  }
});

prove('pyright finds nothing new', async () => {
  for (const file of shapes) await repaired(file, 'helper', `calls_of_${file}`);
  assert.deepEqual(await newPythonErrors(folder, machine.python!), []);
});
