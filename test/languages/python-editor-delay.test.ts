/** How long a written retry waits, by what the server says: the Python helper itself is run. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import test from 'node:test';
import { backoff } from './python-repair.ts';

interface Refusal {
  /** 429 if nothing is said; 0 where no answer came. */
  readonly status?: number;
  readonly message?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The number of the attempt that was refused. */
  readonly attempt?: number;
  /** Seconds since the first attempt. */
  readonly elapsed?: number;
}

/** The server's figure; without one the wait is jitter alone, which is 0 here. */
const waits: readonly (readonly [title: string, refusal: Refusal, seconds: number | null])[] = [
  ['nothing said', {}, 0],
  ['milliseconds', { headers: { 'retry-after-ms': '1500', 'retry-after': '9' } }, 1.5],
  ['seconds', { headers: { 'retry-after': '20' } }, 20],
  ['parts of a second', { headers: { 'retry-after': '0.5' } }, 0.5],
  ['nothing to wait for', { headers: { 'retry-after': '0' } }, 0],
  ['less than nothing', { headers: { 'retry-after': '-5' } }, 0],
  ['no number', { headers: { 'retry-after': 'nan', 'retry-after-ms': 'inf' } }, 0],
  ['words', { headers: { 'retry-after': 'soon' } }, 0],
  ['a day gone by', { headers: { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' } }, 0],
  ['beyond the budget', { headers: { 'retry-after': '121' } }, null],
  ['beyond what is left of the budget', { headers: { 'retry-after': '20' }, elapsed: 101 }, null],
  ['a date far ahead', { headers: { 'retry-after': 'Wed, 21 Oct 2099 07:28:00 GMT' } }, null],
  ['20s', { message: 'Limit 3, Used 3, Requested 1. Please try again in 20s. Visit https://a.b/c.' }, 20],
  ['644ms', { message: 'Used 29937, Requested 385. Please try again in 644ms.' }, 0.644],
  ['6ms', { message: 'Limit: 10000 / min. Please try again in 6ms. Contact us' }, 0.006],
  ['1.574s', { message: 'Please try again in 1.574s.' }, 1.574],
  ['1m30s', { message: 'Please try again in 1m30s. Visit' }, 90],
  ['6m0s', { message: 'Please try again in 6m0s.' }, null],
  ['14h29m11.04s', { message: 'Please try again in 14h29m11.04s.' }, null],
  ['Azure', { message: 'current S0 pricing tier. Please retry after 37 seconds. Please go here' }, 37],
  ['Azure, shorter', { message: 'Rate limit is exceeded. Try again in 2 seconds.' }, 2],
  ['Azure, a day', { message: 'Please retry after 86400 seconds.' }, null],
  ['a header before words', { message: 'Please try again in 20s.', headers: { 'retry-after': '1' } }, 1],
  ['the sixth attempt', { attempt: 6 }, 0],
  ['the last attempt', { attempt: 7 }, null],
  ['a server’s error', { status: 500, attempt: 2, headers: { 'retry-after': '3' } }, 3],
  ['a server’s error, the last attempt', { status: 500, attempt: 3 }, null],
  ['a lost connection', { status: 0, attempt: 2 }, 0],
  ['a lost connection, the last attempt', { status: 0, attempt: 3 }, null],
  ['told to send it again', { headers: { 'x-should-retry': 'true' } }, 0],
  ['told not to', { headers: { 'x-should-retry': 'false' } }, null],
  [
    'a request that is too large',
    { message: 'Request too large for gpt-4o on tokens per min (TPM): Limit 30000' },
    null,
  ],
  [
    'a limit of nothing',
    { message: 'Rate limit exceeded for images per minute. Limit: 0/1min. Current: 1/1min.' },
    null,
  ],
  ['an old limit', { message: 'Limit: 20.000000 / min. Current: 24.000000 / min.' }, 0],
  ['a limit with a zero inside', { message: 'Limit 0.5, Used 1. Please try again in 3s.' }, 3],
  ['a way to pay', { message: 'add a payment method at https://platform.openai.com/account/billing.' }, 0],
  ['requests', { body: { type: 'requests', code: 'rate_limit_exceeded' } }, 0],
  ['tokens', { body: { type: 'tokens_usage_based', code: 'rate_limit_exceeded' } }, 0],
  ['slow down', { body: { type: 'rate_limit_error', code: 'slow_down' } }, 0],
  ['Azure’s code', { body: { code: '429', message: 'retry after 5 seconds' } }, 5],
  ['no body', { body: null }, 0],
  ['a text for a body', { body: 'error code: 1015' }, 0],
  ['no quota', { body: { type: 'insufficient_quota', code: null } }, null],
  ...[
    'insufficient_quota',
    'credit_balance_exhausted',
    'organization_spend_limit_exceeded',
    'project_spend_limit_exceeded',
    'organization_usage_limit_exceeded',
    'billing_not_active',
    'usage_limit_exceeded',
  ].map((code) => [code, { body: { message: 'x', type: 'other', param: null, code } }, null] as const),
  ['another provider’s body', { body: { type: 'error', error: { type: 'enforced_spend_limit_reached' } } }, null],
];

test('the wait follows the server and the bounds', async () => {
  const repaired = await backoff(
    'from openai import OpenAI\n\nclient = OpenAI()\n\n\nx = client.chat.completions.create(model="m", messages=[])\n',
  );
  const helper = repaired.slice(0, repaired.indexOf('\n\n\nclient = ')).replace(/^from openai .*$/m, '');
  const program = `${helper}


import json, sys
random.uniform = lambda low, high: 0


class Response:
    def __init__(self, headers):
        self.headers = headers


class Error(Exception):
    def __init__(self, case):
        super().__init__(case.get("message", ""))
        self.body = case.get("body")
        if case.get("status", 429):
            self.status_code = case.get("status", 429)
            self.response = Response(case.get("headers", {}))


print(json.dumps([
    retry_delay(Error(case), case.get("attempt", 1), time.monotonic() - case.get("elapsed", 0))
    for case in json.load(sys.stdin)
]))
`;
  const run = spawnSync('python3', ['-c', program], { input: JSON.stringify(waits.map(([, refusal]) => refusal)) });
  assert.equal(run.status, 0, `python3: ${run.error ?? run.stderr}`);
  const answers: readonly (number | null)[] = JSON.parse(String(run.stdout));
  assert.deepEqual(
    waits.map(([title], index) => [title, answers[index]]),
    waits.map(([title, , seconds]) => [title, seconds]),
  );
});
