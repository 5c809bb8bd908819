/** What a server under load does to a client: the faults that the proofs are run against. */

export interface Scenario {
  /** How many requests of each item are refused before one is answered. */
  readonly refused: number;
  readonly reason: Reason;
  /** Headers of an item's refusals, such as `retry-after`, in turn; the last ones stay. */
  readonly headers: readonly Headers[];
  /** The wait that the message asks for, such as `1.574s`. */
  readonly toldWait?: string;
  /** A limit that all items share. */
  readonly window?: Window;
  readonly bucket?: Bucket;
  /** Refusals of that limit say in `retry-after` how many whole seconds are left. */
  readonly tellsWait?: true;
  /** Seconds that an answer takes; a refusal comes at once. */
  readonly answerSeconds?: number;
  /** How many requests the server works on at once, a moment each; an item that comes on top is refused for good. */
  readonly atOnce?: number;
  /** A stream is answered with HTTP 200 and refused inside, after so many chunks. */
  readonly insideStreamAfter?: number;
}

export type Reason = 'rate-limit' | 'quota' | 'credit' | 'too-large' | 'blocked' | Fault;
/** What is no rate limit: an error of the server's own, or a connection that is closed without an answer. */
export type Fault = 'server-error' | 'hung-up';
export type Headers = Readonly<Record<string, string>>;

/** A fixed window: the count starts again every `seconds`. `spentFor`: others have used it up for so long at the start. */
export interface Window {
  readonly requests: number;
  readonly seconds: number;
  readonly spentFor: number;
  /** What is refused once is refused ever after. */
  readonly forGood?: true;
}

/** A token bucket that starts full and fills all the time; a refused request takes nothing from it. */
export interface Bucket {
  readonly requests: number;
  readonly perSecond: number;
}

const base: Scenario = { refused: 0, reason: 'rate-limit', headers: [{}] };

export const ok: Scenario = base;

/** One more refusal than the SDK's own retries survive, and no word on how long to wait. */
export const refused: Scenario = { ...base, refused: 3 };

/** The same with a wait in milliseconds, so that the SDK's own retries are quick too. */
export const refusedBriefly: Scenario = { ...base, refused: 3, headers: [{ 'retry-after-ms': '20' }] };

export const forever: Scenario = { ...base, refused: Number.POSITIVE_INFINITY };

export const quota: Scenario = { ...forever, reason: 'quota' };

/** The same under a newer code: only `type` tells. */
export const credit: Scenario = { ...forever, reason: 'credit' };

export const tooLarge: Scenario = { ...forever, reason: 'too-large' };

/** Refused once, with the wait in seconds that the server asks for. */
export function serverWait(seconds: number): Scenario {
  return { ...base, refused: 1, headers: [{ 'retry-after': String(seconds) }] };
}

/** The same, with the wait only in the message's words. */
export function waitInWords(seconds: number): Scenario {
  return { ...base, refused: 1, toldWait: `${seconds}s` };
}

/** Refused for ever, asking for a wait that is longer than any budget. */
export const hopelessWait: Scenario = { ...forever, headers: [{ 'retry-after': '3600' }] };

/** Waits that no client can use: no number, a date long ago, less than nothing. */
export const uselessWaits: Scenario = {
  ...refused,
  headers: [
    { 'retry-after': 'soon' },
    { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' },
    { 'retry-after': '-1', 'retry-after-ms': 'NaN' },
  ],
};

/** A network in front of the provider refuses, in plain text. */
export const blocked: Scenario = { ...refused, reason: 'blocked' };

/** Two server errors, as many as the SDK's own retries survive. */
export const serverErrors: Scenario = { ...refusedBriefly, refused: 2, reason: 'server-error' };

export const serverErrorsForever: Scenario = { ...serverErrors, refused: Number.POSITIVE_INFINITY };

/** The connection is closed twice without an answer. */
export const hungUp: Scenario = { ...base, refused: 2, reason: 'hung-up' };

export const hungUpForever: Scenario = { ...hungUp, refused: Number.POSITIVE_INFINITY };

/** Sixty requests a second, and nothing left of the limit during the first three seconds. */
export const sixtyASecond: Scenario = { ...base, toldWait: '1s', window: { requests: 60, seconds: 1, spentFor: 3 } };

/** Two requests at once, and those that come on top are never answered. */
export const twoAtOnce: Scenario = { ...base, atOnce: 2 };

/** Five requests a second, and those that come on top are never answered. */
export const fiveASecond: Scenario = { ...base, window: { requests: 5, seconds: 1, spentFor: 0, forGood: true } };

/** The limit arrives inside a stream whose first chunk was already handed on. */
export const insideStream: Scenario = { ...forever, insideStreamAfter: 1 };

export interface Refusal {
  readonly status: 429 | 500;
  readonly headers: Headers;
  /** Plain text where it doesn't come from the provider itself. */
  readonly body: { readonly type?: 'error'; readonly error: ErrorBody | Pick<ErrorBody, 'type' | 'message'> } | string;
}

interface ErrorBody {
  readonly message: string;
  readonly type: string;
  readonly param: null;
  readonly code: string | null;
}

/** The refusal of an item that was refused `before` times already; undefined where the server hangs up. */
export function refusal(scenario: Scenario, before: number, model: string, path: string): Refusal | undefined {
  if (scenario.reason === 'hung-up') return undefined;
  const headers = scenario.headers[Math.min(before, scenario.headers.length - 1)] ?? {};
  if (scenario.reason === 'blocked') return { status: 429, headers, body: 'error code: 1015' };
  const status = scenario.reason === 'server-error' ? 500 : 429;
  const error = errorBody(scenario, scenario.reason, model);
  if (path !== 'messages') return { status, headers, body: { error } };
  const type = status === 429 ? 'rate_limit_error' : 'api_error';
  return { status, headers, body: { type: 'error', error: { type, message: error.message } } };
}

const account = 'https://platform.openai.com/account/rate-limits';

function errorBody({ toldWait }: Scenario, reason: Exclude<Reason, 'blocked' | 'hung-up'>, model: string): ErrorBody {
  const of = `${model} in organization org-proof`;
  const again = toldWait === undefined ? '' : ` Please try again in ${toldWait}.`;
  switch (reason) {
    case 'quota':
      return {
        message:
          'You exceeded your current quota, please check your plan and billing details. For more information on this error, read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors.',
        type: 'insufficient_quota',
        param: null,
        code: 'insufficient_quota',
      };
    case 'credit':
      return {
        message: 'Your credit balance is used up. Add credit to go on.',
        type: 'insufficient_quota',
        param: null,
        code: 'credit_balance_exhausted',
      };
    case 'too-large':
      return {
        message: `Request too large for ${of} on tokens per min (TPM): Limit 30000, Requested 48211. The input or output tokens must be reduced in order to run successfully. Visit ${account} to learn more.`,
        type: 'tokens',
        param: null,
        code: 'rate_limit_exceeded',
      };
    case 'server-error':
      return {
        message: 'The server had an error while processing your request. Sorry about that!',
        type: 'server_error',
        param: null,
        code: null,
      };
    case 'rate-limit':
      return {
        message: `Rate limit reached for ${of} on requests per min (RPM): Limit 60, Used 60, Requested 1.${again} Visit ${account} to learn more.`,
        type: 'requests',
        param: null,
        code: 'rate_limit_exceeded',
      };
  }
}
