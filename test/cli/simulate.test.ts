/** `simulate`: the chart, the figures and the arguments. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { project } from './cli.ts';

test('a text chart that fits 80 columns', async (context) => {
  const at = project(context, {});
  const { code, stdout, stderr } = await at.run('simulate', '--rpm', '60', '--requests', '100', '--workers', '20');
  assert.equal(code, 0, stderr);
  const lines = stdout.split('\n');
  for (const line of lines) assert.ok([...line].length <= 80, line);
  for (const row of ['sent', 'refused', 'waiting', 'done', 'lost']) {
    assert.ok(
      lines.some((line) => line.startsWith(`${row} `)),
      row,
    );
  }
  for (const policy of ['none', 'sdk', 'sdk-retries', 'backoff', 'throttle', 'both']) {
    assert.ok(
      lines.some((line) => line.startsWith(policy.padEnd(12))),
      policy,
    );
  }
  assert.match(stdout, /^none +60 +40 +1 +20 +1\.6 s$/m);
});

test('JSON holds what was played, the events and the figures', async (context) => {
  const at = project(context, {});
  const run = await at.run(
    ...['simulate', '--policy', 'backoff', '--rpm', '60', '--window', '10', '--limit', 'window'],
    ...['--requests', '25', '--retry-after', 'header', '--answer-seconds', '0.001', '--format', 'json'],
  );
  const { version, workload, limit, policy, figures, events } = JSON.parse(run.stdout);
  assert.equal(version, 1);
  assert.equal(workload.requests, 25);
  assert.deepEqual(limit, { shape: 'window', windowSeconds: 10, toldWait: 'header', requestsPerMinute: 60 });
  assert.equal(policy.retry.k, 'backoff');
  assert.deepEqual([figures.completed, figures.refused], [25, 2]);
  assert.equal(events.filter(({ what }: { what: string }) => what === 'sent').length, figures.sent);
});

test('the same arguments give the same run', async (context) => {
  const at = project(context, {});
  const args = ['simulate', '--workers', '9', '--policy', 'both', '--requests', '200'];
  assert.deepEqual(await at.run(...args), await at.run(...args));
  const other = await at.run(...args, '--seed', '2');
  assert.notEqual(other.stdout, (await at.run(...args)).stdout);
});

test('arguments that can’t be meant are refused', async (context) => {
  const at = project(context, {});
  for (const args of [
    ['--rpm', '0'],
    ['--rpm', '-3'],
    ['--requests', '1e9'],
    ['--window', 'a minute'],
    ['--policy', 'bakoff'],
    ['--limit', 'leaky'],
  ]) {
    const { code, stdout, stderr } = await at.run('simulate', ...args);
    assert.equal(code, 2, args.join(' '));
    assert.equal(stdout, '');
    assert.match(stderr, /Expected/);
  }
});
