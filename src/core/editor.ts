/** What a rule can ask a language to write. Each language spells it in its own syntax (`languages/<language>/editor.ts`). */
import type { Edit } from './edit.ts';
import type { RetryPolicy } from './settings.ts';
import type { Span } from './span.ts';
import type { Request } from './verdict.ts';

/** The edits, or in one sentence why this can't be written here. */
export type Written = { readonly edits: readonly Edit[] } | { readonly refused: string };

export interface Editor {
  /**
   * Sends the request again on a 429, with exponential backoff and full jitter, within the policy's bounds: in place
   * where statements fit, else through a small helper. The SDK's own retries are switched off for this call.
   */
  backoff(request: Request, policy: RetryPolicy): Written;
  /** Sets the SDK's own retries to `count`, where the client is made in this file, else at the call. */
  sdkRetries(request: Request, count: number): Written;
  /** A suppression comment for `rules` at the line of `at`, or (`file`) at the top of the file. */
  ignore(at: Span, rules: readonly string[], where: 'line' | 'file'): Written;
}
