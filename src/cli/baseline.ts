/** A baseline: an earlier SARIF report, whose findings are known. */
import { readFileSync } from 'node:fs';
import { isRecord } from '../render/fields.ts';
import { fingerprints } from '../render/fingerprint.ts';
import type { ReportedFinding } from '../render/report.ts';
import { fingerprintName } from '../render/report-sarif.ts';
import { codeOf } from './problems.ts';

/** The fingerprints in the file, or in words why it can't be used. */
export function readBaseline(path: string): ReadonlySet<string> | { readonly problem: string } {
  try {
    const found = fingerprintsIn(JSON.parse(readFileSync(path, 'utf8')));
    return found ?? { problem: 'not a report that check --format sarif has written' };
  } catch (error) {
    return { problem: error instanceof SyntaxError ? 'not JSON' : `it can’t be read (${codeOf(error)})` };
  }
}

/** The findings, each with whether the baseline has it. */
export function compared(
  findings: readonly ReportedFinding[],
  baseline: ReadonlySet<string>,
): readonly ReportedFinding[] {
  const marks = fingerprints(findings);
  return findings.map((finding, index) => ({
    ...finding,
    baseline: baseline.has(marks[index]!) ? 'unchanged' : 'new',
  }));
}

function fingerprintsIn(log: unknown): ReadonlySet<string> | undefined {
  if (!isRecord(log) || !Array.isArray(log.runs)) return undefined;
  const results: unknown[] = log.runs.flatMap((run: unknown) =>
    isRecord(run) && Array.isArray(run.results) ? run.results : [],
  );
  return new Set(
    results.flatMap((result) => {
      const prints = isRecord(result) ? result.partialFingerprints : undefined;
      const print = isRecord(prints) ? prints[fingerprintName] : undefined;
      return typeof print === 'string' ? [print] : [];
    }),
  );
}
