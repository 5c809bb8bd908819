/** The commands, each registered once: for the palette, the light bulb and links in hovers. */
import * as vscode from 'vscode';
import type { Edit } from '../core/edit.ts';
import { fixAll } from '../core/fixAll.ts';
import { contains } from '../core/span.ts';
import { ruleLevels } from '../render/fields.ts';
import { cellSpans, splitCells } from '../session/cells.ts';
import type { Analysis } from '../session/session.ts';
import { toSpan, toWorkspaceEdit } from './convert.ts';
import { pageUri } from './guidePages.ts';
import { section } from './settings.ts';
import { cellOf, subjectOf } from './subject.ts';
import type { Watched } from './watch.ts';

export function commands(watched: Watched, log: vscode.LogOutputChannel): vscode.Disposable {
  const register = (name: string, run: (...args: never[]) => unknown) =>
    vscode.commands.registerCommand(`rateLimitGuide.${name}`, run);
  return vscode.Disposable.from(
    register('fixFile', (uri?: vscode.Uri) => fixFile(watched, uri)),
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
  );
}

async function fixFile(watched: Watched, uri: vscode.Uri | undefined): Promise<void> {
  const document = uri ? await vscode.workspace.openTextDocument(uri) : activeDocument();
  const seen = document && (await watched.current(document));
  if (!seen) return;
  const { analysis } = seen;
  const fixed = await fixAll(analysis.text, async (text) => {
    const now = text === analysis.text ? analysis : await watched.probe(document, text);
    return { fixes: now ? preferred(now) : [] };
  });
  if (subjectOf(document)?.text !== analysis.text)
    return void vscode.window.showInformationMessage('The file has changed in the meantime: nothing was written.');
  if (fixed.applied === 0)
    return void vscode.window.showInformationMessage('No call in this file has a repair that can be written for it.');
  await vscode.workspace.applyEdit(toWorkspaceEdit(differences(analysis.text, fixed.text), seen));
}

/** In a notebook no cell need have the focus. */
function activeDocument(): vscode.TextDocument | undefined {
  const notebook = vscode.window.activeNotebookEditor?.notebook;
  return vscode.window.activeTextEditor?.document ?? (notebook && cellOf(notebook));
}

function preferred(analysis: Analysis) {
  return analysis.findings.flatMap((finding) => analysis.fixes(finding).slice(0, 1));
}

/** The stretch in which two texts differ, in a notebook cell by cell. */
function differences(before: string, after: string): readonly Edit[] {
  const now = splitCells(after);
  return cellSpans(before).flatMap(({ start, end }, index): Edit[] => {
    const cell = before.slice(start, end);
    if (cell === now[index]) return [];
    const { span, text } = difference(cell, now[index]!);
    return [{ span: { start: start + span.start, end: start + span.end }, text }];
  });
}

/** The one stretch in which two texts differ. */
function difference(before: string, after: string): Edit {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let tail = 0;
  while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  // Not between the two characters of a line end.
  if (before[start - 1] === '\r') start--;
  if (tail > 0 && before[before.length - tail] === '\n' && before[before.length - tail - 1] === '\r') tail--;
  return { span: { start, end: before.length - tail }, text: after.slice(start, after.length - tail) };
}

async function applyFix(watched: Watched, address: string, rule: string, offset: number, name: string): Promise<void> {
  const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === address);
  const seen = document && (await watched.current(document));
  const finding = seen?.analysis.findings.find((one) => one.rule === rule && one.at.start === offset);
  const fix = finding && seen?.analysis.fixes(finding).find((one) => one.name === name);
  if (!seen || !fix)
    return void vscode.window.showInformationMessage('The code has changed since: hover again for a repair that fits.');
  await vscode.workspace.applyEdit(toWorkspaceEdit(fix.edits, seen));
}

async function setSeverity(uri: vscode.Uri, rule: string): Promise<void> {
  const level = await vscode.window.showQuickPick(['off', ...ruleLevels.filter((one) => one !== 'off')], {
    title: `Severity of ${rule}`,
    placeHolder: '“off” disables the rule',
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
