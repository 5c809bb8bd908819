/** What is true of HTTP 429 whatever the rule: causes with their fixes, detection, prevention. */

export interface Cause {
  readonly title: string;
  readonly text: string;
  readonly fix: string;
  /** Rules that find it in code. */
  readonly rules: readonly string[];
}

export interface Advice {
  readonly title: string;
  readonly text: string;
}

export const whatItMeans =
  'HTTP 429 says that the provider understood the request and refuses to do it now. The SDKs of OpenAI, Anthropic and Groq send it again twice, within about a second and a half. A per-minute limit needs up to sixty, so the error still reaches your code.';

export const causes: readonly Cause[] = [
  {
    title: 'Requests come too fast',
    text: 'A loop or a burst of users sends more than the minute’s requests or tokens. Refused requests can count too, so hammering keeps the window full.',
    fix: 'Send a refused request again with exponential backoff and jitter, at least as late as the server says, and bounded in attempts and time.',
    rules: ['unprotected-call', 'swallowed-rate-limit', 'dropped-request', 'immediate-retry', 'fixed-delay-retry'],
  },
  {
    title: 'Several keys or addresses share the work',
    text: 'Limits belong to organisation, project and model, so a second key of the same project gains nothing. Going round a limit with other accounts or proxies breaks the provider’s terms and can end in a block.',
    fix: 'Use one key a project from one place, and ask for a higher limit when the work needs it.',
    rules: ['key-rotation', 'hard-coded-key'],
  },
  {
    title: 'Scripts flood the endpoint',
    text: 'Everything starts at once, or several retry layers multiply each other: three layers of three attempts send 27 requests for one.',
    fix: 'Bound rate and concurrency on the client’s side, and keep exactly one layer that retries.',
    rules: ['unbounded-fan-out', 'stacked-retries', 'unbounded-retry'],
  },
];

export const detection: readonly Advice[] = [
  {
    title: 'Count the refusals',
    text: 'Log each 429 with model, error `type` and `code`, the request id and the wait that the server named. Tell quota errors from rate limits: they need a human.',
  },
  {
    title: 'Watch what is left',
    text: 'Answers that succeed carry `x-ratelimit-remaining-requests` and `x-ratelimit-remaining-tokens` too: alert at a tenth of `x-ratelimit-limit-*`. The `x-ratelimit-reset-*` values say when the limit is whole again, which is longer than one request must wait.',
  },
  {
    title: 'Measure your own rate',
    text: 'Count requests and tokens a minute for each model, retries included, and set them against the limits. An SDK’s silent retries hide the first signs.',
  },
];

export const prevention: readonly Advice[] = [
  {
    title: 'Throttle on the client’s side',
    text: 'One limiter for everything that shares the limit, by requests and by tokens a minute. A semaphore bounds how many run at once, not how many a minute.',
  },
  {
    title: 'Back off',
    text: 'Wait the longer of the server’s wait and a random time up to min(cap, base·2ⁿ). Bound attempts and total time, and raise the original error at the end. Quota errors and requests that are too large are raised at once.',
  },
  {
    title: 'Manage keys in one place',
    text: 'Keys come from a secret store, one a project, with limits and budgets set there. Then one dashboard shows who uses what, and a leaked key is changed once.',
  },
];

/** What helps at once, without a change of the code. */
export const workaround: readonly Advice[] = [
  {
    title: 'Wait, then run again',
    text: 'A limit that is counted by the minute is open again after a minute at most; the answer’s `retry-after`, or its message, says when.',
  },
  {
    title: 'Make requests smaller',
    text: 'Set `max_tokens` to what an answer needs, since it is counted in advance, and shorten prompts. Put several inputs into one request where the endpoint takes a list.',
  },
  {
    title: 'Move what can wait',
    text: 'Limits belong to a model and a project: work that is in no hurry can go to the batch endpoint, or to another model.',
  },
];

export const versions =
  'The default of two retries, with waits that double from half a second to eight, holds for OpenAI’s Python SDK from 1.0 to 3.3 and its Node SDK from 4.104 to 7.57. Which waits of the server they follow differs: up to 60 s in most versions, up to 120 s in Python from 2.52 on, without bound in Node 6.26 to 7.4.';

export const sources: readonly { readonly title: string; readonly url: string }[] = [
  { title: 'OpenAI: rate limits', url: 'https://platform.openai.com/docs/guides/rate-limits' },
  { title: 'OpenAI: error codes', url: 'https://platform.openai.com/docs/guides/error-codes/api-errors' },
  { title: 'Anthropic: rate limits', url: 'https://docs.claude.com/en/api/rate-limits' },
  {
    title: 'AWS Architecture Blog: exponential backoff and jitter',
    url: 'https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/',
  },
];
