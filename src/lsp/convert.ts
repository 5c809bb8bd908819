/** Where core types meet the protocol's: the only place that turns one into the other. */
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  type Diagnostic,
  DiagnosticSeverity,
  type Range,
  TextDocumentEdit,
  TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Fix } from '../core/edit.ts';
import type { Finding } from '../core/rule.ts';
import type { Severity } from '../core/settings.ts';
import type { Span } from '../core/span.ts';
import { inEnglish } from '../core/words.ts';
import type { Analysis } from '../session/session.ts';

/** An analysis of a document as it is. */
export interface Seen {
  readonly document: TextDocument;
  readonly analysis: Analysis;
}

/** What the client can do with an edit. */
export interface EditSkills {
  /** Edits that name the version of the document that they are for. */
  readonly versions: boolean;
  readonly newFiles: boolean;
}

const severities: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const source = 'rate-limit-guide';

/** The path of a file, with `/`; for a document of another scheme its address. */
export function pathOf(uri: string): string {
  if (!uri.startsWith('file:')) return uri;
  try {
    return fileURLToPath(uri).replaceAll('\\', '/');
  } catch {
    // An address of another machine.
    return uri;
  }
}

export function uriOf(path: string): string {
  return /^(?:\/|[a-z]:\/)/i.test(path) ? pathToFileURL(path).href : path;
}

export function toRange(span: Span, { lines }: Pick<Analysis, 'lines'>): Range {
  const { start, end } = lines.range(span);
  return {
    start: { line: start.line, character: start.column },
    end: { line: end.line, character: end.column },
  };
}

export function toSpan({ start, end }: Range, { lines }: Pick<Analysis, 'lines'>): Span {
  return {
    start: lines.offset({ line: start.line, column: start.character }),
    end: lines.offset({ line: end.line, column: end.character }),
  };
}

export function toDiagnostic(finding: Finding, { document: { uri }, analysis }: Seen): Diagnostic {
  return {
    range: toRange(finding.at, analysis),
    severity: severities[finding.severity],
    code: finding.rule,
    source,
    message: inEnglish(finding.message),
    relatedInformation: finding.related.map(({ at, message }) => ({
      location: { uri, range: toRange(at, analysis) },
      message: inEnglish(message),
    })),
  };
}

/** A fix as one change; undefined where it makes files and the client can't. */
export function toWorkspaceEdit(
  { edits, creates = [] }: Pick<Fix, 'edits' | 'creates'>,
  { document: { uri, version }, analysis }: Seen,
  skills: EditSkills,
): WorkspaceEdit | undefined {
  const changed = edits.map(({ span, text }) => TextEdit.replace(toRange(span, analysis), text));
  if (creates.length > 0 && !skills.newFiles) return undefined;
  if (!skills.versions) return { changes: { [uri]: changed } };
  const made = creates.flatMap(({ path, text }) => {
    const file = uriOf(path);
    return [
      { kind: 'create' as const, uri: file },
      TextDocumentEdit.create({ uri: file, version: null }, [TextEdit.insert({ line: 0, character: 0 }, text)]),
    ];
  });
  return { documentChanges: [...made, TextDocumentEdit.create({ uri, version }, changed)] };
}
