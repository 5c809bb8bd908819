/** `check`: analyses files and reports what it found. */
import process from 'node:process';
import { atLeast, type Severity } from '../core/settings.ts';
import { lineMap, type Span } from '../core/span.ts';
import type { Verdict } from '../core/verdict.ts';
import { inEnglish } from '../core/words.ts';
import { evidencePlace, placeInWords } from '../render/places.ts';
import { protectionLabel } from '../render/protection.ts';
import {
  type Report,
  type ReportedDocument,
  type ReportedFinding,
  type ReportedProblem,
  reported,
  reportRange,
} from '../render/report.ts';
import { reportGithub } from '../render/report-github.ts';
import { reportJson } from '../render/report-json.ts';
import { reportSarif } from '../render/report-sarif.ts';
import { reportText } from '../render/report-text.ts';
import { rules } from '../rules/all.ts';
import type { Analysis } from '../session/session.ts';
import { compared, readBaseline } from './baseline.ts';
import { type Engine, startEngine } from './engine.ts';
import { type Changes, changedSince } from './git.ts';
import { inspect, namedPaths, type Selection } from './inspect.ts';
import { shown } from './paths.ts';
import { programOf, type Source } from './source.ts';
import { paintFor, print, tell } from './terminal.ts';
import { version } from './version.ts';

export const formats = ['text', 'json', 'sarif', 'github'] as const;
export type Format = (typeof formats)[number];

export interface CheckOptions extends Selection {
  readonly format: Format;
  /** Rules to report; all when empty. */
  readonly rules: readonly string[];
  readonly severity: Severity;
  readonly failOn: Severity;
  readonly verbosity: 'normal' | 'verbose';
  /** An earlier SARIF report: what it has does not fail, and is not shown again. */
  readonly baseline?: string;
  /** A Git revision: only what stands in lines changed since is reported. */
  readonly since?: string;
}

/** Resolves to the exit code. */
export async function check(options: CheckOptions): Promise<number> {
  const baseline = options.baseline === undefined ? undefined : readBaseline(options.baseline);
  if (baseline && 'problem' in baseline) return refuse(`${options.baseline}: ${baseline.problem}`);
  const changes = options.since === undefined ? undefined : changedSince(options.since);
  if (changes && 'problem' in changes) return refuse(changes.problem);
  const engine = await startEngine(namedPaths(options));
  const { report, notes, complete } = await gather(options, engine, changes);
  const findings = baseline ? compared(report.findings, baseline) : report.findings;
  const fresh = findings.filter((finding) => finding.baseline !== 'unchanged');
  const shownReport = {
    ...report,
    // Who reads SARIF keeps track of a finding by its being there.
    findings: options.format === 'sarif' ? findings : fresh,
    ...(baseline && { known: findings.length - fresh.length }),
  };
  print(rendered(shownReport, notes, complete, options));
  for (const { path, message } of report.problems) tell(`${path}: ${message}`);
  if (!complete) return 2;
  return fresh.some(({ severity }) => atLeast(severity, options.failOn)) ? 1 : 0;
}

function refuse(reason: string): number {
  tell(`rate-limit-guide: ${reason}`);
  return 2;
}

interface Gathered {
  readonly report: Report;
  /** By path, in the order of the files: what was left silent, and why. */
  readonly notes: ReadonlyMap<string, readonly string[]>;
  readonly complete: boolean;
}

async function gather(options: CheckOptions, engine: Engine, changes: Changes | undefined): Promise<Gathered> {
  const findings: ReportedFinding[] = [];
  const problems: ReportedProblem[] = [];
  const notes = new Map<string, readonly string[]>();
  let files = 0;
  let complete = true;
  const leftOut: string[] = [];

  for await (const step of inspect({ ...options, ...(changes && { only: changes.has }) }, engine)) {
    if (step.k === 'left-out') leftOut.push(`${shown(step.path)}: left out: ${step.why}`);
    else if (step.k === 'problem') {
      problems.push({ path: shown(step.path), message: step.message });
      complete &&= !step.named;
    } else {
      files++;
      if (step.k === 'plain') continue;
      const { source, settings } = step;
      const path = shown(source.path);
      const analysis = await engine.analyze(programOf(source), settings);
      if ('problem' in analysis) {
        problems.push({ path, message: analysis.problem });
        complete &&= !step.named;
        continue;
      }
      const wanted = analysis.findings.filter(
        ({ rule, severity }) =>
          (options.rules.length === 0 || options.rules.includes(rule)) && atLeast(severity, options.severity),
      );
      const document = documentOf(source, analysis);
      const all = wanted.map((finding) => reported(path, document, finding, analysis.fixes(finding)));
      findings.push(
        ...all.filter(({ range, notebook }) => changes?.touches(source.path, notebook?.range ?? range) ?? true),
      );
      problems.push(...analysis.problems.map(({ message }) => ({ path, message })));
      notes.set(path, silent(path, analysis));
    }
  }
  notes.set('', leftOut);
  return {
    report: { files, findings, problems: [...engine.configProblems, ...problems] },
    notes: options.verbosity === 'verbose' ? notes : new Map(),
    complete,
  };
}

function documentOf({ text, notebook }: Source, analysis: Analysis): ReportedDocument {
  if (!notebook) return analysis;
  const lines = lineMap(text);
  const inFile = ({ start, end }: Span) =>
    reportRange(lines, { start: notebook.fileOffset(start), end: notebook.fileOffset(end) });
  return { ...analysis, inFile };
}

/** The requests without a finding, each with what speaks for it, and what may be a request. */
function silent(path: string, { verdicts, findings, unknownReceivers, lines }: Analysis): readonly string[] {
  const quiet = verdicts.filter((verdict) => !findings.some((finding) => finding.verdict === verdict));
  const unknown = unknownReceivers.flatMap(({ at, text, like }) => [
    `${placeInWords(path, lines.position(at.start))}: silent: ${text} (receiver unknown)`,
    `    ${like}; what it is called on can’t be told`,
  ]);
  const requests = quiet.flatMap((verdict: Verdict) => {
    const place = placeInWords(path, lines.position(verdict.request.at.start));
    const reasons = verdict.evidence.map(
      (one) => `    ${inEnglish(evidencePlace(one, lines))}: ${inEnglish(one.text)}`,
    );
    // The rules speak of every request that only its SDK protects: somebody has asked for silence here.
    const hidden = verdict.protection.k === 'sdk' ? ['    hidden by an ignore comment or by the settings'] : [];
    return [`${place}: silent: ${verdict.request.text} (${protectionLabel(verdict)})`, ...reasons, ...hidden];
  });
  return [...requests, ...unknown];
}

function rendered(report: Report, notes: Gathered['notes'], complete: boolean, { format }: CheckOptions): string {
  if (format === 'text') return reportText(report, paintFor(process.stdout), notes);
  for (const line of [...notes.values()].flat()) tell(line);
  if (format === 'json') return reportJson(report);
  if (format === 'sarif') return reportSarif(report, { version, rules, complete });
  return reportGithub(report);
}
