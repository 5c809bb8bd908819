/** `simulate`: the chart, the figures and the arguments. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { project, python, quiet } from './cli.ts';

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

test('a call at hand gives its SDK, its retries and how often it is sent', async (context) => {
  const at = project(context, {
    'loop.py': python.replace('range(3)', 'range(250)').replace('OpenAI()', 'OpenAI(max_retries=1)'),
    'covered.py': quiet,
    'tenacity.py': python.replace('for _ in range(3):', 'from tenacity import retry\n@retry\ndef ask():'),
    'fan.ts': `import OpenAI from 'openai';
const client = new OpenAI({ maxRetries: 0 });
await Promise.all(['a', 'b', 'c'].map((input) => client.responses.create({ model: 'm', input })));
`,
    'lost.py': python.replace('    r = ', '    try:\n        r = ').concat('    except Exception:\n        pass\n'),
    '.rate-limit-guide.json': '{ "retry": { "maxAttempts": 3 }, "throttle": { "concurrency": 2 } }',
  });
  const json = async (...args: string[]) => {
    const { code, stdout, stderr } = await at.run('simulate', ...args, '--format', 'json');
    assert.equal(code, 0, stderr);
    return JSON.parse(stdout);
  };
  const loop = await json('loop.py:6');
  assert.deepEqual([loop.workload.requests, loop.workload.workers, loop.workload.onError], [250, 1, 'ends']);
  assert.deepEqual([loop.policy.retry.k, loop.policy.retry.retries], ['sdk', 1]);
  const covered = await json('covered.py:6');
  assert.deepEqual([covered.workload.requests, covered.policy.retry.retries], [3, 14]);
  const fan = await json('fan.ts:3');
  assert.deepEqual([fan.workload.requests, fan.workload.workers, fan.workload.onError], [3, 3, 'ends']);
  assert.equal(fan.policy.retry.k, 'none');
  assert.equal((await json('lost.py:7')).workload.onError, 'goes-on');
  const both = await json('loop.py:6', '--policy', 'both', '--requests', '10');
  assert.deepEqual([both.policy.retry.maxAttempts, both.policy.concurrency, both.workload.requests], [3, 2, 10]);

  const text = await at.run('simulate', 'loop.py:6');
  assert.match(text.stdout, /^loop\.py:6:9: client\.chat\.completions\.create\n/);
  for (const line of text.stdout.split('\n')) assert.ok([...line].length <= 80, line);
  const nothing = await at.run('simulate', 'loop.py:1');
  assert.deepEqual([nothing.code, nothing.stdout], [1, '']);
  assert.match(nothing.stderr, /Requests stand in line 6\./);
  const unknown = await at.run('simulate', 'tenacity.py:8');
  assert.equal(unknown.code, 2, unknown.stdout);
  assert.match(unknown.stderr, /--policy/);
  assert.equal((await at.run('simulate', 'tenacity.py:8', '--policy', 'backoff')).code, 0);
  assert.equal((await at.run('simulate', 'absent.py:8')).code, 2);
});
