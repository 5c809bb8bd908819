/** The light bulb: the repair, its alternatives, all of the file, ignore here, ignore in this file, disable the rule, explain; and what runs on saving. */
import * as vscode from 'vscode';
import { type Fix, preferredFix } from '../core/edit.ts';
import type { Finding } from '../core/rule.ts';
import { overlaps } from '../core/span.ts';
import { type Seen, toDiagnostic, toSpan, toWorkspaceEdit } from './convert.ts';
import { type FixAll, mainRule } from './fixAll.ts';
import { tell } from './language.ts';
import { selector } from './subject.ts';
import type { Watched } from './watch.ts';

/** What `editor.codeActionsOnSave` names: the repairs that keep what the code does. */
const fixAllKind = vscode.CodeActionKind.SourceFixAll.append('rateLimitGuide');

export function codeActions(watched: Watched, fixes: FixAll): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    selector,
    {
      async provideCodeActions(document, range, context) {
        if (context.only?.value && context.only.intersects(fixAllKind)) return safeFixes(document, fixes);
        if (context.only && !context.only.intersects(vscode.CodeActionKind.QuickFix)) return [];
        const seen = await watched.current(document);
        if (!seen) return [];
        const { start, end } = toSpan(range, document.uri, seen);
        // An empty selection touches what it stands in or at.
        const asked = { start: start - 1, end: end + 1 };
        return seen.analysis.findings
          .filter(({ at }) => overlaps(at, asked))
          .flatMap((finding) => actions(finding, seen, document));
      },
    },
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, fixAllKind] },
  );
}

async function safeFixes(document: vscode.TextDocument, fixes: FixAll): Promise<vscode.CodeAction[]> {
  const edit = await fixes.safe(document);
  if (!edit) return [];
  const action = new vscode.CodeAction(vscode.l10n.t('Make all repairs that keep what the code does'), fixAllKind);
  action.edit = edit;
  return [action];
}

function actions(finding: Finding, seen: Seen, { uri }: vscode.TextDocument): vscode.CodeAction[] {
  const { analysis } = seen;
  const diagnostic = toDiagnostic(finding, seen);
  const action = (title: string): vscode.CodeAction => {
    const made = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    made.diagnostics = [diagnostic];
    return made;
  };
  const applying = (fix: Fix): vscode.CodeAction => {
    const made = action(tell(fix.title));
    made.edit = toWorkspaceEdit(fix, seen);
    return made;
  };
  const running = (title: string, command: string, ...rest: unknown[]): vscode.CodeAction => {
    const made = action(title);
    made.command = { title, command, arguments: [uri, ...rest] };
    return made;
  };

  const fixes = analysis.fixes(finding);
  const repairs = fixes.map(applying);
  const first = preferredFix(fixes);
  const preferred = first && repairs[fixes.indexOf(first)];
  if (preferred) preferred.isPreferred = true;
  const ignores = (['line', 'file'] as const).flatMap((where) => {
    const fix = analysis.ignore(finding, where);
    return fix ? [applying(fix)] : [];
  });
  const { rule } = finding;
  const alike = analysis.findings.filter((one) => one.rule === rule).length;
  return [
    ...repairs,
    ...(fixes.some(({ name }) => name === 'helper')
      ? [
          running(
            vscode.l10n.t('Retry through a shared helper in a new module…'),
            'rateLimitGuide.helperInModule',
            rule,
            finding.at.start,
          ),
        ]
      : []),
    ...(repairs.length > 0 && alike > 1 ? [running(fixAllTitle(rule), 'rateLimitGuide.fixFile', rule)] : []),
    ...ignores,
    running(
      vscode.l10n.t('Change the severity of {0} or disable it…', finding.rule),
      'rateLimitGuide.setSeverity',
      finding.rule,
    ),
    running(vscode.l10n.t('Explain {0}', finding.rule), 'rateLimitGuide.openGuide', finding.rule, finding.at.start),
  ];
}

function fixAllTitle(rule: string): string {
  return rule === mainRule
    ? vscode.l10n.t('Fix all unprotected calls in this file')
    : vscode.l10n.t('Fix all findings of {0} in this file', rule);
}
