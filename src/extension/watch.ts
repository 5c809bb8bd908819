/** Keeps an analysis of every open document and notebook of ours: at once when it opens, a moment after the last keystroke, or on saving. */
import * as vscode from 'vscode';
import { isManifest } from '../session/selection.ts';
import type { Analysis, Session } from '../session/session.ts';
import type { Seen } from './convert.ts';
import type { SettingsReader } from './settings.ts';
import { cellOf, notebookKey, type Subject, subjectOf } from './subject.ts';

const pause = 250;
const mostRuns = 20;
/** VS Code's own extensions leave larger files alone as well. */
const mostCharacters = 5_000_000;

export interface Watched extends vscode.Disposable {
  /** Fires after each analysis; `seen` is absent when the document or notebook is no longer looked at. */
  readonly onDidAnalyze: vscode.Event<Fired>;
  /** The newest analysis, which may be of an older text while the user types. A cell's is that of its notebook. */
  latest(document: vscode.TextDocument): Analysis | undefined;
  /** The analysis of the text as it is now. */
  current(document: vscode.TextDocument): Promise<Seen | undefined>;
  /** A file has changed on disk: the open documents that depend on it are looked at again. */
  changed(uri: vscode.Uri): void;
  /** Forgets everything and looks at all open documents again. */
  restart(): void;
}

interface Fired {
  /** What was analysed, by a name of its own. */
  readonly key: string;
  readonly seen: Seen | undefined;
}

export function watchDocuments(session: Session, settings: SettingsReader, log: vscode.LogOutputChannel): Watched {
  const analyses = new Map<string, Analysis>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const fired = new vscode.EventEmitter<Fired>();

  const run = async (document: vscode.TextDocument): Promise<Seen | undefined> => {
    const before = subjectOf(document);
    if (!before) return undefined;
    const { key } = before;
    clearTimeout(timers.get(key));
    timers.delete(key);
    const { settings: own, looksAt } = await settings.of(before.uri);
    const subject = subjectOf(document);
    if (!subject) return undefined;
    const { text, uris, language } = subject;
    if (!looksAt || text.length > mostCharacters) {
      if (looksAt) log.info(`${key} is not looked at: it has more than ${mostCharacters} characters.`);
      return forget(key);
    }
    const began = performance.now();
    session.update(key, text, language);
    const analysis = await session.analyze(key, own);
    if (!analysis || document.isClosed) return undefined;
    const seen = { analysis, uris };
    for (const { message } of analysis.problems) log.warn(`${key}: ${message}`);
    log.debug(`${key}: ${analysis.findings.length} findings in ${(performance.now() - began).toFixed(1)} ms`);
    const textChanged = analyses.get(key)?.text !== analysis.text;
    analyses.set(key, analysis);
    fired.fire({ key, seen });
    if (textChanged) dependentsLater(key);
    return seen;
  };
  /** A document in which this one has a say may read otherwise now. */
  const dependentsLater = (key: string): void => {
    for (const [own, document] of open()) if (own !== key && analyses.get(own)?.files.has(key)) later(document);
  };
  const guarded = (document: vscode.TextDocument): Promise<Seen | undefined> =>
    run(document).catch((error: unknown) => {
      log.error(error instanceof Error ? error : String(error), document.uri.toString());
      return undefined;
    });
  const forget = (key: string): undefined => {
    clearTimeout(timers.get(key));
    timers.delete(key);
    session.close(key);
    if (analyses.delete(key)) fired.fire({ key, seen: undefined });
  };
  const later = (document: vscode.TextDocument) => {
    const key = subjectOf(document)?.key;
    if (key === undefined) return;
    clearTimeout(timers.get(key));
    timers.set(
      key,
      setTimeout(() => void guarded(document), pause),
    );
  };
  const restart = () => {
    session.refresh();
    for (const document of open().values()) void guarded(document);
  };
  /** Cells were added, moved or taken away, or are in another language now. */
  const rearranged = (notebook: vscode.NotebookDocument) => {
    const cell = cellOf(notebook);
    if (cell) later(cell);
    else forget(notebookKey(notebook));
  };

  const subscriptions = [
    fired,
    vscode.workspace.onDidOpenTextDocument((document) => {
      const subject = subjectOf(document);
      // All cells of a notebook open at once: one analysis serves them.
      if (subject && isAlone(subject)) void guarded(document);
      else if (subject) later(document);
    }),
    vscode.workspace.onDidCloseTextDocument((document) => forget(document.uri.toString())),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const subject = contentChanges.length > 0 ? subjectOf(document) : undefined;
      if (subject && settings.run(subject.uri) === 'onType') later(document);
    }),
    vscode.workspace.onDidSaveTextDocument((document) => {
      if (subjectOf(document)) void guarded(document);
      else if (isManifest(document.uri.path)) restart();
    }),
    vscode.workspace.onDidChangeNotebookDocument(({ notebook, contentChanges }) => {
      if (contentChanges.length > 0) rearranged(notebook);
    }),
    vscode.workspace.onDidOpenNotebookDocument(rearranged),
    vscode.workspace.onDidSaveNotebookDocument(rearranged),
    vscode.workspace.onDidCloseNotebookDocument((notebook) => forget(notebookKey(notebook))),
    settings.onDidChange(restart),
  ];

  return {
    onDidAnalyze: fired.event,
    latest(document) {
      const subject = subjectOf(document);
      return subject && analyses.get(subject.key);
    },
    async current(document) {
      // A run that a newer one has overtaken gives nothing: then the newer one is asked.
      for (let run = 0; run < mostRuns; run++) {
        const subject = subjectOf(document);
        if (!subject || !(await settings.of(subject.uri)).looksAt) return undefined;
        const known = analyses.get(subject.key);
        if (known?.text === subject.text) return { analysis: known, uris: subject.uris };
        const seen = await guarded(document);
        if (seen) return seen;
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
      return undefined;
    },
    changed(uri) {
      const key = uri.toString();
      // An open document's own text counts, and its edits have been seen.
      if (vscode.workspace.textDocuments.some((document) => document.uri.toString() === key)) return;
      session.changed(key);
      dependentsLater(key);
    },
    restart,
    dispose() {
      for (const timer of timers.values()) clearTimeout(timer);
      for (const one of subscriptions) one.dispose();
    },
  };
}

/** What is open and ours, each by one document. */
function open(): ReadonlyMap<string, vscode.TextDocument> {
  const found = new Map<string, vscode.TextDocument>();
  for (const document of vscode.workspace.textDocuments) {
    const subject = subjectOf(document);
    if (subject && !found.has(subject.key)) found.set(subject.key, document);
  }
  return found;
}

/** A document, not a cell among others. */
function isAlone({ uri, uris }: Subject): boolean {
  return uris[0]?.toString() === uri.toString();
}
