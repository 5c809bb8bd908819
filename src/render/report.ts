/** What `check` has found, as plain data that every report format reads. */
import type { Fix } from '../core/edit.ts';
import type { Finding } from '../core/rule.ts';
import type { Severity } from '../core/settings.ts';
import type { LineMap, Span } from '../core/span.ts';
import { inEnglish } from '../core/words.ts';

/** Lines and columns from 1, columns in UTF-16 units. */
export interface ReportPosition {
  readonly line: number;
  readonly column: number;
}

export interface ReportRange {
  readonly start: ReportPosition;
  readonly end: ReportPosition;
}

export interface ReportedPlace {
  readonly range: ReportRange;
  /** In a notebook, where lines count within the cell. */
  readonly notebook?: {
    /** The cell's index among all cells, from 0. */
    readonly cell: number;
    /** The place in the notebook's file, for who knows files only. */
    readonly range: ReportRange;
  };
}

export interface ReportedFinding extends ReportedPlace {
  /** Relative to the working directory where it is inside, absolute otherwise; with `/`. */
  readonly path: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  /** Names of the repairs on offer, preferred first. */
  readonly fixes: readonly string[];
  readonly related: readonly (ReportedPlace & { readonly message: string })[];
  /** Those of `fixes` whose edits can be told in the file's lines and columns. */
  readonly repairs: readonly ReportedRepair[];
  /** Where a baseline was given: whether it has this finding already. */
  readonly baseline?: 'new' | 'unchanged';
  /** The line's text, by which a finding is recognised after lines above it have changed. */
  readonly lineText: string;
}

export interface ReportedRepair {
  readonly title: string;
  readonly edits: readonly { readonly range: ReportRange; readonly text: string }[];
}

export interface ReportedProblem {
  readonly path: string;
  readonly message: string;
}

export interface Report {
  /** How many files were looked at. */
  readonly files: number;
  /** How many findings were left out because the baseline has them. */
  readonly known?: number;
  readonly findings: readonly ReportedFinding[];
  readonly problems: readonly ReportedProblem[];
}

export interface ReportedDocument {
  readonly text: string;
  readonly lines: LineMap;
  /** Of a notebook: where a stretch of its cells stands in its file. */
  readonly inFile?: (span: Span) => ReportRange;
}

/** A finding with its place in lines and columns. */
export function reported(
  path: string,
  document: ReportedDocument,
  finding: Finding,
  fixes: readonly Fix[],
): ReportedFinding {
  const { lines, text } = document;
  const { line: index, cell } = lines.position(finding.at.start);
  const line = lines.line(index, cell);
  return {
    path,
    rule: finding.rule,
    severity: finding.severity,
    message: inEnglish(finding.message),
    ...reportedPlace(document, finding.at),
    fixes: [...new Set(fixes.map(({ name }) => name))],
    repairs: document.inFile ? [] : fixes.map((fix) => reportedRepair(fix, lines)),
    related: finding.related.map(({ at, message }) => ({
      ...reportedPlace(document, at),
      message: inEnglish(message),
    })),
    lineText: text.slice(line.start, line.end).trim(),
  };
}

/** In a notebook's file an edit of a cell would have to be written as JSON is: `fix` does that. */
function reportedRepair({ title, edits }: Fix, lines: LineMap): ReportedRepair {
  return { title: inEnglish(title), edits: edits.map(({ span, text }) => ({ range: reportRange(lines, span), text })) };
}

function reportedPlace({ lines, inFile }: ReportedDocument, at: Span): ReportedPlace {
  const { cell } = lines.position(at.start);
  const range = reportRange(lines, at);
  return cell === undefined || !inFile ? { range } : { range, notebook: { cell, range: inFile(at) } };
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
