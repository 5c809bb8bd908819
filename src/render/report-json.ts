/** The report as one JSON object. */
import type { Report } from './report.ts';

export function reportJson({ files, known, findings, problems }: Report): string {
  const object = {
    version: 1,
    files,
    ...(known !== undefined && { known }),
    findings: findings.map(({ path, notebook, rule, severity, message, range, fixes }) => ({
      path,
      ...(notebook && { cell: notebook.cell }),
      rule,
      severity,
      message,
      range,
      fixes,
    })),
    problems: problems.map(({ path, message }) => ({ path, message })),
  };
  return `${JSON.stringify(object, undefined, 2)}\n`;
}
