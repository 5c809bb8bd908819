/** The report for people: one line a place, what else is to say of it below, file by file, and a line that sums up. */
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
      ...places(findings).flatMap(([gravest, ...further]) => [
        findingLine(gravest, paint),
        ...further.map((finding) => `  ${remark(finding, paint)}`),
      ]),
      ...(notes.get(path) ?? []).map((note) => paint(note, 'faint')),
    ].join('\n'),
  );
  return `${[...blocks.filter((block) => block !== ''), summary(report, paint)].join('\n\n')}\n`;
}

/** The findings of each place, the gravest first. */
function places(findings: readonly ReportedFinding[]): readonly [ReportedFinding, ...ReportedFinding[]][] {
  const byPlace = new Map<string, [ReportedFinding, ...ReportedFinding[]]>();
  for (const finding of findings) {
    const { notebook, range } = finding;
    const key = `${notebook?.cell} ${range.start.line}:${range.start.column}`;
    const before = byPlace.get(key);
    if (before) before.push(finding);
    else byPlace.set(key, [finding]);
  }
  const gravity = ({ severity }: ReportedFinding) => severities.indexOf(severity);
  for (const all of byPlace.values()) all.sort((a, b) => gravity(b) - gravity(a));
  return [...byPlace.values()];
}

function findingLine(finding: ReportedFinding, paint: Paint): string {
  const { path, notebook, range } = finding;
  const { line, column } = range.start;
  const place = placeInWords(path, { ...(notebook && { cell: notebook.cell }), line: line - 1, column: column - 1 });
  return `${paint(place, 'bold')}: ${remark(finding, paint)}`;
}

function remark({ severity, message, rule }: ReportedFinding, paint: Paint): string {
  return `${paint(severity, severityStyle[severity])}: ${oneLine(message)} ${paint(`[${rule}]`, 'faint')}`;
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
