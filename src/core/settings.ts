/** What a user can set, as the engine sees it. The editor's settings and `.rate-limit-guide.json` both become this. */

export const severities = ['hint', 'information', 'warning', 'error'] as const;
export type Severity = (typeof severities)[number];

/** A written retry's bounds; waits in seconds. */
export interface RetryPolicy {
  readonly maxAttempts: number;
  readonly baseSeconds: number;
  readonly maxWaitSeconds: number;
  readonly maxTotalSeconds: number;
}

export interface Settings {
  readonly preset: 'recommended' | 'strict';
  /** Rule id → severity, or `off`. */
  readonly rules: Readonly<Record<string, Severity | 'off'>>;
  /** Glob patterns of files that are left out. */
  readonly exclude: readonly string[];
  /** Whether tests and mocks are looked at. */
  readonly tests: boolean;
  readonly retry: RetryPolicy;
  readonly throttle: { readonly concurrency: number };
  /** The file that a new shared retry helper is written to, its path spelled as the analysed file's is; absent: that file. */
  readonly helperModule?: string;
}

export const defaultSettings: Settings = {
  preset: 'recommended',
  rules: {},
  exclude: [],
  tests: false,
  // Seven attempts with full jitter from 1 s to 60 s outlast a per-minute limit; two minutes bound what a caller waits.
  retry: { maxAttempts: 7, baseSeconds: 1, maxWaitSeconds: 60, maxTotalSeconds: 120 },
  throttle: { concurrency: 5 },
};

/** Whether `severity` is at least as grave as `least`. */
export function atLeast(severity: Severity, least: Severity): boolean {
  return severities.indexOf(severity) >= severities.indexOf(least);
}
