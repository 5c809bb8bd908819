/** The guide panel: the page beside the code, for a rule and the very call that it was opened from. */
import * as vscode from 'vscode';
import { type FromPage, type Origin, type OriginError, originIn, type ToPage } from '../panel/protocol.ts';
import { rules } from '../rules/all.ts';
import { offsetAfter } from '../session/find-again.ts';
import { type Seen, toLocation } from './convert.ts';
import { findingOf, originAtCursor, type Sources, stateOf } from './guideState.ts';
import { measureCommand } from './limits/measure.ts';

const viewType = 'rateLimitGuide.guide';

interface Guide {
  readonly panel: vscode.WebviewPanel;
  show(origin: Origin): Promise<void>;
}

export function guidePanel(sources: Sources, extension: vscode.Uri): vscode.Disposable {
  const { watched, notes, limits } = sources;
  const media = vscode.Uri.joinPath(extension, 'media');
  const dist = vscode.Uri.joinPath(extension, 'dist');
  const options = { enableScripts: true, localResourceRoots: [media, dist] };
  let open: Guide | undefined;

  const start = (panel: vscode.WebviewPanel, first: Origin): void => {
    let origin = first;
    /** The text that the call's offset belongs to. */
    let text: string | undefined;
    const show = async (wanted: Origin) => {
      if (wanted.call?.document !== origin.call?.document) text = undefined;
      origin = wanted;
      const state = await stateOf(sources, wanted);
      // Whoever wanted something else in the meantime shows that.
      if (origin !== wanted) return;
      origin = state.origin;
      panel.title = vscode.l10n.t('Guide: {0}', state.rule);
      const message: ToPage = { k: 'state', state };
      await panel.webview.postMessage(message);
    };
    const follow = ({ analysis, uris }: Seen): void => {
      const { call } = origin;
      if (!call || !uris.some((uri) => uri.toString() === call.document)) return;
      // The call moves with the lines above it.
      const offset = text === undefined ? call.offset : offsetAfter(call.offset, text, analysis.text);
      text = analysis.text;
      void show({ ...origin, call: { ...call, offset } });
    };
    const guide: Guide = { panel, show };
    // One that was restored and a new one never stand side by side.
    open?.panel.dispose();
    open = guide;
    const watching = vscode.Disposable.from(
      watched.onDidAnalyze(({ seen }) => seen && follow(seen)),
      notes.onDidChange(() => void show({ ...origin })),
      limits.onDidChange(() => void show({ ...origin })),
    );
    panel.onDidDispose(() => {
      watching.dispose();
      if (open === guide) open = undefined;
    });
    panel.webview.onDidReceiveMessage(async (message: FromPage) => {
      if (message.k === 'ready') return show(origin);
      if (message.k === 'rule') return show({ ...origin, rule: message.rule });
      if (message.k === 'measure') return vscode.commands.executeCommand(measureCommand);
      if (message.k === 'revealError') return revealError(origin.error, panel);
      const found = origin.call && (await findingOf(watched, origin.call));
      if (!origin.call || !found) return show({ ...origin });
      const location = toLocation(found.finding.at, found.seen);
      await reveal(location, panel, message.k === 'apply' ? 'page' : 'code');
      if (message.k !== 'apply') return;
      const { document, rule } = origin.call;
      const { start: offset } = found.finding.at;
      await vscode.commands.executeCommand('rateLimitGuide.applyFix', document, rule, offset, message.repair);
    });
    panel.webview.options = options;
    panel.webview.html = html(panel.webview, media, dist);
  };

  return vscode.Disposable.from(
    vscode.commands.registerCommand(
      'rateLimitGuide.openGuide',
      async (document?: vscode.Uri | string, rule?: string, offset?: number, error?: OriginError) => {
        const named = rule === undefined ? undefined : { ...originOf(rule, document, offset), ...(error && { error }) };
        const origin = named ?? (await originAtCursor(watched)) ?? { rule: rules[0]!.id };
        if (open) {
          open.panel.reveal();
          return open.show(origin);
        }
        start(vscode.window.createWebviewPanel(viewType, 'Guide', vscode.ViewColumn.Beside, options), origin);
      },
    ),
    vscode.window.registerWebviewPanelSerializer(viewType, {
      async deserializeWebviewPanel(panel, kept: unknown) {
        start(panel, originIn(kept) ?? { rule: rules[0]!.id });
      },
    }),
  );
}

function originOf(rule: string, document: vscode.Uri | string | undefined, offset: number | undefined): Origin {
  if (document === undefined || offset === undefined) return { rule };
  return { rule, call: { document: document.toString(), rule, offset } };
}

/** Shows the call beside the guide, never over it. */
async function reveal(
  { uri, range }: vscode.Location,
  panel: vscode.WebviewPanel,
  focus: 'page' | 'code',
): Promise<void> {
  const shown = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());
  const beside = panel.viewColumn === vscode.ViewColumn.One ? vscode.ViewColumn.Two : vscode.ViewColumn.One;
  const viewColumn = shown?.viewColumn ?? beside;
  const preserveFocus = focus === 'page';
  const notebook = vscode.workspace.notebookDocuments.find((one) =>
    one.getCells().some(({ document }) => document.uri.toString() === uri.toString()),
  );
  if (!notebook) {
    await vscode.window.showTextDocument(uri, { selection: range, viewColumn, preserveFocus });
    return;
  }
  const cell = notebook.getCells().find(({ document }) => document.uri.toString() === uri.toString())!;
  const selections = [new vscode.NotebookRange(cell.index, cell.index + 1)];
  await vscode.window.showNotebookDocument(notebook, { viewColumn: beside, preserveFocus, selections });
}

async function revealError(error: OriginError | undefined, panel: vscode.WebviewPanel): Promise<void> {
  if (!error?.raisedAt) return;
  const { document, line } = error.raisedAt;
  const start = new vscode.Position(line - 1, 0);
  await reveal(new vscode.Location(vscode.Uri.parse(document), start), panel, 'code');
}

/** Nothing is loaded but our own script and style, and nothing is asked for outside. */
function html(webview: vscode.Webview, media: vscode.Uri, dist: vscode.Uri): string {
  const nonce = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16)).join('');
  const address = (folder: vscode.Uri, name: string) => webview.asWebviewUri(vscode.Uri.joinPath(folder, name));
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
  return `<!doctype html>
<html lang="${vscode.env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Rate Limit Guide</title>
<link rel="stylesheet" href="${address(media, 'panel.css')}">
</head>
<body>
<div id="guide"></div>
<script nonce="${nonce}" src="${address(dist, 'panel.js')}"></script>
</body>
</html>`;
}
