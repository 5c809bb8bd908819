/**
 * The proofs of repairs that mend a fault beside a missing retry: each program shows the fault against the real SDK as it
 * stands, and meets the same refusals after the repair by the command line. A program is named as its rule is.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { python as setUpPython } from '../../scripts/python.mjs';
import { type Ended, type Machine, runProgram } from './run.ts';
import * as faults from './scenario.ts';
import { startFaultServer } from './server.ts';

const programs = fileURLToPath(new URL('faulty/', import.meta.url));
const commandLine = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
// Inside the project, so that the programs find its packages.
const cache = fileURLToPath(new URL('../../.cache', import.meta.url));
await mkdir(cache, { recursive: true });
const folder = await mkdtemp(join(await realpath(cache), 'proof-'));
await cp(programs, folder, { recursive: true });
const server = await startFaultServer();
const venv = await setUpPython();
const machine: Machine = { server, python: 'python' in venv ? venv.python : undefined };

after(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

/** Two refusals: one more than the faulty programs survive, fewer than the mended ones. */
const refusedTwice = { ...faults.refused, refused: 2 };

/** What the fault looks like. */
const shows: Readonly<Record<string, (ended: Ended) => void>> = {
  'blocking-sleep': ({ blockedSeconds }) => assert.ok(blockedSeconds >= 1.9, `${blockedSeconds} s`),
  'unawaited-call-in-try': (ended) => failsAfter(ended, 1, /RateLimitError/),
  'reused-promise': (ended) => failsAfter(ended, 1, /RateLimitError|cannot reuse already awaited coroutine/),
  'shadowed-handler': (ended) => failsAfter(ended, 1, /failed: /),
  'outdated-error-class': (ended) => failsAfter(ended, 1, /AttributeError|TypeError/),
  'hard-coded-key': answered,
};

for (const language of ['python', 'typescript'] as const) {
  for (const file of await readdir(join(programs, language))) {
    const rule = basename(file, extname(file)).replaceAll('_', '-');
    test(`${file} shows its fault, and does not after the repair`, async (t) => {
      if (language === 'python' && 'missing' in venv) {
        if (process.env.CI === 'true') assert.fail(venv.missing);
        t.skip(venv.missing);
        return;
      }
      const path = join(folder, language, file);
      const keyless = await readFile(path, 'utf8');
      // Put together here, so that no such text stands in the sources.
      const written = keyless.replace('KEY', `${'Zt4'.repeat(7)}qLm9Xc2Vb7Nw5Rk8Hd3Gf6Js1`);
      await writeFile(path, written);
      const scenario = rule === 'hard-coded-key' ? faults.ok : refusedTwice;
      shows[rule]!(await runProgram(machine, path, scenario));

      const said = await repair(path, rule);
      const repaired = await readFile(path, 'utf8');
      assert.notEqual(repaired, written, said);
      if (rule === 'hard-coded-key') assert.match(repaired, /environ\["OPENAI_API_KEY"\]|process\.env\.OPENAI_API_KEY/);
      const ended = await runProgram(machine, path, scenario);
      answered(ended);
      assert.equal(ended.requests.length, scenario.refused + 1);
      if (rule === 'blocking-sleep') assert.ok(ended.blockedSeconds < 1.9, `${ended.blockedSeconds} s`);
      await repair(path, rule);
      assert.equal(await readFile(path, 'utf8'), repaired, 'the second time it changes something');
    });
  }
}

function failsAfter({ exitCode, requests, errorText }: Ended, count: number, error: RegExp): void {
  assert.notEqual(exitCode, 0);
  assert.equal(requests.length, count);
  assert.match(errorText, error);
}

function answered({ exitCode, answers, errorText }: Ended): void {
  assert.equal(exitCode, 0, errorText);
  assert.deepEqual(answers, [{ item: 'Great shoes', answer: 'Answer to: Great shoes' }]);
}

function repair(path: string, rule: string): Promise<string> {
  return new Promise((resolve) => {
    execFile(process.execPath, [commandLine, 'fix', '--unsafe', '--rule', rule, path], (_, output, errors) =>
      resolve(output + errors),
    );
  });
}
