/** Explains a rate-limit error wherever it was met: in the guide, with the call that its stack leads to. */
import * as vscode from 'vscode';
import { errorAt, findErrors } from '../guide/error-text.ts';
import { framesAt, isForeign, type StackFrame } from '../guide/stack.ts';
import type { OriginError } from '../panel/protocol.ts';
import { mainRule } from './fixAll.ts';
import type { Watched } from './watch.ts';

export interface MetError {
  readonly text: string;
  /** Innermost first. */
  readonly frames?: readonly StackFrame[];
  /** What paths that are not absolute are seen from. */
  readonly folder?: vscode.Uri;
}

export interface ErrorExplainer extends vscode.Disposable {
  explain(error: MetError): Promise<void>;
}

export const explainErrorCommand = 'rateLimitGuide.explainError';
/** What is longer is no error’s text, and the page keeps it. */
const mostCharacters = 20_000;

export function errorExplainer(watched: Watched): ErrorExplainer {
  const explain = async ({ text, frames = [], folder }: MetError): Promise<void> => {
    const raised = await userFrame(frames, folder);
    const error: OriginError = {
      text: text.slice(0, mostCharacters),
      ...(raised && { raisedAt: { document: raised.uri.toString(), line: raised.line } }),
    };
    const finding = raised && (await findingAt(watched, raised));
    await vscode.commands.executeCommand(
      'rateLimitGuide.openGuide',
      raised?.uri,
      finding?.rule ?? mainRule,
      finding?.at.start,
      error,
    );
  };
  const command = vscode.commands.registerCommand(explainErrorCommand, async (text?: string) => {
    const met = textWithError(text ?? selected()) ?? textWithError(text === undefined ? await clipboard() : '');
    if (met !== undefined) return explain({ text: met, frames: framesIn(met) });
    void vscode.window.showInformationMessage(
      vscode.l10n.t('There is no rate-limit error in the selection, nor in the clipboard.'),
    );
  });
  return { explain, dispose: () => command.dispose() };
}

/** The error that stands at `offset` of a longer text, with its stack. */
export function errorWithin(text: string, offset: number): MetError {
  const found = errorAt(text, offset);
  const frames = framesAt(text, offset);
  return { text: found ? text.slice(found.at.start, found.at.end) : text, frames };
}

function framesIn(text: string): readonly StackFrame[] {
  const [first] = findErrors(text);
  return first ? framesAt(text, first.at.start) : [];
}

function textWithError(text: string): string | undefined {
  const head = text.slice(0, mostCharacters);
  return findErrors(head).length > 0 ? head : undefined;
}

function selected(): string {
  const editor = vscode.window.activeTextEditor;
  return editor ? editor.document.getText(editor.selection) : '';
}

async function clipboard(): Promise<string> {
  // A browser may refuse to tell.
  return vscode.env.clipboard.readText().then(
    (text) => text,
    () => '',
  );
}

/** The innermost frame in a file that the user wrote and that is there; one of the workspace before any other. */
async function userFrame(
  frames: readonly StackFrame[],
  folder: vscode.Uri | undefined,
): Promise<{ readonly uri: vscode.Uri; readonly line: number } | undefined> {
  const own = frames
    .filter((frame) => !isForeign(frame))
    .map((frame) => ({ ...frame, uri: uriOf(frame.path, folder) }));
  const inWorkspace = ({ uri }: { uri: vscode.Uri | undefined }) => uri && vscode.workspace.getWorkspaceFolder(uri);
  for (const { uri, line } of [...own.filter(inWorkspace), ...own]) {
    const exists = uri && (await vscode.workspace.fs.stat(uri).then(Boolean, () => false));
    if (exists) return { uri, line };
  }
  return undefined;
}

function uriOf(path: string, folder = vscode.workspace.workspaceFolders?.[0]?.uri): vscode.Uri | undefined {
  const file = /^file:\/\//.test(path) ? vscode.Uri.parse(path).path : path.replaceAll('\\', '/');
  if (file.startsWith('~')) return undefined;
  const isAbsolute = file.startsWith('/') || /^[A-Za-z]:\//.test(file);
  if (!isAbsolute) return folder && vscode.Uri.joinPath(folder, file);
  return (folder ?? vscode.Uri.file('/')).with({ path: file.replace(/^(?=[A-Za-z]:)/, '/') });
}

/** The finding whose call stands at the frame’s line, or begins above it and goes on there. */
async function findingAt(watched: Watched, { uri, line }: { readonly uri: vscode.Uri; readonly line: number }) {
  const document = await vscode.workspace.openTextDocument(uri).then(
    (opened) => opened,
    () => undefined,
  );
  const analysis = document && (await watched.current(document))?.analysis;
  return analysis?.findings.find(({ at, verdict }) => {
    const { start, end } = analysis.lines.range({ start: at.start, end: verdict?.request.call.at.end ?? at.end });
    return verdict && start.line <= line - 1 && line - 1 <= end.line;
  });
}
