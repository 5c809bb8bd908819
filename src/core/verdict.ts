/** What link finds out about one request: which SDK it goes to, what a 429 meets on its way out, and why we think so. */
import type { HttpClient, Method, Sdk } from './catalogue.ts';
import type { Call, Expr } from './facts.ts';
import type { RepeatedEffect } from './repeated-effects.ts';
import type { Settled } from './settled.ts';
import type { Span } from './span.ts';
import type { StreamLimit } from './stream-limits.ts';
import type { Unawaited } from './unawaited.ts';
import type { Words } from './words.ts';

/** A call that sends a request to a model provider. */
export interface Request {
  readonly call: Call;
  /** From the client's first letter to the method's last one: where a finding stands. */
  readonly at: Span;
  /** The path as written: `client.chat.completions.create`. */
  readonly text: string;
  /** Index of the function that holds it. */
  readonly fn: number;
  readonly sdk: Sdk;
  /** The path in the catalogue: `chat.completions.create`. */
  readonly path: string;
  readonly method: Method;
  readonly client: Client;
  /** The call asks for a stream (`stream=True`), or the method gives one. */
  readonly streams: boolean;
  /** Under `await`, or returned or awaited by the caller as a promise: an asynchronous request. */
  readonly async: boolean;
  /** For a request that a general HTTP client sends: the address as far as it can be told, and what a refusal becomes. */
  readonly http?: { readonly address: string; readonly refusal: HttpClient['refusal'] };
}

export interface Client {
  /** The expression that stands for the client at the call: `client`, `self.client`, `openai`, `OpenAI()`. */
  readonly at: Span;
  /** `instance`: an object of a known class; `module`: the module itself; `shape`: recognised by the path alone. */
  readonly known: 'instance' | 'module' | 'shape';
  /** Where it is made, when that is in this file. */
  readonly construction?: Call;
  /** The SDK's retries in force. `unknown`: set to a value that can't be known. `default`: nobody set them. */
  readonly retries:
    | { readonly k: 'default' | 'unknown' }
    | { readonly k: 'set'; readonly count: number; readonly at: Expr };
  /** A retry of its own, in this file, that leaves the request out. */
  readonly omission?: Omission;
}

/** A general HTTP retry that leaves a request out. */
export interface Omission {
  readonly at: Span;
  /** As a message says it: “`Retry`”. */
  readonly name: string;
  /** `posts`: whatever may change something; `answers`: all that was answered, a 429 as well. */
  readonly omits: 'posts' | 'answers';
  /** What says so: urllib3's `Retry(…)` with its methods, options with a limit, the plugin's call. */
  readonly code:
    | { readonly k: 'retry'; readonly call: Call; readonly key: 'allowed_methods' | 'method_whitelist' }
    | { readonly k: 'limits'; readonly value: Expr; readonly post: 'post' | 'POST' }
    | { readonly k: 'plugin'; readonly call: Call }
    | { readonly k: 'other' };
}

/** Something outside the request that sends it again, or makes 429s rarer. */
export interface Layer {
  readonly k: 'loop' | 'library' | 'wrapper' | 'recursion' | 'sdk' | 'rate' | 'concurrency' | 'opaque';
  readonly at: Span;
  /** As a message says it: “the loop in line 12”, “tenacity's @retry”. */
  readonly name: Words;
}

/** Where one request is sent many times. */
export interface Repetition {
  readonly k: 'loop' | 'fan-out' | 'recursion';
  readonly at: Span;
  /** How many times, where the code says so. */
  readonly times?: number;
}

/** What a 429 meets; the first that applies, in this order, on the worst route. */
export type Protection =
  /** Something sends it again. `exhausted`: the loop that comes to its end without an answer and tells nobody. */
  | { readonly k: 'resent'; readonly layers: readonly Layer[]; readonly exhausted?: Span }
  /** A handler names the 429 and decides; `response`: not a handler, but what looks at the response's status. */
  | { readonly k: 'handled'; readonly at: Span; readonly response?: true }
  /** A handler loses it: the program goes on as if nothing had happened. */
  | { readonly k: 'lost'; readonly at: Span; readonly response?: true; readonly settled?: Settled['k'] }
  /** A handler waits and goes on without it; `same`: what the loop sends next is the same request. */
  | { readonly k: 'dropped'; readonly at: Span; readonly same: boolean }
  /** Nothing but the SDK's own retries, `retries` of them (0: none at all). */
  | { readonly k: 'sdk'; readonly retries: number; readonly returns?: Returns };

/** A 429 that is no error but a response: nothing looks at its status, or it goes where that can't be seen. */
export type Returns = 'unchecked' | 'handed-on';

export interface Verdict {
  readonly request: Request;
  readonly protection: Protection;
  readonly repetition?: Repetition;
  /** It stands in a `try` that does not wait for it. */
  readonly unawaited?: Unawaited;
  /** What the retry does again besides sending it. */
  readonly repeats?: RepeatedEffect;
  /** Its stream is read where nothing looks for a limit. */
  readonly streamLimit?: StreamLimit;
  /** A retry waits for its one promise again and again. */
  readonly reused?: true;
  /** Concurrency limiters on the way: a 429 made rarer, not handled. */
  readonly limiters: readonly Layer[];
  /** The chain of reasons, in reading order. */
  readonly evidence: readonly Evidence[];
}

export interface Evidence {
  readonly at: Span;
  /** The file, where it is not the request's own. */
  readonly path?: string;
  /** Its line there, from 0. */
  readonly line?: number;
  readonly text: Words;
}
