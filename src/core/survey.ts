/** What a file holds that rules speak of, its requests and what stands beside them: plain data, read once for all rules. */
import type { LanguageId } from './facts.ts';
import type { Verdict } from './verdict.ts';

export interface Survey {
  readonly language: LanguageId;
  readonly verdicts: readonly Verdict[];
}
