/** What a rule can ask a language to write. Each language spells it in its own syntax (`languages/<language>/editor.ts`). */
import type { BlockingWait } from './blocking.ts';
import type { Edit, NewFile } from './edit.ts';
import type { WrittenKey } from './keys.ts';
import type { OutdatedError } from './outdated-errors.ts';
import type { RetryUse } from './retry-use.ts';
import type { ReusedPromise } from './reused-promises.ts';
import type { RetryPolicy } from './settings.ts';
import type { Span } from './span.ts';
import type { Omission, Repetition, Request } from './verdict.ts';
import type { Words } from './words.ts';

/** The edits, or in one sentence why this can't be written here. */
export type Written =
  | {
      readonly edits: readonly Edit[];
      readonly creates?: readonly NewFile[];
      /** What exactly is written, in the imperative, where the rule can't know: “Retry with tenacity”. */
      readonly title?: Words;
    }
  | { readonly refused: Words };

export interface Editor {
  /**
   * Sends the request again on a 429, with exponential backoff and full jitter, within the policy's bounds: in place
   * where statements fit, else through a small helper. The SDK's own retries are switched off for this call.
   */
  backoff(request: Request, policy: RetryPolicy): Written;
  /**
   * Hands the request to a retry helper: the nearest that the project has (`Surroundings.helpers`), else a new one in this
   * file, or in the new module at `module` (a path spelled as this file's is).
   */
  helper(request: Request, policy: RetryPolicy, module?: string): Written;
  /** Sets the SDK's own retries to `count`, where the client is made in this file, else at the call. */
  sdkRetries(request: Request, count: number): Written;
  /** Retries the request with the library that the project already depends on (`Surroundings.packages`), configured right. */
  library(request: Request, policy: RetryPolicy): Written;
  /** Lets at most `concurrency` of the requests of a loop or fan-out run at once: one limiter for all of them. */
  throttle(request: Request, repetition: Repetition, concurrency: number): Written;
  /** Logs the 429 and the `x-ratelimit-*` headers where the error passes, and lets it go on. */
  logLimits(request: Request): Written;
  /** Waits without stopping the event loop in place of a call that stops it. */
  asyncSleep(wait: BlockingWait): Written;
  /** Awaits the request where it stands. */
  awaitCall(request: Request): Written;
  /** Reads a key that stands in the source from its environment variable. */
  environment(key: WrittenKey): Written;
  /** Bounds the attempts of a retry: its last error comes out as it is. */
  boundRetry(use: RetryUse, policy: RetryPolicy): Written;
  /** Lets the error of a loop’s last attempt out, where the loop would end in silence. */
  raiseLast(use: RetryUse): Written;
  /** Lets the last error out of a retry as it is, in place of one of the library's own. */
  keepError(use: RetryUse): Written;
  /** Makes the waits of a retry grow and spread, in place of fixed ones or of none. */
  spreadWaits(use: RetryUse, policy: RetryPolicy): Written;
  /** Lets a quota that is used up out of a retry at once. */
  letQuotaOut(use: RetryUse): Written;
  /** Switches the SDK's own retries off for each of the requests, where they are sent. */
  withoutSdkRetries(requests: readonly Request[]): Written;
  /** Names the class that the SDK in use has. */
  errorClass(error: OutdatedError): Written;
  /** Sends the request anew where a promise of it is waited for again. */
  sendEachTime(read: ReusedPromise['read']): Written;
  /** Lets two handlers, or two branches of one, change places. */
  swap(clauses: readonly [Span, Span]): Written;
  /** Lets a general HTTP retry repeat the requests that it leaves out. */
  coverPosts(omission: Omission): Written;
  /** A suppression comment for `rules` at the line of `at`, or (`file`) at the top of the file. */
  ignore(at: Span, rules: readonly string[], where: 'line' | 'file'): Written;
}

/** What an editor may know of the project round the file. */
export interface Surroundings {
  readonly path: string;
  /** Packages that the project names as its dependencies: the version in use, or `''` where none is told. */
  readonly packages: ReadonlyMap<string, string>;
  /** Retry helpers that can be used here, the nearest first. */
  readonly helpers: readonly RetryHelper[];
  /** How this file imports one of the project that is not there yet; undefined where that is not certain. */
  moduleName?(path: string): string | undefined;
  /** How the project's formatter lays out this file, as far as a configuration tells. */
  readonly format: Format;
}

/** A function of the project that sends what it is given again after a 429. */
export interface RetryHelper {
  readonly name: string;
  /** The module to import it from, spelled for this file; absent where this file holds it, or imports it as `name` already. */
  readonly module?: string;
  /** Whether the import names it or takes the default export. */
  readonly exported: 'named' | 'default';
  /**
   * How it is used. `thunk`: called with a function without parameters; `function-and-arguments`: called with a function
   * and what that is to be called with; `decorator`: gives a function of the same parameters when called with one.
   */
  readonly takes: 'thunk' | 'function-and-arguments' | 'decorator';
  /** Position of the function among its parameters. */
  readonly position: number;
  /** Whether it has to be awaited, and awaits what it is given. */
  readonly async: boolean;
}

/** A formatter's settings; absent ones are not told. */
export interface Format {
  readonly lineWidth?: number;
  readonly formatter?: 'black' | 'ruff' | 'prettier' | 'biome';
  /** After the last of several lines: everywhere, not after arguments and parameters, nowhere. */
  readonly trailingCommas?: 'all' | 'es5' | 'none';
  readonly arrowParentheses?: 'always' | 'avoid';
}

/** A file of which nothing is known but its path. */
export function alone(path: string): Surroundings {
  return { path, packages: new Map(), helpers: [], format: {} };
}
