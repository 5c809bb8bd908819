/** What a file does to send refused requests again, one entry a layer, as rules and editors see it: plain data. */
import type { RetryExport, RetryLibrary, Sdk, WaitShape } from './catalogue.ts';
import type { Call, Expr, Loop, Stmt } from './facts.ts';
import type { Span } from './span.ts';
import type { Request } from './verdict.ts';
import type { Words } from './words.ts';

export interface RetryUse {
  /** Where a finding stands: the loop's head, the library's name, the call of the function itself. */
  readonly at: Span;
  /** As a message says it: “this loop”, “`retry` of tenacity”. */
  readonly name: Words;
  readonly attempts: Attempts;
  readonly waits: Waits;
  readonly quota: Quota;
  /** What it repeats is a retry itself, which waits. */
  readonly waitsInside: boolean;
  /** The requests that it repeats; those of other files are not in `own`. */
  readonly requests: readonly Request[];
  readonly own: readonly Request[];
  readonly code: RetryCode;
}

/** How often a request is sent in all. */
export type Attempts = number | 'unbounded' | 'unknown';

/** What it waits for between attempts. `seconds`: the longest that all waits take together, where that can be told. */
export type Waits = (WaitShape & { readonly seconds?: number }) | 'unknown';

/** Whether a refusal that lasts, such as a quota used up, is sent again as well. */
export type Quota = 'repeated' | 'let-through' | 'unknown';

export type RetryCode =
  | {
      readonly k: 'loop';
      readonly loop: Loop;
      readonly handler: HandlerCode;
      readonly sleeps: readonly Sleep[];
      /** The variable that counts attempts. */
      readonly counter?: Counter;
    }
  | { readonly k: 'recursion'; readonly call: Call; readonly handler: HandlerCode; readonly sleeps: readonly Sleep[] }
  | {
      readonly k: 'library';
      readonly by: Expr;
      readonly call?: Call;
      readonly library: RetryLibrary;
      readonly found: RetryExport;
    };

export interface HandlerCode {
  readonly at: Span;
  readonly body: readonly Stmt[];
  /** The name of the error in it. */
  readonly error?: string;
}

/** A call that waits, and the argument that says how long. */
export interface Sleep {
  readonly call: Call;
  readonly time: Expr;
  readonly unit: 'seconds' | 'milliseconds';
}

export interface Counter {
  readonly name: string;
  readonly var: number;
  readonly first: number;
  readonly step: number;
}

/** Layers that multiply: one request is sent as often as their attempts say together. */
export interface Stack {
  /** Where a finding stands: the outermost layer in this file. */
  readonly at: Span;
  readonly name: Words;
  /** From outside inward; the last may be the SDK's own retries. */
  readonly layers: readonly StackedLayer[];
  /** A request that is sent so often. */
  readonly request: Request;
  readonly requests: readonly Request[];
  /** Seconds until the last attempt at most, where all waits are known. */
  readonly seconds?: number;
}

export interface StackedLayer {
  readonly name: Words;
  readonly attempts: Attempts;
  readonly sdk?: Sdk;
}
