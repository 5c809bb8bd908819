/** Keeps an analysis of every open document of ours: at once when it opens, a moment after the last keystroke, or on saving. */
import * as vscode from 'vscode';
import type { Analysis, Session } from '../session/session.ts';
import type { SettingsReader } from './settings.ts';

/** Documents that can be edited, and cells of notebooks; never `git:` or the sides of a comparison. */
const schemes = [
  'file',
  'untitled',
  'vscode-notebook-cell',
  'vscode-vfs',
  'vscode-remote',
  'vscode-userdata',
  'memfs',
  'vscode-test-web',
];
const languageIds = ['python', 'typescript', 'typescriptreact', 'javascript', 'javascriptreact'];
export const selector: vscode.DocumentSelector = schemes.flatMap((scheme) =>
  languageIds.map((language) => ({ scheme, language })),
);

const pause = 250;
/** VS Code's own extensions leave larger files alone as well. */
const mostCharacters = 5_000_000;

export interface Watched extends vscode.Disposable {
  /** Fires after each analysis; `analysis` is absent when the document is no longer looked at. */
  readonly onDidAnalyze: vscode.Event<{
    readonly document: vscode.TextDocument;
    readonly analysis: Analysis | undefined;
  }>;
  /** The newest analysis, which may be of an older text while the user types. */
  latest(uri: vscode.Uri): Analysis | undefined;
  /** The analysis of the document's text as it is now. */
  current(document: vscode.TextDocument): Promise<Analysis | undefined>;
  /** Analyses a text that is not (yet) the document's. */
  probe(document: vscode.TextDocument, text: string): Promise<Analysis | undefined>;
  /** A file has changed on disk: the open documents that depend on it are looked at again. */
  changed(uri: vscode.Uri): void;
  /** Forgets everything and looks at all open documents again. */
  restart(): void;
}

export function watchDocuments(session: Session, settings: SettingsReader, log: vscode.LogOutputChannel): Watched {
  const analyses = new Map<string, Analysis>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const fired = new vscode.EventEmitter<{ document: vscode.TextDocument; analysis: Analysis | undefined }>();
  let probes = 0;

  const run = async (document: vscode.TextDocument): Promise<Analysis | undefined> => {
    const key = document.uri.toString();
    clearTimeout(timers.get(key));
    timers.delete(key);
    const { settings: own, looksAt } = await settings.of(document.uri);
    if (document.isClosed) return undefined;
    const text = document.getText();
    if (!looksAt || text.length > mostCharacters) {
      if (looksAt) log.info(`${key} is not looked at: it has more than ${mostCharacters} characters.`);
      return forget(document);
    }
    const began = performance.now();
    session.update(key, text, document.languageId);
    const analysis = await session.analyze(key, own);
    if (!analysis || document.isClosed) return undefined;
    for (const { message } of analysis.problems) log.warn(`${key}: ${message}`);
    log.debug(`${key}: ${analysis.findings.length} findings in ${(performance.now() - began).toFixed(1)} ms`);
    const textChanged = analyses.get(key)?.text !== analysis.text;
    analyses.set(key, analysis);
    fired.fire({ document, analysis });
    if (textChanged) dependentsLater(key);
    return analysis;
  };
  /** A document in which this one has a say may read otherwise now. */
  const dependentsLater = (key: string): void => {
    for (const document of vscode.workspace.textDocuments) {
      const own = document.uri.toString();
      if (own !== key && analyses.get(own)?.files.has(key)) later(document);
    }
  };
  const guarded = (document: vscode.TextDocument): Promise<Analysis | undefined> =>
    run(document).catch((error: unknown) => {
      log.error(error instanceof Error ? error : String(error), document.uri.toString());
      return undefined;
    });
  const forget = (document: vscode.TextDocument): undefined => {
    const key = document.uri.toString();
    clearTimeout(timers.get(key));
    timers.delete(key);
    session.close(key);
    if (analyses.delete(key)) fired.fire({ document, analysis: undefined });
  };
  const isOurs = (document: vscode.TextDocument) => vscode.languages.match(selector, document) > 0;
  const later = (document: vscode.TextDocument) => {
    const key = document.uri.toString();
    clearTimeout(timers.get(key));
    timers.set(
      key,
      setTimeout(() => void guarded(document), pause),
    );
  };
  const restart = () => {
    session.refresh();
    for (const document of vscode.workspace.textDocuments) if (isOurs(document)) void guarded(document);
  };

  const subscriptions = [
    fired,
    vscode.workspace.onDidOpenTextDocument((document) => isOurs(document) && void guarded(document)),
    vscode.workspace.onDidCloseTextDocument((document) => isOurs(document) && forget(document)),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0 && isOurs(document) && settings.run(document.uri) === 'onType') later(document);
    }),
    vscode.workspace.onDidSaveTextDocument((document) => {
      if (isOurs(document)) void guarded(document);
      else if (isManifest(document.uri)) restart();
    }),
    settings.onDidChange(restart),
  ];

  return {
    onDidAnalyze: fired.event,
    latest: (uri) => analyses.get(uri.toString()),
    async current(document) {
      const known = analyses.get(document.uri.toString());
      if (known && known.text === document.getText()) return known;
      return isOurs(document) ? guarded(document) : undefined;
    },
    async probe(document, text) {
      // A name of its own beside the document, so that the document's analysis goes on undisturbed.
      const key = `${document.uri.toString()}?probe=${probes++}`;
      session.update(key, text, document.languageId);
      try {
        return await session.analyze(key, (await settings.of(document.uri)).settings);
      } finally {
        session.close(key);
      }
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

/** Files that say which version of an SDK is in force. */
function isManifest({ path }: vscode.Uri): boolean {
  return /\/(package(-lock)?\.json|requirements[^/]*\.txt|pyproject\.toml|uv\.lock|poetry\.lock|Pipfile(\.lock)?|yarn\.lock|pnpm-lock\.yaml)$/.test(
    path,
  );
}
