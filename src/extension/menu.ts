/** The menu behind the status bar item: the findings here, and what can be done. */
import * as vscode from 'vscode';
import type { Severity } from '../core/settings.ts';
import { lineInWords } from '../render/places.ts';
import { toLocation } from './convert.ts';
import { activeDocument } from './fixAll.ts';
import { tell } from './language.ts';
import type { SettingsReader } from './settings.ts';
import type { Watched } from './watch.ts';

interface Entry extends vscode.QuickPickItem {
  readonly run?: () => unknown;
}

const icons: Record<Severity, string> = { error: 'error', warning: 'warning', information: 'info', hint: 'lightbulb' };

export async function showMenu(watched: Watched, settings: SettingsReader): Promise<void> {
  const document = activeDocument() ?? vscode.window.visibleTextEditors[0]?.document;
  const findings = document ? await findingsIn(document, watched) : [];
  const chosen = await vscode.window.showQuickPick([...findings, ...actions(findings.length, settings)], {
    title: 'Rate Limit Guide',
    placeHolder: vscode.l10n.t('Go to a finding, or choose what to do'),
    matchOnDetail: true,
  });
  await chosen?.run?.();
}

async function findingsIn(document: vscode.TextDocument, watched: Watched): Promise<readonly Entry[]> {
  const seen = await watched.current(document);
  if (!seen || seen.analysis.findings.length === 0) return [];
  const { findings, lines } = seen.analysis;
  const title = vscode.l10n.t('Findings in {0}', vscode.workspace.asRelativePath(document.uri));
  const entries = findings.map((finding): Entry => {
    const { uri, range } = toLocation(finding.at, seen);
    return {
      label: `$(${icons[finding.severity]}) ${finding.rule}`,
      description: tell(lineInWords(lines.position(finding.at.start))),
      detail: tell(finding.message).replaceAll('`', ''),
      run: () => vscode.window.showTextDocument(uri, { selection: range }),
    };
  });
  return [{ label: title, kind: vscode.QuickPickItemKind.Separator }, ...entries];
}

function actions(findings: number, settings: SettingsReader): readonly Entry[] {
  const running = (icon: string, label: string, command: string, ...args: readonly unknown[]): Entry => ({
    label: `$(${icon}) ${label}`,
    run: () => vscode.commands.executeCommand(command, ...args),
  });
  return [
    { label: vscode.l10n.t('Actions'), kind: vscode.QuickPickItemKind.Separator },
    ...(findings > 0
      ? [running('wrench', vscode.l10n.t('Fix all unprotected calls in this file'), 'rateLimitGuide.fixFile')]
      : []),
    running('book', vscode.l10n.t('Open the guide'), 'rateLimitGuide.openGuide'),
    settings.paused
      ? running('debug-continue', vscode.l10n.t('Resume analysis'), 'rateLimitGuide.resume')
      : running('debug-pause', vscode.l10n.t('Pause analysis'), 'rateLimitGuide.pause'),
    running(
      'gear',
      vscode.l10n.t('Settings'),
      'workbench.action.openSettings',
      '@ext:rate-limit-guide.rate-limit-guide',
    ),
    running('mortar-board', vscode.l10n.t('First steps'), 'rateLimitGuide.showFirstSteps'),
    running('output', vscode.l10n.t('Show log'), 'rateLimitGuide.showLog'),
  ];
}
