/** The report as SARIF 2.1.0, for code scanning services and SARIF viewers. */
import type { Rule } from '../core/rule.ts';
import type { Severity } from '../core/settings.ts';
import { fingerprints } from './fingerprint.ts';
import { byWalk } from './places.ts';
import type { Report, ReportedFinding, ReportedPlace, ReportedRepair, ReportRange } from './report.ts';

export type RuleWords = Pick<Rule, 'id' | 'summary' | 'why' | 'detect' | 'prevent' | 'severity'>;

export interface SarifOptions {
  readonly version: string;
  readonly rules: readonly RuleWords[];
  /** Whether everything that was asked for could be looked at. */
  readonly complete: boolean;
}

export const fingerprintName = 'rateLimitGuide/v1';

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

export function reportSarif(report: Report, { version, rules, complete }: SarifOptions): string {
  const marks = fingerprints(report.findings);
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Rate Limit Guide', version, semanticVersion: version, rules: rules.map(descriptor) } },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: complete,
            toolExecutionNotifications: [...report.problems]
              .sort((a, b) => byWalk(a.path, b.path))
              .map(({ path, message }) => ({
                level: 'warning',
                message: { text: message },
                locations: [{ physicalLocation: { artifactLocation: artifact(path) } }],
              })),
          },
        ],
        results: report.findings.map((finding, index) => result(finding, rules, marks[index]!)),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function descriptor({ id, summary, why, detect, prevent, severity }: RuleWords) {
  return {
    id,
    name: pascalCase(id),
    shortDescription: { text: summary },
    fullDescription: { text: why },
    help: {
      text: `${why}\n\nDetection: ${detect}\n\nPrevention: ${prevent}`,
      markdown: `${why}\n\n**Detection.** ${detect}\n\n**Prevention.** ${prevent}`,
    },
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: ['reliability', 'rate-limit'] },
  };
}

function result(finding: ReportedFinding, rules: readonly RuleWords[], fingerprint: string) {
  const { path, rule, severity, message, related, repairs, baseline } = finding;
  const ruleIndex = rules.findIndex(({ id }) => id === rule);
  return {
    ruleId: rule,
    ...(ruleIndex >= 0 && { ruleIndex }),
    level: levels[severity],
    message: { text: message },
    locations: [location(path, finding)],
    ...(related.length > 0 && {
      relatedLocations: related.map((each, id) => ({
        id,
        ...location(path, each),
        message: { text: each.message },
      })),
    }),
    partialFingerprints: { [fingerprintName]: fingerprint },
    ...(baseline && { baselineState: baseline }),
    ...(repairs.length > 0 && { fixes: repairs.map((repair) => fix(path, repair)) }),
  };
}

function fix(path: string, { title, edits }: ReportedRepair) {
  const replacements = edits.map(({ range, text }) => ({
    deletedRegion: region(range),
    insertedContent: { text },
  }));
  return {
    description: { text: title },
    artifactChanges: [{ artifactLocation: artifact(path), replacements }],
  };
}

/** A region is one of the file's text; in a notebook the cell, with the lines that count in it, goes along as a property. */
function location(path: string, { range, notebook }: ReportedPlace) {
  const physicalLocation = { artifactLocation: artifact(path), region: region(notebook?.range ?? range) };
  if (!notebook) return { physicalLocation };
  return { physicalLocation, properties: { cell: notebook.cell, region: region(range) } };
}

function region({ start, end }: ReportRange) {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

function artifact(path: string) {
  const encoded = path
    .split('/')
    .map((part) => encodeURIComponent(part))
    .join('/');
  if (path.startsWith('/')) return { uri: `file://${encoded}` };
  if (/^[a-z]:\//i.test(path)) return { uri: `file:///${path.slice(0, 2)}${encoded.slice(encoded.indexOf('/'))}` };
  return { uri: encoded, uriBaseId: '%SRCROOT%' };
}

function pascalCase(id: string): string {
  return id.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
