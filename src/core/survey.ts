/** What a file holds that rules speak of, its requests and what stands beside them: plain data, read once for all rules. */
import type { BlockingWait } from './blocking.ts';
import type { LanguageId } from './facts.ts';
import type { FanOut } from './fan-outs.ts';
import type { HiddenLimit } from './hidden-limits.ts';
import type { KeyChoice } from './key-choices.ts';
import type { WrittenKey } from './keys.ts';
import type { OutdatedError } from './outdated-errors.ts';
import type { RetryUse, Stack } from './retry-use.ts';
import type { ReusedPromise } from './reused-promises.ts';
import type { ShadowedHandler } from './shadowed-handlers.ts';
import type { Verdict } from './verdict.ts';

export interface Survey {
  readonly language: LanguageId;
  readonly verdicts: readonly Verdict[];
  /** Keys of providers that stand in the source. */
  readonly keys: readonly WrittenKey[];
  /** Waits that stop the event loop. */
  readonly blockingWaits: readonly BlockingWait[];
  /** Where many requests start at once. */
  readonly fanOuts: readonly FanOut[];
  /** Error classes that the SDK in use does not have. */
  readonly outdatedErrors: readonly OutdatedError[];
  /** Retries that wait for one promise again. */
  readonly reusedPromises: readonly ReusedPromise[];
  /** Handlers for a rate limit that a broader one stands before. */
  readonly shadowedHandlers: readonly ShadowedHandler[];
  /** Handlers for a rate limit round a retry that raises another error in its place. */
  readonly hiddenLimits: readonly HiddenLimit[];
  /** Where one of several keys or proxies is taken. */
  readonly keyChoices: readonly KeyChoice[];
  /** What stands in the file to send requests again. */
  readonly uses: readonly RetryUse[];
  /** Layers that multiply. */
  readonly stacks: readonly Stack[];
}
