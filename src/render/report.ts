/** What `check` has found, as plain data that every report format reads. */
import type { Finding } from '../core/rule.ts';
import type { Severity } from '../core/settings.ts';
import type { LineMap, Span } from '../core/span.ts';

/** Lines and columns from 1, columns in UTF-16 units. */
export interface ReportPosition {
  readonly line: number;
  readonly column: number;
}

export interface ReportRange {
  readonly start: ReportPosition;
  readonly end: ReportPosition;
}

export interface ReportedFinding {
  /** Relative to the working directory where it is inside, absolute otherwise; with `/`. */
  readonly path: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range: ReportRange;
  /** Names of the repairs on offer, preferred first. */
  readonly fixes: readonly string[];
  readonly related: readonly { readonly range: ReportRange; readonly message: string }[];
  /** The line's text, by which a finding is recognised after lines above it have changed. */
  readonly lineText: string;
}

export interface ReportedProblem {
  readonly path: string;
  readonly message: string;
}

export interface Report {
  /** How many files were looked at. */
  readonly files: number;
  readonly findings: readonly ReportedFinding[];
  readonly problems: readonly ReportedProblem[];
}

/** A finding with its place in lines and columns. */
export function reported(
  path: string,
  document: { readonly text: string; readonly lines: LineMap },
  finding: Finding,
  fixes: readonly string[],
): ReportedFinding {
  const { lines, text } = document;
  const line = lines.line(lines.position(finding.at.start).line);
  return {
    path,
    rule: finding.rule,
    severity: finding.severity,
    message: finding.message,
    range: reportRange(lines, finding.at),
    fixes,
    related: finding.related.map(({ at, message }) => ({ range: reportRange(lines, at), message })),
    lineText: text.slice(line.start, line.end).trim(),
  };
}

export function reportRange(lines: LineMap, span: Span): ReportRange {
  const { start, end } = lines.range(span);
  return {
    start: { line: start.line + 1, column: start.column + 1 },
    end: { line: end.line + 1, column: end.column + 1 },
  };
}

/** `1 finding`, `2 findings`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
