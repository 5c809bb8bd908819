/** What is analysed as one: a document, or all code cells of a notebook together. */
import * as vscode from 'vscode';
import { grammarOf, isNotebookPath } from '../languages/syntax.ts';
import { joinCells } from '../session/cells.ts';

/** Documents that can be edited; never `git:` or the sides of a comparison. */
const schemes = ['file', 'untitled', 'vscode-vfs', 'vscode-remote', 'vscode-userdata', 'memfs', 'vscode-test-web'];
const cellScheme = 'vscode-notebook-cell';
export const languageIds = ['python', 'typescript', 'typescriptreact', 'javascript', 'javascriptreact'];

export const selector: vscode.DocumentSelector = [...schemes, cellScheme].flatMap((scheme) =>
  languageIds.map((language) => ({ scheme, language })),
);

export interface Subject {
  /** By this name the session knows it. */
  readonly key: string;
  /** The document's address, or that of the notebook. */
  readonly uri: vscode.Uri;
  /** The document's address alone, or that of each cell. */
  readonly uris: readonly vscode.Uri[];
  readonly language: string;
  /** As it is when asked for. */
  readonly text: string;
}

/** The subject that a document is, or is a cell of; undefined where it is none of ours. */
export function subjectOf(document: vscode.TextDocument): Subject | undefined {
  if (document.isClosed || vscode.languages.match(selector, document) === 0) return undefined;
  const { uri, languageId: language } = document;
  if (uri.scheme !== cellScheme) {
    return {
      key: uri.toString(),
      uri,
      uris: [uri],
      language,
      get text() {
        return document.getText();
      },
    };
  }
  const notebook = vscode.workspace.notebookDocuments.find((one) => cellsOf(one).includes(document));
  return notebook && schemes.includes(notebook.uri.scheme) ? notebookSubject(notebook) : undefined;
}

/** A cell that stands for its notebook; undefined where the notebook has no code of ours. */
export function cellOf(notebook: vscode.NotebookDocument): vscode.TextDocument | undefined {
  return cellsOf(notebook).find(({ languageId }) => languageIds.includes(languageId));
}

export function notebookKey({ uri }: vscode.NotebookDocument): string {
  const address = uri.toString();
  return isNotebookPath(address) ? address : `${address}?.ipynb`;
}

function notebookSubject(notebook: vscode.NotebookDocument): Subject | undefined {
  const language = cellOf(notebook)?.languageId;
  if (language === undefined) return undefined;
  const isCode = ({ kind, document }: vscode.NotebookCell) =>
    kind === vscode.NotebookCellKind.Code && grammarOf('', document.languageId) === grammarOf('', language);
  const cells = notebook.getCells();
  return {
    key: notebookKey(notebook),
    uri: notebook.uri,
    uris: cells.map(({ document }) => document.uri),
    language,
    get text() {
      return joinCells(cells.map((cell) => (isCode(cell) ? cell.document.getText() : '')));
    },
  };
}

function cellsOf(notebook: vscode.NotebookDocument): readonly vscode.TextDocument[] {
  return notebook.getCells().map(({ document }) => document);
}
