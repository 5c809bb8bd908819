/** The first minutes: one word at the very first finding, the walkthrough, and an example to try. */
import * as vscode from 'vscode';
import { rules } from '../rules/all.ts';
import type { Watched } from './watch.ts';

const greeted = 'welcome.greeted';

/** Said once in an installation's life, and not at all to whoever has switched the editor's tips off. */
export function welcome(watched: Watched, { globalState }: vscode.ExtensionContext): vscode.Disposable {
  const wanted = vscode.workspace.getConfiguration('workbench').get('tips.enabled', true);
  if (!wanted || globalState.get(greeted)) return new vscode.Disposable(() => {});
  const listening = watched.onDidAnalyze(async ({ seen }) => {
    if (!seen?.analysis.findings.some(({ verdict }) => verdict)) return;
    listening.dispose();
    await globalState.update(greeted, true);
    const steps = vscode.l10n.t('First Steps');
    const chosen = await vscode.window.showInformationMessage(
      vscode.l10n.t('Rate Limit Guide has found a call that an HTTP 429 would break: hover over it to see why.'),
      steps,
    );
    if (chosen === steps) await showFirstSteps();
  });
  return listening;
}

export function showFirstSteps(): Thenable<unknown> {
  const id = 'rate-limit-guide.rate-limit-guide#firstSteps';
  return vscode.commands.executeCommand('workbench.action.openWalkthrough', id, false);
}

/** The main rule's own example, in a document that is nobody's. */
export async function openExample(): Promise<void> {
  const [{ language, bad }] = rules[0]!.examples;
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language, content: bad }));
}
