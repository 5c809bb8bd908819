/** The report for people: one line a finding, file by file, and a line that sums up. */
import { type Severity, severities } from '../core/settings.ts';
import { type Paint, severityStyle } from './paint.ts';
import { placeInWords } from './places.ts';
import { count, type Report, type ReportedFinding } from './report.ts';

/** `notes` are further lines of a file (what was left silent, and why), by path. */
export function reportText(
  report: Report,
  paint: Paint,
  notes: ReadonlyMap<string, readonly string[]> = new Map(),
): string {
  const byPath = new Map([...notes.keys()].map((path): [string, ReportedFinding[]] => [path, []]));
  for (const finding of report.findings) byPath.set(finding.path, [...(byPath.get(finding.path) ?? []), finding]);
  const blocks = [...byPath].map(([path, findings]) =>
    [
      ...findings.map((finding) => findingLine(finding, paint)),
      ...(notes.get(path) ?? []).map((note) => paint(note, 'faint')),
    ].join('\n'),
  );
  return `${[...blocks.filter((block) => block !== ''), summary(report, paint)].join('\n\n')}\n`;
}

function findingLine({ path, notebook, range, severity, message, rule }: ReportedFinding, paint: Paint): string {
  const { line, column } = range.start;
  const place = placeInWords(path, { ...(notebook && { cell: notebook.cell }), line: line - 1, column: column - 1 });
  return `${paint(place, 'bold')}: ${paint(severity, severityStyle[severity])}: ${oneLine(message)} ${paint(`[${rule}]`, 'faint')}`;
}

function summary({ files, known, findings, problems }: Report, paint: Paint): string {
  const looked = `${count(files, 'file')} looked at`;
  const before = known === undefined ? '' : `, ${known} known from the baseline`;
  const failed = problems.length === 0 ? '' : `, ${count(problems.length, 'problem')}`;
  if (findings.length === 0) return `${paint('No findings', 'green')} (${looked}${before}${failed}).`;
  const bySeverity = [...severities].reverse().flatMap((severity) => {
    const number = findings.filter((finding) => finding.severity === severity).length;
    return number === 0 ? [] : [counted(number, severity)];
  });
  const places = count(new Set(findings.map(({ path }) => path)).size, 'file');
  return `${paint(count(findings.length, 'finding'), 'bold')} in ${places}: ${bySeverity.join(', ')} (${looked}${before}${failed}).`;
}

function counted(number: number, severity: Severity): string {
  return severity === 'information' ? `${number} information` : count(number, severity);
}

function oneLine(message: string): string {
  return message.replace(/\s*[\r\n]+\s*/g, ' ');
}
