/** The commands, each registered once: for the palette, the light bulb and links in hovers. */
import * as vscode from 'vscode';
import { contains } from '../core/span.ts';
import { ruleLevels } from '../render/fields.ts';
import { toSpan, toWorkspaceEdit } from './convert.ts';
import { activeDocument, type Engine, type FixAll, mainRule } from './fixAll.ts';
import { pageUri } from './guidePages.ts';
import { showMenu } from './menu.ts';
import { type SettingsReader, section } from './settings.ts';
import { subjectOf } from './subject.ts';
import type { Watched } from './watch.ts';
import { openExample, showFirstSteps } from './welcome.ts';

export interface Parts {
  readonly engine: Engine;
  readonly settings: SettingsReader;
  readonly watched: Watched;
  readonly fixes: FixAll;
  readonly log: vscode.LogOutputChannel;
}

export function commands({ engine, settings, watched, fixes, log }: Parts): vscode.Disposable {
  const register = (name: string, run: (...args: never[]) => unknown) =>
    vscode.commands.registerCommand(`rateLimitGuide.${name}`, run);
  return vscode.Disposable.from(
    register('fixFile', async (uri?: vscode.Uri, rule = uri ? undefined : mainRule) => {
      const document = uri ? await vscode.workspace.openTextDocument(uri) : activeDocument();
      if (document) await fixes.file(document, rule, 'apply');
    }),
    register('previewFixFile', async () => {
      const document = activeDocument();
      if (document) await fixes.file(document, mainRule, 'preview');
    }),
    register('fixWorkspace', () => fixes.workspace(mainRule)),
    register('helperInModule', async (uri: vscode.Uri, rule: string, offset: number) =>
      helperInModule(engine, settings, watched, await vscode.workspace.openTextDocument(uri), rule, offset),
    ),
    register('applyFix', (address: string, rule: string, offset: number, name: string) =>
      applyFix(watched, address, rule, offset, name),
    ),
    register('setSeverity', (uri: vscode.Uri, rule: string) => setSeverity(uri, rule)),
    register('explain', (document?: vscode.Uri | string, rule?: string, offset?: number) =>
      explain(watched, document, rule, offset),
    ),
    register('restart', () => {
      watched.restart();
      log.info('Analysis was started anew.');
    }),
    register('showLog', () => log.show()),
    register('showMenu', () => showMenu(watched, settings)),
    register('pause', () => settings.pause()),
    register('resume', () => settings.resume()),
    register('showFirstSteps', showFirstSteps),
    register('openExample', openExample),
  );
}

/** Writes the helper to a new module that the user names, and hands the call to it. */
async function helperInModule(
  { session }: Engine,
  settings: SettingsReader,
  watched: Watched,
  document: vscode.TextDocument,
  rule: string,
  offset: number,
): Promise<void> {
  const subject = subjectOf(document);
  if (!subject || !(await watched.current(document))) return;
  const path = await askForModule(subject.uri);
  if (!path) return;
  const seen = await watched.current(document);
  if (!seen) return;
  const { settings: own } = await settings.of(subject.uri);
  const elsewhere = { ...own, helperModule: path.toString() };
  const fix = await session.probe(subject.key, seen.analysis.text, elsewhere, (analysis) => {
    const finding = analysis.findings.find((one) => one.rule === rule && one.at.start === offset);
    return finding && analysis.fixes(finding).find(({ name }) => name === 'helper');
  });
  if (!fix)
    return void vscode.window.showInformationMessage(vscode.l10n.t('No helper can be written for this call any more.'));
  await vscode.workspace.applyEdit(toWorkspaceEdit(fix, seen));
}

/** A file that isn't there yet, beside the document unless the user says otherwise. */
async function askForModule(uri: vscode.Uri): Promise<vscode.Uri | undefined> {
  const [ending = '.py'] = /\.[cm]?[jt]s(?=x?$)|\.py$/.exec(uri.path) ?? [];
  const folder = vscode.Uri.joinPath(uri, '..');
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Module for the retry helper'),
    prompt: vscode.l10n.t('A new file, seen from the folder of this one.'),
    value: `retry${ending}`,
    valueSelection: [0, 'retry'.length],
    validateInput: async (text) => {
      if (!text.endsWith(ending)) return vscode.l10n.t('The module’s name ends in {0}.', ending);
      const target = vscode.Uri.joinPath(folder, text);
      const exists = await vscode.workspace.fs.stat(target).then(Boolean, () => false);
      return exists ? vscode.l10n.t('There is such a file already.') : undefined;
    },
  });
  return name === undefined ? undefined : vscode.Uri.joinPath(folder, name);
}

async function applyFix(watched: Watched, address: string, rule: string, offset: number, name: string): Promise<void> {
  const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === address);
  const seen = document && (await watched.current(document));
  const finding = seen?.analysis.findings.find((one) => one.rule === rule && one.at.start === offset);
  const fix = finding && seen?.analysis.fixes(finding).find((one) => one.name === name);
  if (!seen || !fix)
    return void vscode.window.showInformationMessage(
      vscode.l10n.t('The code has changed since: hover again for a repair that fits.'),
    );
  await vscode.workspace.applyEdit(toWorkspaceEdit(fix, seen));
}

async function setSeverity(uri: vscode.Uri, rule: string): Promise<void> {
  const level = await vscode.window.showQuickPick(['off', ...ruleLevels.filter((one) => one !== 'off')], {
    title: vscode.l10n.t('Severity of {0}', rule),
    placeHolder: vscode.l10n.t('“off” disables the rule'),
  });
  if (level === undefined) return;
  const configuration = vscode.workspace.getConfiguration(section, uri);
  const target = vscode.workspace.workspaceFolders
    ? vscode.ConfigurationTarget.Workspace
    : vscode.ConfigurationTarget.Global;
  const set = configuration.inspect<Record<string, string>>('rules');
  const known = target === vscode.ConfigurationTarget.Workspace ? set?.workspaceValue : set?.globalValue;
  await configuration.update('rules', { ...known, [rule]: level }, target);
}

/** Opens the page of the finding that is named, or of the one at the cursor; the main rule's page where there is none. */
async function explain(
  watched: Watched,
  document?: vscode.Uri | string,
  rule?: string,
  offset?: number,
): Promise<void> {
  const named = rule === undefined ? undefined : pageUri(rule, document?.toString(), offset);
  const uri = named ?? (await pageAtCursor(watched)) ?? pageUri('unprotected-call', undefined, undefined);
  const known = await vscode.commands.getCommands(true);
  if (known.includes('markdown.showPreviewToSide'))
    return void vscode.commands.executeCommand('markdown.showPreviewToSide', uri);
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), {
    preview: true,
    viewColumn: vscode.ViewColumn.Beside,
  });
}

async function pageAtCursor(watched: Watched): Promise<vscode.Uri | undefined> {
  const editor = vscode.window.activeTextEditor;
  const seen = editor && (await watched.current(editor.document));
  if (!seen) return undefined;
  const { uri } = editor.document;
  const cursor = toSpan(editor.selection, uri, seen);
  const finding = seen.analysis.findings.find(({ at }) => contains(at, cursor));
  return finding && pageUri(finding.rule, uri.toString(), finding.at.start);
}
