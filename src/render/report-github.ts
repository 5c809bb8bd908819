/** The report as workflow commands, which GitHub shows as annotations beside the code. */
import type { Severity } from '../core/settings.ts';
import type { Report } from './report.ts';

const commands: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
};

export function reportGithub({ findings, problems }: Report): string {
  const lines = findings.map((finding) => {
    const { path, severity, message, rule, notebook } = finding;
    // GitHub knows a notebook as a file: the annotation stands where the file has the line.
    const range = notebook?.range ?? finding.range;
    const properties = {
      file: path,
      line: range.start.line,
      endLine: range.end.line,
      // GitHub marks columns within one line only.
      ...(range.start.line === range.end.line && { col: range.start.column, endColumn: range.end.column }),
      title: rule,
    };
    return command(commands[severity], properties, message);
  });
  const failures = problems.map(({ path, message }) => command('warning', { file: path, title: 'problem' }, message));
  return [...lines, ...failures].map((line) => `${line}\n`).join('');
}

function command(name: string, properties: Readonly<Record<string, string | number>>, message: string): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${name} ${list.join(',')}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
