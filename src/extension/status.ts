/** The status bar item: how many calls of the file at hand are unprotected. */
import * as vscode from 'vscode';
import { ageInWords, limitsInWords, measuredInWords } from '../render/limits-words.ts';
import type { LimitsStore } from './limits/store.ts';
import type { SettingsReader } from './settings.ts';
import type { Watched } from './watch.ts';

export function statusItem(watched: Watched, settings: SettingsReader, limits: LimitsStore): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('rateLimitGuide.status', vscode.StatusBarAlignment.Right, 90);
  item.name = 'Rate Limit Guide';
  item.command = 'rateLimitGuide.showMenu';

  const show = (): void => {
    // Beside a guide that has the focus the code still counts.
    const document = vscode.window.activeTextEditor?.document ?? vscode.window.visibleTextEditors[0]?.document;
    const analysis = document && watched.latest(document);
    const requests = analysis?.verdicts.length ?? 0;
    const unprotected = analysis?.findings.filter(({ verdict }) => verdict).length ?? 0;
    void vscode.commands.executeCommand('setContext', 'rateLimitGuide.hasFindings', unprotected > 0);
    const words = settings.paused ? pausedWords() : requests > 0 ? countWords(requests, unprotected) : undefined;
    if (!words) {
      item.hide();
      return;
    }
    item.text = words.text;
    const tooltip = [words.tooltip, ...measuredWords(limits)].join('\n');
    item.tooltip = tooltip;
    item.accessibilityInformation = { label: `Rate Limit Guide: ${tooltip}`, role: 'button' };
    item.show();
  };

  return vscode.Disposable.from(
    item,
    vscode.window.onDidChangeActiveTextEditor(show),
    vscode.window.onDidChangeVisibleTextEditors(show),
    watched.onDidAnalyze(show),
    settings.onDidChange(show),
    limits.onDidChange(show),
    // Whoever comes back sees how old the measured limits are by now.
    vscode.window.onDidChangeWindowState(show),
  );
}

interface Words {
  readonly text: string;
  readonly tooltip: string;
}

function pausedWords(): Words {
  return {
    text: `$(debug-pause) ${vscode.l10n.t('Rate limits: paused')}`,
    tooltip: vscode.l10n.t('Analysis is paused: nothing is looked at.'),
  };
}

function countWords(requests: number, unprotected: number): Words {
  const { t } = vscode.l10n;
  return {
    text:
      unprotected > 0 ? `$(warning) ${t('{0} unprotected', unprotected)}` : `$(pass) ${t('{0} protected', requests)}`,
    tooltip: t('Model requests in this file: {0}; not protected from HTTP 429: {1}', requests, unprotected),
  };
}

/** The newest measured limits with their age. */
function measuredWords(limits: LimitsStore): readonly string[] {
  return limits
    .all()
    .slice(0, 1)
    .map((one) => {
      const age = ageInWords(one, Date.now());
      return vscode.l10n.t('{0}: {1}, measured {2}', measuredInWords(one), limitsInWords(one.limits), age);
    });
}
