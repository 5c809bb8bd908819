/** `explain`: rules, lines and error texts. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { project, python, quiet } from './cli.ts';

const tpm =
  'Rate limit reached for gpt-4o in organization org-x on tokens per min (TPM): Limit 30000, Used 29937, Requested 385. Please try again in 644ms.';

test('an error’s text, as an argument or on standard input', async (context) => {
  const at = project(context, {});
  const expected = {
    version: 1,
    errors: [
      {
        status: 429,
        provider: 'openai',
        kind: 'tokens-per-minute',
        model: 'gpt-4o',
        limit: 30000,
        used: 29937,
        requested: 385,
        waitSeconds: 0.644,
        retryable: true,
      },
    ],
  };
  const argument = await at.run('explain', `429 ${tpm}`, '--format', 'json');
  assert.equal(argument.code, 0);
  assert.deepEqual(JSON.parse(argument.stdout), expected);
  const piped = await at.pipe(
    `openai.RateLimitError: Error code: 429 - {'error': {'message': '${tpm}'}}\n`,
    'explain',
    '-',
    '--format',
    'json',
  );
  assert.deepEqual(JSON.parse(piped.stdout), expected);
  const words = await at.run('explain', ...tpm.split(' '));
  assert.match(words.stdout, /^Tokens per minute \(HTTP 429\): openai, gpt-4o\n/);
  assert.match(words.stdout, /Sending it again can succeed after 644 ms\./);
});

test('a text without a rate-limit error', async (context) => {
  const at = project(context, {});
  const result = await at.run('explain', 'everything is fine', '--format', 'json');
  assert.equal(result.code, 1);
  assert.deepEqual(JSON.parse(result.stdout), { version: 1, errors: [] });
  const text = await at.pipe('fine\n', 'explain', '-');
  assert.equal(text.code, 1);
  assert.match(text.stderr, /No rate-limit error/);
});

test('a rule, and all of them', async (context) => {
  const at = project(context, {});
  const rule = await at.run('explain', 'unprotected-call');
  assert.equal(rule.code, 0);
  assert.match(rule.stdout, /^unprotected-call \(warning\)\n/);
  for (const part of ['Why', 'Detection', 'Prevention', 'Broken (Python)', 'Repaired'])
    assert.ok(rule.stdout.includes(`\n${part}\n`), part);
  const all = await at.run('explain');
  assert.equal(all.code, 0);
  assert.match(all.stdout, /^ {2}unprotected-call {2,}\S/m);
  assert.match(all.stdout, /x-ratelimit-remaining-requests/);
  const unknown = await at.run('explain', 'unprotected-cal');
  assert.equal(unknown.code, 2);
  assert.match(unknown.stderr, /There is no rule “unprotected-cal”\. Did you mean “unprotected-call”\?/);
});

test('the requests in a line, with what speaks for them', async (context) => {
  const at = project(context, { 'a.py': python, 'b.py': quiet });
  const loud = await at.run('explain', 'a.py:6');
  assert.equal(loud.code, 0);
  assert.match(loud.stdout, /^a\.py:6:9: client\.chat\.completions\.create\n/);
  assert.match(loud.stdout, /sends a refused request again 2 times within 1\.1–1\.5 s/);
  assert.match(loud.stdout, /\[unprotected-call\]/);
  const silent = await at.run('explain', 'b.py:6:9');
  assert.match(silent.stdout, /max_retries/);
  assert.match(silent.stdout, /no finding/);
  const other = await at.run('explain', 'a.py:1');
  assert.equal(other.code, 1);
  assert.match(other.stderr, /No request in line 1\. Requests stand in line 6\./);
  const asJson = JSON.parse((await at.run('explain', 'a.py:6', '--format', 'json')).stdout);
  assert.deepEqual(asJson.requests[0].range.start, { line: 6, column: 9 });
  assert.equal(asJson.requests[0].findings[0].rule, 'unprotected-call');
});
