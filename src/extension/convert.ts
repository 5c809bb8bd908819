/** Where core types meet VS Code's: the only place that turns one into the other. */
import * as vscode from 'vscode';
import type { Edit } from '../core/edit.ts';
import type { Finding } from '../core/rule.ts';
import type { Severity } from '../core/settings.ts';
import type { LineMap, Span } from '../core/span.ts';
import type { Analysis } from '../session/session.ts';
import { guideAddress } from './guidePages.ts';

const severities: Record<Severity, vscode.DiagnosticSeverity> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

export const source = 'rate-limit-guide';

export function toRange(span: Span, lines: LineMap): vscode.Range {
  const { start, end } = lines.range(span);
  return new vscode.Range(start.line, start.column, end.line, end.column);
}

export function toSpan(range: vscode.Range, lines: LineMap): Span {
  const offset = ({ line, character }: vscode.Position) => lines.offset({ line, column: character });
  return { start: offset(range.start), end: offset(range.end) };
}

export function toDiagnostic(finding: Finding, { lines }: Analysis, uri: vscode.Uri): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(toRange(finding.at, lines), finding.message, severities[finding.severity]);
  diagnostic.source = source;
  diagnostic.code = { value: finding.rule, target: guideAddress(uri, finding) };
  diagnostic.relatedInformation = finding.related.map(
    ({ at, message }) => new vscode.DiagnosticRelatedInformation(new vscode.Location(uri, toRange(at, lines)), message),
  );
  return diagnostic;
}

/** The edits as one change to a document, which one undo takes back. */
export function toWorkspaceEdit(edits: readonly Edit[], lines: LineMap, uri: vscode.Uri): vscode.WorkspaceEdit {
  const change = new vscode.WorkspaceEdit();
  change.set(
    uri,
    edits.map(({ span, text }) => vscode.TextEdit.replace(toRange(span, lines), text)),
  );
  return change;
}
