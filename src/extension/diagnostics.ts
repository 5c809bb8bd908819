/** Squiggles: each analysis replaces the diagnostics of the document, or of all cells of the notebook. */
import * as vscode from 'vscode';
import { type Seen, source, toDiagnostic, toLocation } from './convert.ts';
import type { Watched } from './watch.ts';

export function diagnostics(watched: Watched): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection(source);
  const shown = new Map<string, readonly vscode.Uri[]>();
  const following = watched.onDidAnalyze(({ key, seen }) => {
    const gone = (shown.get(key) ?? []).filter((uri) => !seen?.uris.some((one) => one.toString() === uri.toString()));
    collection.set(gone.map((uri) => [uri, undefined]));
    if (!seen) return void shown.delete(key);
    shown.set(key, seen.uris);
    collection.set(byAddress(seen));
  });
  return vscode.Disposable.from(collection, following);
}

function byAddress(seen: Seen): [vscode.Uri, vscode.Diagnostic[]][] {
  return seen.uris.map((uri) => {
    const own = seen.analysis.findings.filter(({ at }) => toLocation(at, seen).uri === uri);
    return [uri, own.map((finding) => toDiagnostic(finding, seen))];
  });
}
