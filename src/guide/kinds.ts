/** The kinds of rate-limit errors: what each means, whether sending again can help, and what does. */

export type LimitKind =
  | 'requests-per-minute'
  | 'tokens-per-minute'
  | 'requests-per-day'
  | 'tokens-per-day'
  | 'images-per-minute'
  | 'quota'
  | 'request-too-large'
  | 'slow-down'
  | 'overloaded'
  | 'blocked'
  | 'rate-limit';

export interface KindWords {
  readonly title: string;
  /** What happened, in one or two sentences. */
  readonly cause: string;
  /** Whether the same request can succeed later without anybody doing anything. */
  readonly retryable: boolean;
  /** What to do, most useful first. */
  readonly fixes: readonly string[];
}

const wait =
  'Send it again after the wait that the answer names, or with exponential backoff and jitter when it names none.';
const spread =
  'Spread requests with a client-side limiter that is shared by everything that uses this project’s limit.';

export const kinds: Readonly<Record<LimitKind, KindWords>> = {
  'requests-per-minute': {
    title: 'Requests per minute',
    cause:
      'More requests came within a minute than this model allows the project. Short bursts can fail below the nominal rate, because providers also count over slices of a minute.',
    retryable: true,
    fixes: [wait, spread, 'Put several inputs into one request where the endpoint takes a list, as embeddings do.'],
  },
  'tokens-per-minute': {
    title: 'Tokens per minute',
    cause:
      'Prompts and answers together would exceed the minute’s tokens. `max_tokens` is counted in advance, whether it is used up or not.',
    retryable: true,
    fixes: [wait, 'Set `max_tokens` to what an answer really needs, and shorten the prompt.', spread],
  },
  'requests-per-day': {
    title: 'Requests per day',
    cause: 'The day’s requests are used up. The day is a rolling window, so the wait can still be short.',
    retryable: true,
    fixes: [
      'Decide by the stated wait: sit it out when it is short, else raise the error and queue the work.',
      'Ask for a higher limit, or move work that can wait to the batch endpoint.',
    ],
  },
  'tokens-per-day': {
    title: 'Tokens per day',
    cause: 'The day’s tokens are used up. The day is a rolling window, so the wait can still be short.',
    retryable: true,
    fixes: [
      'Decide by the stated wait: sit it out when it is short, else raise the error and queue the work.',
      'Ask for a higher limit, or move work that can wait to the batch endpoint.',
    ],
  },
  'images-per-minute': {
    title: 'Images per minute',
    cause: 'More images were asked for within a minute than the project may have. A limit of 0 means: none at all.',
    retryable: true,
    fixes: [wait, 'At a limit of 0 ask the provider for access: waiting does not help.'],
  },
  quota: {
    title: 'Quota or billing',
    cause:
      'Credit, a spend limit or the plan’s quota is used up. It comes as a 429, but it is no rate limit: time does not cure it.',
    retryable: false,
    fixes: [
      'Raise it at once instead of sending again. Test `type == "insufficient_quota"` and the code, not the status.',
      'Add credit, raise the spend limit, or look whether the key belongs to the project that you pay for.',
    ],
  },
  'request-too-large': {
    title: 'Request too large',
    cause:
      'This one request needs more tokens than the whole limit allows in a minute. Its code is that of an ordinary rate limit, but no wait makes it fit.',
    retryable: false,
    fixes: [
      'Shorten the prompt, lower `max_tokens`, or split the input.',
      'Use a model with a higher limit, or ask for a higher one.',
    ],
  },
  'slow-down': {
    title: 'Traffic grew too fast',
    cause: 'The rate rose too steeply, although it is within the limits of a minute.',
    retryable: true,
    fixes: [
      'Go back to the earlier rate, hold it for a quarter of an hour, then raise it step by step.',
      'Start workers one after the other instead of all at once.',
    ],
  },
  overloaded: {
    title: 'Provider overloaded',
    cause: 'The provider is short of capacity for this model. It is not your limit, and not your rate.',
    retryable: true,
    fixes: [
      'Send it again with longer waits than for a rate limit.',
      'Fall back to another model or region when it lasts.',
    ],
  },
  blocked: {
    title: 'Blocked before the API',
    cause: 'The network in front of the API has blocked this address. The wait is often hours.',
    retryable: false,
    fixes: [
      'Stop sending from this address, and try again after the stated wait.',
      'Look for a loop without a wait, and for others behind the same address.',
    ],
  },
  'rate-limit': {
    title: 'Rate limit',
    cause: 'The provider refused the request with a 429. The text does not say which limit was reached.',
    retryable: true,
    fixes: [
      wait,
      'Log the `x-ratelimit-*` headers of answers: they tell requests from tokens, and how much is left.',
      spread,
    ],
  },
};
