/** The team's notes for what is shown: read when asked for, and again when their file changes. */
import * as vscode from 'vscode';
import { modelOf } from '../core/model-name.ts';
import type { Finding } from '../core/rule.ts';
import type { Host } from '../session/host.ts';
import { findNotes, type Note, notesName, notesOn } from '../session/notes.ts';

export interface TeamNotes extends vscode.Disposable {
  /** On a rule as it is seen from a file; without a file, from the workspace's first folder. */
  on(rule: string, uri: vscode.Uri | undefined, finding?: Finding): Promise<readonly Note[]>;
  readonly onDidChange: vscode.Event<void>;
}

export function teamNotes(host: Host): TeamNotes {
  const files = vscode.workspace.createFileSystemWatcher(`**/${notesName}`);
  const changed = new vscode.EventEmitter<void>();
  const cache = new Map<string, Promise<readonly Note[]>>();
  const clear = () => {
    cache.clear();
    changed.fire();
  };
  const own = vscode.Disposable.from(
    changed,
    files,
    files.onDidChange(clear),
    files.onDidCreate(clear),
    files.onDidDelete(clear),
  );
  const of = (folder: string): Promise<readonly Note[]> => {
    const known = cache.get(folder) ?? findNotes(host, folder);
    cache.set(folder, known);
    return known;
  };
  return {
    onDidChange: changed.event,
    async on(rule, uri, finding) {
      const folder = uri ? vscode.Uri.joinPath(uri, '..') : vscode.workspace.workspaceFolders?.[0]?.uri;
      if (!folder || folder.scheme === 'untitled') return [];
      const model = finding?.verdict && modelOf(finding.verdict.request);
      const address = folder.with({ query: '', fragment: '' }).toString();
      return notesOn(await of(address), { rule, ...(model !== undefined && { model }) });
    },
    dispose: () => own.dispose(),
  };
}
