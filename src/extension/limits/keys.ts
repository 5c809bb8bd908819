/** The key that the limits meter sends: from the environment or VS Code's secret storage, never from a setting, never logged. */
import * as vscode from 'vscode';
import { hostOf } from '../../render/limits-words.ts';
import { keyVariableOf } from './request.ts';

export interface Environment {
  readonly [name: string]: string | undefined;
}

interface Choice extends vscode.QuickPickItem {
  readonly run: () => Thenable<string | undefined>;
}

/** Undefined where the user gives none. */
export async function chooseKey(
  secrets: vscode.SecretStorage,
  environment: Environment,
  baseUrl: string,
): Promise<string | undefined> {
  const host = hostOf(baseUrl);
  const variable = keyVariableOf(baseUrl, environment.OPENAI_BASE_URL);
  const given = variable === undefined ? undefined : environment[variable];
  const kept = await secrets.get(secretOf(host));
  const enter: Choice = { label: vscode.l10n.t('Enter a key…'), run: () => enterKey(secrets, host) };
  const choices: readonly Choice[] = [
    ...(variable !== undefined && given
      ? [{ label: vscode.l10n.t('The key in the environment’s {0}', variable), run: async () => given }]
      : []),
    ...(kept ? [{ label: vscode.l10n.t('The key kept for {0}', host), run: async () => kept }] : []),
    enter,
    ...(kept ? [{ label: vscode.l10n.t('Forget the key kept for {0}', host), run: () => forget(secrets, host) }] : []),
  ];
  if (choices.length === 1) return enter.run();
  const choice = await vscode.window.showQuickPick(choices, {
    title: vscode.l10n.t('Key for {0}', host),
    ignoreFocusOut: true,
  });
  return choice?.run();
}

async function enterKey(secrets: vscode.SecretStorage, host: string): Promise<string | undefined> {
  const key = await vscode.window.showInputBox({
    title: vscode.l10n.t('Key for {0}', host),
    prompt: vscode.l10n.t('It is kept in VS Code’s secret storage, and sent to {0} alone.', host),
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? vscode.l10n.t('A key is needed.') : undefined),
  });
  if (key === undefined) return undefined;
  await secrets.store(secretOf(host), key.trim());
  return key.trim();
}

async function forget(secrets: vscode.SecretStorage, host: string): Promise<undefined> {
  await secrets.delete(secretOf(host));
  return undefined;
}

function secretOf(host: string): string {
  return `rateLimitGuide.key:${host}`;
}
