/** The status bar item: how many calls of the file at hand are unprotected. */
import * as vscode from 'vscode';
import type { Watched } from './watch.ts';

export function statusItem(watched: Watched): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('rateLimitGuide.status', vscode.StatusBarAlignment.Right, 90);
  item.name = 'Rate Limit Guide';
  item.command = 'workbench.actions.view.problems';

  const show = (): void => {
    const document = vscode.window.activeTextEditor?.document;
    const analysis = document && watched.latest(document);
    const requests = analysis?.verdicts.length ?? 0;
    const unprotected = analysis?.findings.filter(({ verdict }) => verdict).length ?? 0;
    void vscode.commands.executeCommand('setContext', 'rateLimitGuide.hasFindings', unprotected > 0);
    if (requests === 0) {
      item.hide();
      return;
    }
    item.text = unprotected > 0 ? `$(warning) ${unprotected} unprotected` : `$(pass) ${requests} protected`;
    item.tooltip = `${count(requests, 'model request')} in this file, ${unprotected} of them not protected from HTTP 429`;
    item.accessibilityInformation = { label: `Rate Limit Guide: ${item.tooltip}` };
    item.show();
  };

  return vscode.Disposable.from(item, vscode.window.onDidChangeActiveTextEditor(show), watched.onDidAnalyze(show));
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
