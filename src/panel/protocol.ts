/** What the guide's page shows, and what it and the extension say to each other. */
import type { RetryPolicy } from '../core/settings.ts';
import type { Translations } from '../core/words.ts';
import type { Measurement } from '../guide/limits.ts';
import type { Stretch } from '../render/sides.ts';
import type { Situation } from '../simulate/situation.ts';

export interface GuideState {
  readonly rules: readonly RuleShown[];
  /** The rule that is shown. */
  readonly rule: string;
  /** The call that the guide was opened from, as it is now. */
  readonly here?: Here;
  /** The page was opened from a call that is no finding of this rule any more. */
  readonly gone?: true;
  /** The error that the guide was opened from. */
  readonly error?: ErrorShown;
  /** The account's limits as they were measured, newest first. */
  readonly limits: readonly Measurement[];
  readonly simulator: SimulatorStart;
  /** What the team says of the rule, or of the call's model. */
  readonly notes: readonly { readonly title: string; readonly text: string }[];
  /** What the page keeps, so that a reload finds the call again. */
  readonly origin: Origin;
  /** The user's language, and the page's own words in it by the English ones. */
  readonly language: string;
  readonly words: Translations;
}

export interface Origin {
  /** The rule that is shown. */
  readonly rule: string;
  readonly call?: OriginCall;
  readonly error?: OriginError;
}

/** The error that the guide was opened from. */
export interface OriginError {
  readonly text: string;
  /** Where its stack says that it was raised; the line from 1. */
  readonly raisedAt?: { readonly document: string; readonly line: number };
}

export interface ErrorShown {
  readonly text: string;
  /** `ask.py, line 12`. */
  readonly place?: string;
}

/** The call that the guide was opened from. */
export interface OriginCall {
  readonly document: string;
  readonly rule: string;
  readonly offset: number;
  /** The call as it is written. */
  readonly text?: string;
}

export interface RuleShown {
  readonly id: string;
  readonly severity: string;
  readonly summary: string;
  readonly why: string;
  readonly detect: string;
  readonly prevent: string;
  readonly examples: readonly { readonly language: string; readonly bad: string; readonly good: string }[];
}

export interface Here {
  /** `loop.py, line 7`. */
  readonly place: string;
  /** `nearest`: not the call that the guide was opened from, but the nearest one that reads the same. */
  readonly how: 'same' | 'nearest';
  readonly request: string;
  readonly message: string;
  readonly protection: string;
  readonly evidence: readonly string[];
  readonly repairs: readonly RepairShown[];
  /** Why further repairs are not offered. */
  readonly refusals: readonly string[];
  /** The SDK that sends the request; absent where the finding is about no request. */
  readonly sdk?: SdkShown;
}

export interface SdkShown {
  readonly language: 'python' | 'typescript';
  readonly packageName: string;
  /** What a 429 raises: `openai.RateLimitError`. */
  readonly error: string;
}

/** One repair: what it changes, as it is and as it will be. */
export interface RepairShown {
  readonly name: string;
  readonly title: string;
  readonly stretches: readonly Stretch[];
  /** Files that come with it. */
  readonly creates: readonly { readonly name: string; readonly text: string }[];
}

export interface SimulatorStart {
  readonly situation: Situation;
  readonly backoff: RetryPolicy;
  readonly concurrency: number;
  /** The measured limits of the call's model. */
  readonly measured?: Measurement;
}

export type ToPage = { readonly k: 'state'; readonly state: GuideState };

export type FromPage =
  | { readonly k: 'ready' }
  | { readonly k: 'apply'; readonly repair: string }
  | { readonly k: 'rule'; readonly rule: string }
  | { readonly k: 'reveal' }
  | { readonly k: 'revealError' }
  | { readonly k: 'measure' };

/** What the page keeps while it is hidden, and over a reload. */
export interface Kept {
  readonly origin: Origin;
  readonly scroll: number;
  readonly simulator?: KeptSimulator;
}

/** The simulator as the user left it; it holds for this start alone. */
export interface KeptSimulator {
  readonly start: string;
  readonly choices: SimulatorChoices;
}

export interface SimulatorChoices {
  readonly policy: string;
  readonly requests: number;
  readonly workers: number;
  readonly tokens: number;
  readonly rpm: number;
  /** In thousands. */
  readonly tpm: number;
  readonly shape: string;
  readonly toldWait: string;
}

/** Reads what a page has kept, which an older version of it may have written. */
export function originIn(kept: unknown): Origin | undefined {
  const origin = (kept as Partial<Kept> | undefined)?.origin;
  if (typeof origin?.rule !== 'string') return undefined;
  const { rule, call, error } = origin;
  const isWhole =
    typeof call?.document === 'string' && typeof call.rule === 'string' && typeof call.offset === 'number';
  return { rule, ...(isWhole && { call }), ...(typeof error?.text === 'string' && { error }) };
}
