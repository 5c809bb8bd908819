/** Squiggles: each analysis of a document replaces its diagnostics. */
import * as vscode from 'vscode';
import { source, toDiagnostic } from './convert.ts';
import type { Watched } from './watch.ts';

export function diagnostics(watched: Watched): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection(source);
  const following = watched.onDidAnalyze(({ document, analysis }) => {
    collection.set(
      document.uri,
      analysis?.findings.map((finding) => toDiagnostic(finding, analysis, document.uri)),
    );
  });
  return vscode.Disposable.from(collection, following);
}
