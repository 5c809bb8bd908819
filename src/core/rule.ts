/** What a rule is: words, examples, detection and repairs in one place. It sees verdicts and an editor, never syntax. */
import type { Fix } from './edit.ts';
import type { Editor } from './editor.ts';
import type { LanguageId } from './facts.ts';
import type { Settings, Severity } from './settings.ts';
import type { Span } from './span.ts';
import type { Survey } from './survey.ts';
import type { Verdict } from './verdict.ts';
import type { Words } from './words.ts';

/** `bad` gives exactly one finding of the rule, `good` none, and the rule's first repair turns `bad` into `good`. */
export interface Example {
  readonly language: LanguageId;
  readonly bad: string;
  readonly good: string;
}

export interface Rule {
  readonly id: string;
  /** One sentence for tables. */
  readonly summary: string;
  readonly why: string;
  readonly detect: string;
  readonly prevent: string;
  /** The gravest severity that it reports by default. */
  readonly severity: Severity;
  readonly examples: readonly [Example, ...Example[]];
  /** Nothing is written for it: what an example's `good` shows is for the reader to do. */
  readonly byHand?: true;
  /** What it says of one request. */
  check?(verdict: Verdict, context: RuleContext): Iterable<Report>;
  /** What it says of anything else in the file: retries, waits, keys. */
  survey?(survey: Survey, context: RuleContext): Iterable<Report>;
}

export interface RuleContext {
  readonly edit: Editor;
  readonly settings: Settings;
}

/** What a rule reports. The engine makes a `Finding` of it. */
export interface Report {
  readonly at: Span;
  readonly severity: Severity;
  readonly message: Words;
  readonly related?: readonly Related[];
  /** What happens here in numbers, for the hover. */
  readonly here?: Words;
  /** The request that it speaks of, where a report of a survey is about one. */
  readonly verdict?: Verdict;
  /** Built when asked for: a light bulb needs them, a squiggle does not. The first is preferred. */
  readonly repairs: readonly Repair[];
}

export interface Related {
  readonly at: Span;
  readonly message: Words;
}

export interface Repair {
  readonly name: string;
  /** The fix, or why it isn't offered. */
  build(): Fix | Refused;
}

export interface Refused {
  readonly refused: Words;
  /** It stands beside others: why it does not fit is of interest only to whoever asks for just this one. */
  readonly beside?: true;
}

export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly at: Span;
  readonly message: Words;
  readonly related: readonly Related[];
  readonly repairs: readonly Repair[];
  readonly here?: Words;
  /** What the finding stands on, for hover and `explain`. */
  readonly verdict?: Verdict;
}

/** Something that could not be done, in a sentence for the log. */
export interface Problem {
  readonly message: string;
}

export function defineRule<const R extends Rule>(rule: R): R {
  return rule;
}
