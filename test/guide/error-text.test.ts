/** The error-text reader against the shapes in which providers and SDKs write a rate-limit error. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { durationInWords, seconds } from '../../src/guide/durations.ts';
import { findErrors, type LimitError, readErrors } from '../../src/guide/error-text.ts';

const tpm =
  'Rate limit reached for gpt-4o in organization org-x on tokens per min (TPM): Limit 30000, Used 29937, Requested 385. Please try again in 644ms. Visit https://platform.openai.com/account/rate-limits to learn more.';
const tpmError: LimitError = {
  status: 429,
  provider: 'openai',
  kind: 'tokens-per-minute',
  model: 'gpt-4o',
  limit: 30000,
  used: 29937,
  requested: 385,
  waitSeconds: 0.644,
  retryable: true,
};
const azure = (what: string, wait: number) =>
  `openai.RateLimitError: Error code: 429 - {'error': {'code': '429', 'message': 'Requests to the ChatCompletions_Create Operation under Azure OpenAI API version 2023-07-01-preview have exceeded ${what} rate limit of your current OpenAI S0 pricing tier. Please retry after ${wait} seconds. Please go here: https://aka.ms/oai/quotaincrease'}}`;

const cases: readonly (readonly [string, string, LimitError])[] = [
  ['the sentence alone', tpm, tpmError],
  [
    'Python’s form',
    `openai.RateLimitError: Error code: 429 - {'error': {'message': '${tpm}', 'type': 'tokens', 'param': None, 'code': 'rate_limit_exceeded'}}`,
    tpmError,
  ],
  ['Node’s form', `RateLimitError: 429 ${tpm}`, tpmError],
  ['inside a log line', `2026-11-24T10:00:00Z ERROR worker-3 giving up: ${tpm}`, tpmError],
  [
    'a bare class and code',
    "openai.RateLimitError: Error code: 429 - {'error': {'message': 'Rate limit reached', 'type': 'requests', 'code': 'rate_limit_exceeded'}}",
    { status: 429, provider: 'openai', kind: 'rate-limit', retryable: true },
  ],
  [
    'requests per minute',
    'Rate limit reached for gpt-3.5-turbo in organization org-x on requests per min (RPM): Limit 3, Used 3, Requested 1. Please try again in 20s.',
    {
      status: 429,
      provider: 'openai',
      kind: 'requests-per-minute',
      model: 'gpt-3.5-turbo',
      limit: 3,
      used: 3,
      requested: 1,
      waitSeconds: 20,
      retryable: true,
    },
  ],
  [
    'requests per day',
    'Rate limit reached for gpt-4o in organization org-x on requests per day (RPD): Limit 10000, Used 10000, Requested 1. Please try again in 8.64s.',
    {
      status: 429,
      provider: 'openai',
      kind: 'requests-per-day',
      model: 'gpt-4o',
      limit: 10000,
      used: 10000,
      requested: 1,
      waitSeconds: 8.64,
      retryable: true,
    },
  ],
  [
    'tokens per day, with a long wait',
    'Rate limit reached for gpt-4o in organization org-x on tokens per day (TPD): Limit 2000000, Used 1999000, Requested 5000. Please try again in 14h29m11.04s.',
    {
      status: 429,
      provider: 'openai',
      kind: 'tokens-per-day',
      model: 'gpt-4o',
      limit: 2000000,
      used: 1999000,
      requested: 5000,
      waitSeconds: 52151.04,
      retryable: true,
    },
  ],
  [
    'images: a limit of nothing never succeeds',
    'Rate limit exceeded for images per minute in organization org-x. Limit: 0/1min. Current: 1/1min. Please visit https://platform.openai.com',
    { status: 429, provider: 'openai', kind: 'images-per-minute', limit: 0, used: 1, retryable: false },
  ],
  [
    'the old sentence',
    'Rate limit reached for default-gpt-3.5-turbo in organization org-x on tokens per min. Limit: 10000 / min. Please try again in 6ms. Contact us',
    {
      status: 429,
      provider: 'openai',
      kind: 'tokens-per-minute',
      model: 'default-gpt-3.5-turbo',
      limit: 10000,
      waitSeconds: 0.006,
      retryable: true,
    },
  ],
  [
    'the oldest sentence',
    'Rate limit reached for default-code in organization org-x on requests per min. Limit: 20.000000 / min. Current: 24.000000 / min. Contact support',
    {
      status: 429,
      provider: 'openai',
      kind: 'requests-per-minute',
      model: 'default-code',
      limit: 20,
      used: 24,
      retryable: true,
    },
  ],
  [
    'quota',
    "Error code: 429 - {'error': {'message': 'You exceeded your current quota, please check your plan and billing details.', 'type': 'insufficient_quota', 'param': None, 'code': 'insufficient_quota'}}",
    { status: 429, provider: 'openai', kind: 'quota', retryable: false },
  ],
  [
    'a spend limit, in JSON',
    '{\n  "error": {\n    "message": "Your project has reached its limit.",\n    "type": "insufficient_quota",\n    "param": null,\n    "code": "project_spend_limit_exceeded"\n  }\n}',
    { status: 429, kind: 'quota', retryable: false },
  ],
  [
    'too large',
    "Error code: 429 - {'error': {'message': 'Request too large for gpt-4o in organization org-x on tokens per min (TPM): Limit 30000, Requested 50123. The input or output tokens must be reduced.', 'type': 'tokens', 'code': 'rate_limit_exceeded'}}",
    {
      status: 429,
      provider: 'openai',
      kind: 'request-too-large',
      model: 'gpt-4o',
      limit: 30000,
      requested: 50123,
      retryable: false,
    },
  ],
  [
    'slow down',
    '{"error":{"message":"Slow down","type":"rate_limit_error","code":"slow_down"}}',
    { status: 429, provider: 'openai', kind: 'slow-down', retryable: true },
  ],
  [
    'overloaded',
    "openai.InternalServerError: Error code: 503 - {'error': {'message': 'Busy', 'type': 'service_unavailable_error', 'code': 'server_is_overloaded'}}",
    { status: 503, provider: 'openai', kind: 'overloaded', retryable: true },
  ],
  [
    'overloaded, older',
    'That model is currently overloaded with other requests. You can retry your request, or contact us.',
    { status: 503, provider: 'openai', kind: 'overloaded', retryable: true },
  ],
  [
    'overloaded at Anthropic',
    "anthropic.OverloadedError: Error code: 529 - {'type': 'error', 'error': {'type': 'overloaded_error', 'message': 'Overloaded'}}",
    { status: 529, provider: 'anthropic', kind: 'overloaded', retryable: true },
  ],
  ['blocked', 'Error: 429 error code: 1015', { status: 429, kind: 'blocked', retryable: false }],
  [
    'Azure, tokens',
    azure('token', 37),
    { status: 429, provider: 'azure', kind: 'tokens-per-minute', waitSeconds: 37, retryable: true },
  ],
  [
    'Azure, calls',
    azure('call', 86400),
    { status: 429, provider: 'azure', kind: 'requests-per-minute', waitSeconds: 86400, retryable: true },
  ],
  [
    'Azure, short',
    "{'statusCode': 429, 'message': 'Rate limit is exceeded. Try again in 2 seconds.'}",
    { status: 429, provider: 'azure', kind: 'rate-limit', waitSeconds: 2, retryable: true },
  ],
  [
    'Azure, high demand',
    '429 The system is currently experiencing high demand and cannot process your request. Please retry after 20 seconds.',
    { status: 429, provider: 'azure', kind: 'overloaded', waitSeconds: 20, retryable: true },
  ],
  [
    'Groq',
    'groq.RateLimitError: Error code: 429 - {"error":{"message":"Rate limit reached for model `llama-3.3-70b-versatile` in organization `org_x` service tier `on_demand` on tokens per minute (TPM): Limit 6000, Used 5000, Requested 2000. Please try again in 7m12s."}}',
    {
      status: 429,
      provider: 'groq',
      kind: 'tokens-per-minute',
      model: 'llama-3.3-70b-versatile',
      limit: 6000,
      used: 5000,
      requested: 2000,
      waitSeconds: 432,
      retryable: true,
    },
  ],
  [
    'Gemini says quota of a limit that comes back',
    "google.genai.errors.ClientError: 429 RESOURCE_EXHAUSTED. {'error': {'message': 'You exceeded your current quota', 'details': [{'quotaId': 'GenerateRequestsPerMinutePerProjectPerModel-FreeTier'}, {'retryDelay': '36s'}]}}",
    { status: 429, provider: 'google', kind: 'requests-per-minute', waitSeconds: 36, retryable: true },
  ],
  [
    'a status without words',
    'AxiosError: Request failed with status code 429',
    { status: 429, kind: 'rate-limit', retryable: true },
  ],
  [
    'an HTTP log with a header',
    'HTTP/1.1 429 Too Many Requests\ncontent-type: application/json\nretry-after: 12\n',
    { status: 429, kind: 'rate-limit', waitSeconds: 12, retryable: true },
  ],
];

for (const [name, text, expected] of cases) {
  test(`reads ${name}`, () => assert.deepEqual(readErrors(text), [expected]));
}

test('one error written several times is one', () => {
  const printed = `RateLimitError: 429 ${tpm}
    at APIError.generate (file:///app/node_modules/openai/core/error.mjs:57:20)
    at process.processTicksAndRejections (node:internal/process/task_queues:104:5) {
  status: 429,
  headers: Headers { 'retry-after-ms': '644' },
  error: {
    message: 'Rate limit reached for gpt-4o in organization org-x on tokens per min (TPM): Limit 30000, ' +
      'Used 29937, Requested 385. Please try again in 644ms.',
    type: 'tokens',
    code: 'rate_limit_exceeded'
  },
  code: 'rate_limit_exceeded',
  type: 'tokens'
}`;
  assert.deepEqual(readErrors(printed), [tpmError]);
  const chained = `Traceback (most recent call last):
  File "a.py", line 3, in <module>
openai.RateLimitError: Error code: 429 - {'error': {'message': '${tpm}'}}

The above exception was the direct cause of the following exception:

tenacity.RetryError: RetryError[<Future at 0x7f state=finished raised RateLimitError>]`;
  assert.deepEqual(readErrors(chained), [tpmError]);
});

test('different errors are told apart, with their places', () => {
  const text = `start\n${tpm}\nok\n\nYou exceeded your current quota, please check your plan.\n`;
  const found = findErrors(text);
  assert.deepEqual(
    found.map(({ error }) => error.kind),
    ['tokens-per-minute', 'quota'],
  );
  assert.equal(text.slice(found[0]!.at.start, found[0]!.at.end), `${tpm}\nok`);
  assert.equal(
    text.slice(found[1]!.at.start, found[1]!.at.end),
    'You exceeded your current quota, please check your plan.',
  );
});

test('what is no rate-limit error is none', () => {
  const others = [
    '',
    'try:\n    pass\nexcept openai.RateLimitError:\n    pass',
    '  File "a.py", line 429, in main',
    "openai.NotFoundError: Error code: 404 - {'error': {'message': 'The model does not exist'}}",
    "openai.AuthenticationError: Error code: 401 - {'error': {'code': 'invalid_api_key'}}",
    'We keep to the rate limit of the API.',
    'Error: Request failed with status code 500',
  ];
  for (const text of others) assert.deepEqual(readErrors(text), [], text);
});

test('line ends do not matter', () => {
  const lines = ['RateLimitError: 429 Slow', "  headers: { 'retry-after': '7' },"];
  for (const end of ['\n', '\r\n', '\r']) assert.equal(readErrors(lines.join(end))[0]?.waitSeconds, 7);
});

test('durations', () => {
  const known: [string, number | undefined][] = [
    ['6ms', 0.006],
    ['20s', 20],
    ['1.574s', 1.574],
    ['6m0s', 360],
    ['7m12s', 432],
    ['14h29m11.04s', 52151.04],
    ['1d2h', 93600],
    ['37 seconds', 37],
    ['1 second', 1],
    ['2 minutes', 120],
    ['', undefined],
    ['soon', undefined],
    ['12', undefined],
    ['3 sheep', undefined],
  ];
  for (const [text, value] of known) assert.equal(seconds(text), value, text);
  assert.deepEqual([0.006, 0.644, 20, 119.6, 432, 52151.04, 86400].map(durationInWords), [
    '6 ms',
    '644 ms',
    '20 s',
    '2 min',
    '7 min',
    '14 h 29 min',
    '24 h',
  ]);
});

test('a long log is read in little time', () => {
  const log = `${'INFO request done in 429 ms with "quotes" and rate words\n'.repeat(50_000)}${tpm}\n`;
  const start = performance.now();
  assert.deepEqual(readErrors(log), [tpmError]);
  assert.ok(performance.now() - start < 2000);
});
