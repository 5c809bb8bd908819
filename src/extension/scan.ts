/** Tells the session which files the workspace has, and when one of them changes, so that a helper's edit counts everywhere. */
import * as vscode from 'vscode';
import type { Session } from '../session/session.ts';
import { mostFiles, section } from './settings.ts';
import type { Watched } from './watch.ts';

// Braces in braces find nothing.
const names = ['py', 'pyi', 'ts', 'tsx', 'mts', 'cts', 'js', 'jsx', 'mjs', 'cjs'].map((end) => `*.${end}`);
const code = `**/{${names.join(',')}}`;
const pattern = `**/{${[...names, 'package.json', 'tsconfig.json', 'tsconfig.*.json', 'jsconfig.json'].join(',')}}`;
const leftOut = '**/{node_modules,.git,.venv,venv,site-packages,dist,build}/**';
/** Files come and go by the hundred when a branch is switched: one listing serves them all. */
const pause = 1000;

/** The workspace's files in our languages, as many as may be looked at. */
export async function codeFiles(): Promise<readonly vscode.Uri[]> {
  return vscode.workspace.findFiles(code, leftOut, mostFiles());
}

export function scanWorkspace(session: Session, watched: Watched, log: vscode.LogOutputChannel): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(pattern);
  let timer: ReturnType<typeof setTimeout> | undefined;

  const list = async (): Promise<void> => {
    const configuration = vscode.workspace.getConfiguration(section);
    if (!configuration.get('scan.enable', true)) {
      await session.setFiles([]);
      return watched.restart();
    }
    const most = mostFiles();
    const found = await vscode.workspace.findFiles(pattern, leftOut, most);
    if (found.length === most)
      log.info(`The workspace has more than ${most} files: helpers in the others are not seen.`);
    log.info(`${found.length} files of the workspace count for what a call means.`);
    await session.setFiles(found.map((uri) => uri.toString()));
    watched.restart();
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void list().catch((error: unknown) => log.error(String(error))), pause);
  };
  later();
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate(later),
    watcher.onDidDelete(later),
    watcher.onDidChange((uri) => watched.changed(uri)),
    vscode.workspace.onDidChangeWorkspaceFolders(later),
    vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration(`${section}.scan`) && later()),
    new vscode.Disposable(() => clearTimeout(timer)),
  );
}
