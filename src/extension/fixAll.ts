/** Repairs every finding of a rule in a file or in the workspace. */
import * as vscode from 'vscode';
import { type Fix, preferredFix } from '../core/edit.ts';
import { type Fixed, fixAll } from '../core/fixAll.ts';
import type { Settings } from '../core/settings.ts';
import { bom, lineMap } from '../core/span.ts';
import { grammarOf } from '../languages/syntax.ts';
import { differences } from '../session/differences.ts';
import type { Host } from '../session/host.ts';
import type { Analysis, Session } from '../session/session.ts';
import { addEdits, toWorkspaceEdit } from './convert.ts';
import { codeFiles } from './scan.ts';
import type { SettingsReader } from './settings.ts';
import { cellOf, subjectOf } from './subject.ts';
import type { Watched } from './watch.ts';

export const mainRule = 'unprotected-call';

export interface Engine {
  readonly session: Session;
  readonly host: Host;
}

type Pick = (analysis: Analysis) => readonly Fix[];

export interface FixAll {
  /** Repairs a rule's findings in a document, or all of them: at once, or after they were looked through. */
  file(document: vscode.TextDocument, rule: string | undefined, how: 'apply' | 'preview'): Promise<void>;
  /** The same in all files of the workspace, always to be looked through first. */
  workspace(rule: string): Promise<void>;
  /** The repairs of a document that keep what the code does, for saving: nobody is asked, so nothing else is taken. */
  safe(document: vscode.TextDocument): Promise<vscode.WorkspaceEdit | undefined>;
}

export function fixingAll({ session, host }: Engine, settings: SettingsReader, watched: Watched): FixAll {
  const repaired = (path: string, text: string, own: Settings, pick: Pick): Promise<Fixed> =>
    fixAll(text, async (now) => ({ fixes: (await session.probe(path, now, own, pick)) ?? [] }));

  /** The change that the picked repairs make in a document; undefined where there is none, or the text has moved on. */
  const changeOf = async (document: vscode.TextDocument, pick: Pick, metadata?: vscode.WorkspaceEditEntryMetadata) => {
    const seen = await watched.current(document);
    const subject = subjectOf(document);
    if (!seen || !subject) return 'none';
    const { text, lines } = seen.analysis;
    const fixed = await repaired(subject.key, text, (await settings.of(subject.uri)).settings, pick);
    if (subjectOf(document)?.text !== text) return 'stale';
    if (fixed.text === text) return 'none';
    return toWorkspaceEdit(
      { edits: differences(text, fixed.text) },
      { analysis: { lines }, uris: seen.uris },
      metadata,
    );
  };

  const file: FixAll['file'] = async (document, rule, how) => {
    const change = await changeOf(document, preferredOf(rule), metadataOf(rule, how));
    if (change === 'stale') return tell(vscode.l10n.t('The file has changed in the meantime: nothing was written.'));
    if (change === 'none')
      return tell(
        rule
          ? vscode.l10n.t('No finding of {0} in this file has a repair that can be written for it.', rule)
          : vscode.l10n.t('No finding in this file has a repair that can be written for it.'),
      );
    await vscode.workspace.applyEdit(change, { isRefactoring: how === 'preview' });
  };

  const workspace: FixAll['workspace'] = async (rule) => {
    const title = vscode.l10n.t('Repairing all findings of {0}', rule);
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    const change = new vscode.WorkspaceEdit();
    const metadata = metadataOf(rule, 'preview');
    const done = await vscode.window.withProgress(options, async (progress, token) => {
      const uris = await codeFiles();
      for (const [index, uri] of uris.entries()) {
        if (token.isCancellationRequested) return undefined;
        progress.report({
          increment: 100 / uris.length,
          message: vscode.l10n.t('{0} of {1} files', index, uris.length),
        });
        await addChanges(uri, preferredOf(rule), change, metadata);
      }
      return change.size;
    });
    if (done === 0)
      tell(vscode.l10n.t('No finding of {0} in the workspace has a repair that can be written for it.', rule));
    else if (done !== undefined) await vscode.workspace.applyEdit(change, { isRefactoring: true });
  };

  const addChanges = async (
    uri: vscode.Uri,
    pick: Pick,
    change: vscode.WorkspaceEdit,
    metadata: vscode.WorkspaceEditEntryMetadata | undefined,
  ): Promise<void> => {
    const { settings: own, looksAt } = await settings.of(uri);
    if (!looksAt || grammarOf(uri.path) === undefined) return;
    const text = await textOf(uri, host);
    if (text === undefined) return;
    const { text: after } = await repaired(uri.toString(), text, own, pick);
    if (text === after) return;
    const located = { analysis: { lines: lineMap(text) }, uris: [uri] };
    addEdits(change, differences(text, after), located, metadata);
  };

  const safe: FixAll['safe'] = async (document) => {
    const change = await changeOf(document, preferredSafe);
    return typeof change === 'string' ? undefined : change;
  };

  return { file, workspace, safe };
}

/** The document at hand; in a notebook no cell need have the focus. */
export function activeDocument(): vscode.TextDocument | undefined {
  const notebook = vscode.window.activeNotebookEditor?.notebook;
  return vscode.window.activeTextEditor?.document ?? (notebook && cellOf(notebook));
}

function preferredOf(rule: string | undefined): Pick {
  return (analysis) =>
    analysis.findings.flatMap((finding) =>
      (rule ?? finding.rule) === finding.rule ? (preferredFix(analysis.fixes(finding)) ?? []) : [],
    );
}

function preferredSafe(analysis: Analysis): readonly Fix[] {
  return preferredOf(undefined)(analysis).filter(({ applicability }) => applicability === 'safe');
}

function metadataOf(rule: string | undefined, how: 'apply' | 'preview'): vscode.WorkspaceEditEntryMetadata | undefined {
  if (how === 'apply') return undefined;
  const label = rule ? vscode.l10n.t('Repair {0}', rule) : vscode.l10n.t('Repair all findings');
  return { label, description: 'Rate Limit Guide', needsConfirmation: true };
}

/** As the user sees it: an open document's own text goes before the file. */
export async function textOf(uri: vscode.Uri, host: Host): Promise<string | undefined> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open) return open.getText();
  const bytes = await host.readFile(uri.toString());
  const text = bytes && new TextDecoder().decode(bytes);
  return text?.startsWith(bom) ? text.slice(1) : text;
}

function tell(message: string): void {
  void vscode.window.showInformationMessage(message);
}
