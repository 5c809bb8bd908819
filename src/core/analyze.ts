/** Verdicts → findings, guarded rule by rule: a rule that throws is one problem, and the others go on. */
import type { Editor } from './editor.ts';
import type { Finding, Problem, Report, Rule } from './rule.ts';
import { atLeast, type Settings, type Severity } from './settings.ts';
import type { LineMap } from './span.ts';
import { type Suppression, suppress } from './suppress.ts';
import type { Survey } from './survey.ts';
import type { Verdict } from './verdict.ts';
import { say } from './words.ts';

/** The pseudo-rule of ignore comments that hide nothing. */
export const unusedIgnore = 'unused-ignore';

export interface Findings {
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
}

export function findings(
  survey: Survey,
  rules: readonly Rule[],
  edit: Editor,
  settings: Settings,
  comments: readonly Suppression[],
  lines: LineMap,
): Findings {
  const problems: Problem[] = [];
  const found: Finding[] = [];
  for (const rule of rules) {
    if (settings.rules[rule.id] === 'off') continue;
    const context = { edit, settings };
    const guarded = (reports: () => Iterable<Report> | undefined, verdict?: Verdict) => {
      try {
        for (const report of reports() ?? []) found.push(finding(rule, report, report.verdict ?? verdict, settings));
      } catch (error) {
        problems.push({
          message: `The rule ${rule.id} failed: ${error instanceof Error ? error.message : String(error)}`,
        });
      }
    };
    for (const verdict of survey.verdicts) guarded(() => rule.check?.(verdict, context), verdict);
    guarded(() => rule.survey?.(survey, context));
  }
  const { shown, unused } = suppress(found, comments, lines);
  return {
    findings: [...shown, ...(settings.rules[unusedIgnore] === 'off' ? [] : unused.map(unusedFinding))].sort(
      (a, b) => a.at.start - b.at.start || a.at.end - b.at.end,
    ),
    problems,
  };
}

function finding(rule: Rule, report: Report, verdict: Verdict | undefined, settings: Settings): Finding {
  const { at, message, related = [], repairs, here } = report;
  const severity = severityOf(rule, report, settings);
  return { rule: rule.id, severity, at, message, related, repairs, ...(here && { here }), ...(verdict && { verdict }) };
}

/**
 * A set severity stands for the rule's own, and a case that the rule reports more mildly stays so. The strict preset
 * knows no mild cases: what is not set is a warning at least.
 */
function severityOf(rule: Rule, report: Report, { preset, rules }: Settings): Severity {
  const set = rules[rule.id];
  const most = set === undefined || set === 'off' ? rule.severity : set;
  if (preset === 'strict') return set === undefined && !atLeast(most, 'warning') ? 'warning' : most;
  if (report.severity === rule.severity) return most;
  return atLeast(report.severity, most) ? most : report.severity;
}

function unusedFinding({ at, rules }: Suppression): Finding {
  return {
    rule: unusedIgnore,
    severity: 'hint',
    at,
    message: rules
      ? say`This ignore comment for ${rules.join(', ')} hides nothing.`
      : say('This ignore comment hides nothing.'),
    related: [],
    repairs: [],
  };
}
