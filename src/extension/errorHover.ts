/** The hover over a rate-limit error’s text, in whatever file it was pasted or logged. */
import * as vscode from 'vscode';
import { errorAt, type FoundError } from '../guide/error-text.ts';
import { errorHover } from '../render/error-words.ts';
import { explainErrorCommand } from './explainError.ts';
import { tell } from './language.ts';
import { selector } from './subject.ts';

/** A record is shorter, and so is what a hover waits for. */
const linesAround = 80;
const mostCharacters = 50_000;

export function errorHovers(): vscode.Disposable {
  return vscode.languages.registerHoverProvider(
    { pattern: '**' },
    {
      provideHover(document, position) {
        const isCode = vscode.languages.match(selector, document) > 0;
        const stretch = isCode ? document.lineAt(position).range : around(document, position);
        const text = document.getText(stretch);
        if (text.length > mostCharacters) return undefined;
        const start = document.offsetAt(stretch.start);
        const found = errorAt(text, document.offsetAt(position) - start);
        // In code a sentence such as `Too many requests` may be anybody’s.
        if (!found || (isCode && found.error.kind === 'rate-limit')) return undefined;
        const range = new vscode.Range(
          document.positionAt(start + found.at.start),
          document.positionAt(start + found.at.end),
        );
        return new vscode.Hover(markdown(found, text), range);
      },
    },
  );
}

function around(document: vscode.TextDocument, { line }: vscode.Position): vscode.Range {
  const last = Math.min(document.lineCount - 1, line + linesAround);
  return new vscode.Range(Math.max(0, line - linesAround), 0, last, document.lineAt(last).text.length);
}

function markdown({ at, error }: FoundError, text: string): vscode.MarkdownString {
  const address = `command:${explainErrorCommand}?${encodeURIComponent(JSON.stringify([text.slice(at.start, at.end)]))}`;
  const made = new vscode.MarkdownString(tell(errorHover(error, address)));
  made.isTrusted = { enabledCommands: [explainErrorCommand] };
  return made;
}
