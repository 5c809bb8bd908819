/** Where core types meet VS Code's: the only place that turns one into the other. */
import * as vscode from 'vscode';
import type { Edit } from '../core/edit.ts';
import type { Finding } from '../core/rule.ts';
import type { Severity } from '../core/settings.ts';
import type { Span } from '../core/span.ts';
import type { Analysis } from '../session/session.ts';
import { pageUri } from './guidePages.ts';

/** An analysis with the addresses of what it speaks of: one document, or each cell of a notebook. */
export interface Seen {
  readonly analysis: Analysis;
  readonly uris: readonly vscode.Uri[];
}

const severities: Record<Severity, vscode.DiagnosticSeverity> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

export const source = 'rate-limit-guide';

export function toLocation(span: Span, { analysis, uris }: Seen): vscode.Location {
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
  const diagnostic = new vscode.Diagnostic(range, finding.message, severities[finding.severity]);
  diagnostic.source = source;
  // An ignore comment that hides nothing stands on no verdict, and has no page.
  const page = finding.verdict && pageUri(finding.rule, uri.toString(), finding.at.start);
  diagnostic.code = page ? { value: finding.rule, target: page } : finding.rule;
  diagnostic.relatedInformation = finding.related.map(
    ({ at, message }) => new vscode.DiagnosticRelatedInformation(toLocation(at, seen), message),
  );
  return diagnostic;
}

/** The edits as one change, which one undo takes back. */
export function toWorkspaceEdit(edits: readonly Edit[], seen: Seen): vscode.WorkspaceEdit {
  const change = new vscode.WorkspaceEdit();
  for (const { span, text } of edits) {
    const { uri, range } = toLocation(span, seen);
    change.replace(uri, range, text);
  }
  return change;
}
