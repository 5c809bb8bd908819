/** The limits meter: headers read, one request sent, refusals outwaited within bounds. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MeterAnswer } from '../../src/extension/limits/ask.ts';
import { isBaseUrl, keyVariableOf, meterRequest } from '../../src/extension/limits/request.ts';
import { untilTold } from '../../src/extension/limits/until-told.ts';
import { concurrencyWithin, readLimits, requestWindowOf } from '../../src/guide/limits.ts';
import { ageInWords, limitsInWords } from '../../src/render/limits-words.ts';

const headers = {
  'x-ratelimit-limit-requests': '60',
  'x-ratelimit-limit-tokens': '150000',
  'x-ratelimit-remaining-requests': '59',
  'x-ratelimit-remaining-tokens': '149984',
  'x-ratelimit-reset-requests': '1s',
  'x-ratelimit-reset-tokens': '6m0s',
};

test('the headers tell limits, what is left, and when all is there again', () => {
  assert.deepEqual(readLimits(headers, 'minute'), {
    requests: { limit: 60, window: 'minute', remaining: 59, resetSeconds: 1 },
    tokens: { limit: 150_000, window: 'minute', remaining: 149_984, resetSeconds: 360 },
  });
});

test('headers that tell half, nothing or nonsense are no more than that', () => {
  assert.deepEqual(readLimits({ 'x-ratelimit-limit-tokens': '1000', 'x-ratelimit-reset-tokens': '-1' }, 'minute'), {
    tokens: { limit: 1000, window: 'minute' },
  });
  assert.deepEqual(readLimits({ 'x-ratelimit-limit-tokens': '1000', 'x-ratelimit-reset-tokens': '37' }, 'minute'), {
    tokens: { limit: 1000, window: 'minute', resetSeconds: 37 },
  });
  assert.equal(readLimits({ 'x-ratelimit-remaining-tokens': '5' }, 'minute'), undefined);
  assert.equal(readLimits({ 'x-ratelimit-limit-requests': 'many' }, 'minute'), undefined);
});

test('Groq’s requests are counted by the day', () => {
  assert.equal(requestWindowOf('https://api.groq.com/openai/v1'), 'day');
  assert.equal(requestWindowOf('https://api.openai.com/v1'), 'minute');
  assert.equal(requestWindowOf('https://groq.com.example.org/v1'), 'minute');
});

test('as many run at once as the tighter limit of a minute lets through', () => {
  const limits = readLimits(headers, 'minute')!;
  assert.equal(concurrencyWithin(limits, { tokens: 1000, answerSeconds: 10 }), 10);
  assert.equal(concurrencyWithin(limits, { tokens: 10_000, answerSeconds: 10 }), 2);
  assert.equal(concurrencyWithin(limits, { tokens: 100_000, answerSeconds: 1 }), 1);
  assert.equal(concurrencyWithin(readLimits(headers, 'day')!, { tokens: 1000, answerSeconds: 2 }), 5);
  assert.equal(
    concurrencyWithin({ requests: { limit: 5, window: 'day' } }, { tokens: 1, answerSeconds: 1 }),
    undefined,
  );
});

test('limits and their age are said in words', () => {
  assert.equal(
    limitsInWords(readLimits(headers, 'minute')!),
    '60 requests a minute (59 left, all of them again in 1 s), 150,000 tokens a minute (149,984 left, all of them again in 6 min)',
  );
  const ages = [20, 300, 7200, 200_000].map((seconds) => ageInWords({ at: 0 }, seconds * 1000));
  assert.deepEqual(ages, ['just now', '5 min ago', '2 h ago', '2 days ago']);
});

test('a request is as small as the endpoint lets it be, and goes to an address that keeps a key secret', () => {
  const { path, body } = meterRequest('https://api.openai.com/v1/', 'gpt-5');
  assert.equal(path, '/chat/completions');
  assert.equal(body.max_completion_tokens, 16);
  assert.equal(meterRequest('https://api.groq.com/openai/v1', 'llama').body.max_tokens, 16);
  assert.equal(meterRequest('https://api.openai.com/v1', 'text-embedding-3-small').path, '/embeddings');
  assert.ok(isBaseUrl('https://example.org/v1') && isBaseUrl('http://127.0.0.1:8080/v1'));
  assert.ok(!isBaseUrl('http://example.org/v1') && !isBaseUrl('http://localhost.example.org') && !isBaseUrl('key'));
});

test('a key of the environment goes to its own host alone', () => {
  assert.equal(keyVariableOf('https://api.openai.com/v1', undefined), 'OPENAI_API_KEY');
  assert.equal(keyVariableOf('https://api.openai.com.example.org/v1', undefined), undefined);
  assert.equal(keyVariableOf('https://api.groq.com/openai/v1', undefined), 'GROQ_API_KEY');
  assert.equal(keyVariableOf('http://127.0.0.1:9/v1', 'http://127.0.0.1:9/v1/'), 'OPENAI_API_KEY');
});

const answered: MeterAnswer = { status: 200, headers, seconds: 0.4 };
const bare: MeterAnswer = { status: 429, headers: {}, error: '429 Rate limit reached', seconds: 0.1 };

async function play(answers: readonly MeterAnswer[]) {
  const waits: number[] = [];
  let sent = 0;
  const told = await untilTold('https://api.openai.com/v1', {
    ask: async () => answers[Math.min(sent++, answers.length - 1)]!,
    random: () => 0.5,
    waiting: async (seconds) => void waits.push(seconds),
  });
  return { k: told.k, sent, waits };
}

test('one request is sent where it is answered, or refused with headers', async () => {
  assert.deepEqual(await play([answered]), { k: 'limits', sent: 1, waits: [] });
  assert.deepEqual(await play([{ ...bare, headers }]), { k: 'limits', sent: 1, waits: [] });
  assert.deepEqual(await play([{ status: 200, headers: {}, seconds: 1 }]), { k: 'silent', sent: 1, waits: [] });
});

test('a refusal that tells nothing is outwaited with growing waits, at least as long as the server says', async () => {
  const told = { ...bare, headers: { 'retry-after': '7' } };
  assert.deepEqual(await play([bare, bare, told, answered]), { k: 'limits', sent: 4, waits: [0.5, 1, 7] });
});

test('attempts and time are bounded, and what no wait helps is refused at once', async () => {
  const always = await play([bare]);
  assert.equal(always.k, 'refused');
  assert.equal(always.sent, 7);
  assert.deepEqual(await play([{ ...bare, headers: { 'retry-after': '3600' } }]), { k: 'refused', sent: 1, waits: [] });
  const quota = {
    ...bare,
    headers,
    error: '429 You exceeded your current quota, please check your plan {"code":"insufficient_quota"}',
  };
  assert.deepEqual(await play([quota]), { k: 'refused', sent: 1, waits: [] });
  assert.deepEqual(await play([{ ...bare, status: 401, error: '401 wrong key' }]), {
    k: 'refused',
    sent: 1,
    waits: [],
  });
});
