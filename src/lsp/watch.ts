/** Keeps an analysis of every open document: at once when it opens, a moment after the last keystroke, or on saving. */

import type { TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { grammarOf } from '../languages/syntax.ts';
import type { Analysis, Session } from '../session/session.ts';
import { pathOf, type Seen } from './convert.ts';
import type { SettingsReader } from './settings.ts';

const pause = 250;

export interface Watched {
  /** The analysis of the text as it is now; undefined where the document is not looked at. */
  current(uri: string): Promise<Seen | undefined>;
  /** A file has changed on disk: the open documents that depend on it are looked at again. */
  changed(path: string): void;
  /** Looks at all open documents again, with manifests read anew. */
  restart(): void;
  dispose(): void;
}

export interface WatchOptions {
  readonly session: Session;
  readonly settings: SettingsReader;
  readonly documents: TextDocuments<TextDocument>;
  /** Takes each analysis; undefined when the document is no longer looked at. */
  show(uri: string, seen: Seen | undefined): void;
  log(message: string): void;
}

export function watchDocuments({ session, settings, documents, show, log }: WatchOptions): Watched {
  const analyses = new Map<string, Analysis>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();

  const run = async (uri: string): Promise<Seen | undefined> => {
    clearTimeout(timers.get(uri));
    timers.delete(uri);
    const path = pathOf(uri);
    const { settings: own, looksAt } = await settings.of(uri, path);
    const document = documents.get(uri);
    if (!document) return undefined;
    if (!looksAt) {
      forget(uri);
      show(uri, undefined);
      return undefined;
    }
    session.update(path, document.getText(), document.languageId);
    const analysis = await session.analyze(path, own);
    if (!analysis || !documents.get(uri)) return undefined;
    for (const { message } of analysis.problems) log(`${path}: ${message}`);
    const textChanged = analyses.get(uri)?.text !== analysis.text;
    analyses.set(uri, analysis);
    const seen = { document, analysis };
    show(uri, seen);
    if (textChanged) dependentsLater(path);
    return seen;
  };
  /** A document in which this file has a say may read otherwise now. */
  const dependentsLater = (path: string): void => {
    for (const { uri } of documents.all())
      if (pathOf(uri) !== path && analyses.get(uri)?.files.has(path)) later(uri, pause);
  };
  const guarded = (uri: string): Promise<Seen | undefined> =>
    run(uri).catch((error: unknown) => {
      log(`${uri}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      return undefined;
    });
  const later = (uri: string, wait: number): void => {
    clearTimeout(timers.get(uri));
    timers.set(
      uri,
      setTimeout(() => void guarded(uri), wait),
    );
  };
  const forget = (uri: string): void => {
    clearTimeout(timers.get(uri));
    timers.delete(uri);
    session.close(pathOf(uri));
    analyses.delete(uri);
  };
  const isOurs = ({ uri, languageId }: TextDocument) => grammarOf(pathOf(uri), languageId) !== undefined;

  documents.onDidChangeContent(async ({ document }) => {
    const { uri, version } = document;
    if (!isOurs(document)) return;
    const { run: when } = await settings.of(uri, pathOf(uri));
    if (!documents.get(uri)) return;
    if (!analyses.has(uri)) later(uri, 0);
    else if (when === 'onType' && documents.get(uri)?.version === version) later(uri, pause);
  });
  documents.onDidSave(({ document }) => isOurs(document) && later(document.uri, 0));
  documents.onDidClose(({ document: { uri } }) => {
    forget(uri);
    show(uri, undefined);
  });

  return {
    async current(uri) {
      const document = documents.get(uri);
      if (!document || !isOurs(document)) return undefined;
      const analysis = analyses.get(uri);
      return analysis?.text === document.getText() ? { document, analysis } : guarded(uri);
    },
    changed(path) {
      if (documents.all().some(({ uri }) => pathOf(uri) === path)) return;
      session.changed(path);
      dependentsLater(path);
    },
    restart() {
      session.refresh();
      for (const document of documents.all()) if (isOurs(document)) void guarded(document.uri);
    },
    dispose() {
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}
