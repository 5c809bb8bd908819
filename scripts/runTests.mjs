// @ts-check
/** Runs test files with Node's test runner: a line for each file, every failure in full. */
import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import process from 'node:process';
import { run } from 'node:test';
import { inspect } from 'node:util';
import { root } from './setup.mjs';

/**
 * @param {string} pattern
 * @param {{ exclude?: string[], concurrency?: number }} [options] patterns to leave out; how many files run side by side
 * @returns {Promise<{ passed: number, failed: number, skipped: number }>}
 */
export async function runTests(pattern, { exclude = [], concurrency = availableParallelism() } = {}) {
  const files = globSync(pattern, { cwd: root, exclude })
    .sort()
    .map((file) => join(root, file));
  const total = { passed: 0, failed: 0, skipped: 0 };
  if (files.length === 0) {
    console.log('There are no tests here.');
    return { ...total, failed: 1 };
  }
  // The full matrix of the proofs is one file with thousands of runs.
  const minutes = process.env.PROOF === 'full' ? 90 : 15;
  const events = run({ files, cwd: root, concurrency, timeout: minutes * 60_000 });
  for await (const { type, data } of events) {
    if (type === 'test:stdout' || type === 'test:stderr') process.stdout.write(data.message);
    if (type === 'test:fail') tellFailure(data);
    if (type !== 'test:summary') continue;
    const { passed, failed, cancelled, skipped, todo } = data.counts;
    if (data.file) {
      const seconds = (data.duration_ms / 1000).toFixed(1);
      console.log(
        `${data.success ? '✔' : '✘'} ${relative(root, data.file)}  ${passed} of ${data.counts.tests} (${seconds} s)`,
      );
    } else {
      total.passed = passed;
      total.failed = failed + cancelled;
      total.skipped = skipped + todo;
    }
  }
  return total;
}

/** @param {import('node:test').EventData.TestFail} failure */
function tellFailure({ name, file, line, details }) {
  const { error } = details;
  // A test that fails because one inside it does has nothing to add.
  if ('failureType' in error && error.failureType === 'subtestsFailed') return;
  const cause =
    error.cause instanceof Error ? (error.cause.stack ?? error.cause.message) : inspect(error.cause ?? error);
  console.log(`\n✘ ${name}  (${file ? relative(root, file) : ''}:${line})\n${cause.replace(/^/gm, '    ')}\n`);
}
