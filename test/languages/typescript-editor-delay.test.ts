/** How long the written retry waits, and when it gives up: the helpers run for real, on the SDK's own errors. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import OpenAI from 'openai';
import { backoff, call, head } from './typescript-repair.ts';

type Delay = (error: unknown, attempt: number, started: number) => number | undefined;

const repaired = backoff(
  `${head}export const f = (q, signal) => client.responses.create({ model: 'm', input: q }, { signal });\n`,
  { path: 'a.js' },
);
const helpers = repaired.slice(repaired.indexOf('/**\n * Sends a request'));
const { retryDelay, withAbortableBackoff } = new Function(
  'OpenAI',
  `${helpers}\nreturn { retryDelay, withAbortableBackoff };`,
)(OpenAI) as {
  retryDelay: Delay;
  withAbortableBackoff: (request: () => Promise<unknown>, signal?: AbortSignal) => Promise<unknown>;
};

interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly message?: string;
  readonly type?: string;
  readonly code?: string;
}

function failure({
  status = 429,
  headers = {},
  message = 'Rate limit reached',
  type = 'requests',
  code = 'x',
}: Answer) {
  return OpenAI.APIError.generate(status, { error: { message, type, code } }, undefined, new Headers(headers));
}

const delay = (answer: Answer, attempt = 1, started = Date.now()) => retryDelay(failure(answer), attempt, started);

/** Whether the wait is the server's: at the first attempt the jitter is below a second. */
const waits: readonly (readonly [string, Answer, number])[] = [
  ['retry-after-ms', { headers: { 'retry-after-ms': '1500', 'retry-after': '9' } }, 1_500],
  ['retry-after in seconds', { headers: { 'retry-after': '20' } }, 20_000],
  ['retry-after with a fraction', { headers: { 'retry-after': '1.5' } }, 1_500],
  ['retry-after before the text', { headers: { 'retry-after': '20' }, message: 'Please try again in 6s.' }, 20_000],
  ['minutes', { message: 'Please try again in 1m0s. Visit' }, 60_000],
  ['minutes and seconds', { message: 'Please try again in 1m12s.' }, 72_000],
  ['seconds', { message: 'Please try again in 20s.' }, 20_000],
  ['a fraction', { message: 'Please try again in 1.574s.' }, 1_574],
  ['milliseconds', { message: 'Please try again in 1644ms.' }, 1_644],
  ['Azure', { message: 'Please retry after 37 seconds. Please go here', code: '429' }, 37_000],
  ['Azure, short', { message: 'Rate limit is exceeded. Try again in 2 seconds.', code: '429' }, 2_000],
];

for (const [name, answer, expected] of waits) {
  test(`The server’s wait is kept: ${name}`, () => assert.equal(Math.round(delay(answer)!), expected));
}

test('The server’s wait is kept: an HTTP date', () => {
  const date = new Date(Date.now() + 30_000).toUTCString();
  const wait = delay({ headers: { 'retry-after': date } })!;
  assert.ok(wait > 27_000 && wait <= 30_000, String(wait));
});

test('Without a word from the server the wait is full jitter, growing up to the cap', () => {
  for (const [attempt, most] of [
    [1, 1_000],
    [2, 2_000],
    [3, 4_000],
    [6, 32_000],
  ] as const) {
    const drawn = Array.from({ length: 300 }, () => delay({}, attempt)!);
    assert.ok(drawn.every((wait) => wait >= 0 && wait <= most));
    assert.ok(Math.max(...drawn) > most * 0.8 && Math.min(...drawn) < most * 0.2);
  }
});

test('Headers may be a plain object, as in older versions', () => {
  const error = failure({});
  Object.defineProperty(error, 'headers', { value: { 'retry-after': '20' } });
  assert.equal(retryDelay(error, 1, Date.now()), 20_000);
});

const lasting: Readonly<Record<string, Answer>> = {
  'no money': { type: 'insufficient_quota', code: 'insufficient_quota' },
  'no prepaid credit': { type: 'insufficient_quota', code: 'credit_balance_exhausted' },
  'code alone': { code: 'organization_spend_limit_exceeded' },
  'project limit': { code: 'project_spend_limit_exceeded' },
  'usage limit': { code: 'organization_usage_limit_exceeded' },
  billing: { code: 'billing_not_active' },
  'too large': { message: 'Request too large for m on tokens per min (TPM): Limit 30000, Requested 48211.' },
  'limit of nothing': { message: 'Rate limit exceeded for images per minute. Limit: 0/1min. Current: 1/1min.' },
  'limit of nothing, in words': { message: 'on tokens per min (TPM): Limit 0, Used 0, Requested 5.' },
  'the server says so': { headers: { 'x-should-retry': 'false' } },
  'an hour': { headers: { 'retry-after': '3600' } },
  'half a day': { message: 'Please try again in 14h29m11.04s.' },
  'a day': { message: 'Please retry after 86400 seconds.', code: '429' },
  'a bad request': { status: 400 },
  'a wrong key': { status: 401 },
};

for (const [name, answer] of Object.entries(lasting)) {
  test(`Given up at once: ${name}`, () => assert.equal(delay(answer), undefined));
}

test('Rate limits that look like lasting ones are repeated', () => {
  assert.notEqual(delay({ type: 'tokens_usage_based', code: 'rate_limit_exceeded' }), undefined);
  assert.notEqual(
    delay({ message: 'Limit: 20.000000 / min. Visit https://platform.openai.com/account/billing.' }),
    undefined,
  );
  assert.notEqual(delay({ message: 'Limit 0.5 / min. https://aka.ms/oai/quotaincrease' }), undefined);
});

test('Attempts and time are bounded', () => {
  assert.notEqual(delay({}, 6), undefined);
  assert.equal(delay({}, 7), undefined);
  assert.equal(delay({ headers: { 'retry-after': '20' } }, 1, Date.now() - 101_000), undefined);
});

test('Other passing faults get what the SDK gives them', () => {
  for (const error of [failure({ status: 503 }), failure({ status: 409 }), new OpenAI.APIConnectionError({})]) {
    assert.notEqual(retryDelay(error, 2, Date.now()), undefined);
    assert.equal(retryDelay(error, 3, Date.now()), undefined);
  }
  for (const error of [new OpenAI.APIUserAbortError(), new TypeError('x'), undefined, null, 'text'])
    assert.equal(retryDelay(error, 1, Date.now()), undefined);
});

test('An aborted signal ends the wait, and the next attempt says so', async () => {
  const controller = new AbortController();
  let sent = 0;
  const began = Date.now();
  const result = withAbortableBackoff(async () => {
    controller.signal.throwIfAborted();
    sent++;
    throw failure({ headers: { 'retry-after': '60' } });
  }, controller.signal);
  setTimeout(() => controller.abort(new RangeError('enough')), 20);
  await assert.rejects(result, RangeError);
  assert.equal(sent, 1);
  assert.ok(Date.now() - began < 5_000);
});

test('The last error is the one that comes out', async () => {
  const error = failure({ type: 'insufficient_quota' });
  await assert.rejects(
    withAbortableBackoff(() => Promise.reject(error)),
    (caught) => caught === error,
  );
  assert.equal(await withAbortableBackoff(async () => call), call);
});
