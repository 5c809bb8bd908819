/** What the guide's page shows, and what it and the extension say to each other. */
import type { RetryPolicy } from '../core/settings.ts';
import type { Situation } from '../simulate/situation.ts';

export interface GuideState {
  readonly rules: readonly RuleShown[];
  /** The rule that is shown. */
  readonly rule: string;
  /** The call that the guide was opened from, as it is now. */
  readonly here?: Here;
  readonly simulator: SimulatorStart;
  /** What the page keeps, so that a reload finds the call again. */
  readonly origin: Origin;
}

export interface Origin {
  readonly rule: string;
  readonly document?: string;
  readonly offset?: number;
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
  readonly request: string;
  readonly message: string;
  readonly protection: string;
  readonly evidence: readonly string[];
  readonly repairs: readonly RepairShown[];
  /** Why further repairs are not offered. */
  readonly refusals: readonly string[];
}

/** One repair: the lines that it changes, as they are and as they will be. */
export interface RepairShown {
  readonly name: string;
  readonly title: string;
  readonly before: string;
  readonly after: string;
}

export interface SimulatorStart {
  readonly situation: Situation;
  readonly backoff: RetryPolicy;
  readonly concurrency: number;
}

export type ToPage = { readonly k: 'state'; readonly state: GuideState };

export type FromPage =
  | { readonly k: 'ready' }
  | { readonly k: 'apply'; readonly repair: string }
  | { readonly k: 'rule'; readonly rule: string }
  | { readonly k: 'reveal' };
