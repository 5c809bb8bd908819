/** Where core types meet VS Code's: the only place that turns one into the other. */
import * as vscode from 'vscode';
import type { Edit, Fix } from '../core/edit.ts';
import type { Finding } from '../core/rule.ts';
import type { Severity } from '../core/settings.ts';
import type { Span } from '../core/span.ts';
import type { Analysis } from '../session/session.ts';
import { pageUri } from './guidePages.ts';
import { tell } from './language.ts';

/** An analysis with the addresses of what it speaks of: one document, or each cell of a notebook. */
export interface Seen extends Located {
  readonly analysis: Analysis;
}

interface Located {
  readonly analysis: Pick<Analysis, 'lines'>;
  readonly uris: readonly vscode.Uri[];
}

const severities: Record<Severity, vscode.DiagnosticSeverity> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

export const source = 'rate-limit-guide';

export function toLocation(span: Span, { analysis, uris }: Located): vscode.Location {
  const { start, end } = analysis.lines.range(span);
  const range = new vscode.Range(start.line, start.column, end.line, end.column);
  return new vscode.Location(uris[start.cell ?? 0]!, range);
}

/** The span of a range in the document at `uri`. */
export function toSpan(range: vscode.Range, uri: vscode.Uri, { analysis, uris }: Seen): Span {
  const cell = uris.findIndex((one) => one.toString() === uri.toString());
  const offset = ({ line, character }: vscode.Position) => analysis.lines.offset({ cell, line, column: character });
  return { start: offset(range.start), end: offset(range.end) };
}

export function toDiagnostic(finding: Finding, seen: Seen): vscode.Diagnostic {
  const { uri, range } = toLocation(finding.at, seen);
  const diagnostic = new vscode.Diagnostic(range, tell(finding.message), severities[finding.severity]);
  diagnostic.source = source;
  // An ignore comment that hides nothing stands on no verdict, and has no page.
  const page = finding.verdict && pageUri(finding.rule, uri.toString(), finding.at.start);
  diagnostic.code = page ? { value: finding.rule, target: page } : finding.rule;
  diagnostic.relatedInformation = finding.related.map(
    ({ at, message }) => new vscode.DiagnosticRelatedInformation(toLocation(at, seen), tell(message)),
  );
  return diagnostic;
}

/** A fix, or as much of one, as one change, which one undo takes back. `metadata` has it looked through first. */
export function toWorkspaceEdit(
  { edits, creates = [] }: Pick<Fix, 'edits' | 'creates'>,
  located: Located,
  metadata?: vscode.WorkspaceEditEntryMetadata,
): vscode.WorkspaceEdit {
  const change = new vscode.WorkspaceEdit();
  for (const { path, text } of creates)
    change.createFile(vscode.Uri.parse(path, true), { contents: new TextEncoder().encode(text) }, metadata);
  const [first] = edits;
  // Tab stops belong to the editor at hand: there are none in other files, and none across cells.
  if (first && creates.length === 0 && located.uris.length === 1 && edits.some(({ stops }) => stops?.length)) {
    change.set(located.uris[0]!, snippets(edits, located));
    return change;
  }
  addEdits(change, edits, located, metadata);
  return change;
}

export function addEdits(
  change: vscode.WorkspaceEdit,
  edits: readonly Edit[],
  located: Located,
  metadata?: vscode.WorkspaceEditEntryMetadata,
): void {
  for (const { span, text } of edits) {
    const { uri, range } = toLocation(span, located);
    change.replace(uri, range, text, metadata);
  }
}

function snippets(edits: readonly Edit[], located: Located): (vscode.TextEdit | vscode.SnippetTextEdit)[] {
  return edits.map(({ span, text, stops = [] }) => {
    const { range } = toLocation(span, located);
    if (stops.length === 0) return vscode.TextEdit.replace(range, text);
    const edit = vscode.SnippetTextEdit.replace(range, snippetOf(text, stops));
    edit.keepWhitespace = true;
    return edit;
  });
}

function snippetOf(text: string, stops: readonly Span[]): vscode.SnippetString {
  const snippet = new vscode.SnippetString();
  let at = 0;
  for (const { start, end } of stops) {
    snippet.appendText(text.slice(at, start)).appendPlaceholder(text.slice(start, end));
    at = end;
  }
  return snippet.appendText(text.slice(at));
}
