/** The guide panel: the page beside the code, for a rule and the very call that it was opened from. */
import * as vscode from 'vscode';
import type { FromPage, Origin, ToPage } from '../panel/protocol.ts';
import { rules } from '../rules/all.ts';
import { toLocation } from './convert.ts';
import { findingOf, originAtCursor, stateOf } from './guideState.ts';
import type { SettingsReader } from './settings.ts';
import type { Watched } from './watch.ts';

const viewType = 'rateLimitGuide.guide';

export function guidePanel(watched: Watched, settings: SettingsReader, extension: vscode.Uri): vscode.Disposable {
  const media = vscode.Uri.joinPath(extension, 'media');
  const dist = vscode.Uri.joinPath(extension, 'dist');
  const options = { enableScripts: true, localResourceRoots: [media, dist] };
  let open: { readonly panel: vscode.WebviewPanel; readonly refresh: () => Promise<void>; origin: Origin } | undefined;

  const show = (panel: vscode.WebviewPanel, origin: Origin) => {
    const refresh = async () => {
      const state = await stateOf(watched, settings, shown.origin);
      if (open !== shown) return;
      panel.title = `Guide: ${shown.origin.rule}`;
      const message: ToPage = { k: 'state', state };
      await panel.webview.postMessage(message);
    };
    const shown = { panel, refresh, origin };
    open = shown;
    const watching = watched.onDidAnalyze(({ seen }) => {
      if (seen?.uris.some((uri) => uri.toString() === shown.origin.document)) void refresh();
    });
    panel.webview.options = options;
    panel.onDidDispose(() => {
      watching.dispose();
      if (open === shown) open = undefined;
    });
    panel.webview.onDidReceiveMessage((message: FromPage) => {
      if (message.k === 'rule') shown.origin = { ...shown.origin, rule: message.rule };
      if (message.k === 'ready' || message.k === 'rule') return refresh();
      const { document, rule, offset } = shown.origin;
      if (message.k === 'reveal') return reveal(watched, shown.origin);
      return vscode.commands.executeCommand('rateLimitGuide.applyFix', document, rule, offset, message.repair);
    });
    panel.webview.html = html(panel.webview, media, dist);
  };

  return vscode.Disposable.from(
    vscode.commands.registerCommand(
      'rateLimitGuide.openGuide',
      async (document?: vscode.Uri | string, rule?: string, offset?: number) => {
        const named =
          rule === undefined
            ? undefined
            : { rule, ...(document && { document: document.toString() }), ...(offset !== undefined && { offset }) };
        const origin = named ?? (await originAtCursor(watched)) ?? { rule: rules[0]!.id };
        if (open) {
          open.origin = origin;
          open.panel.reveal();
          await open.refresh();
          return;
        }
        show(vscode.window.createWebviewPanel(viewType, 'Guide', vscode.ViewColumn.Beside, options), origin);
      },
    ),
    vscode.window.registerWebviewPanelSerializer(viewType, {
      async deserializeWebviewPanel(panel, origin: Origin | undefined) {
        show(panel, origin ?? { rule: rules[0]!.id });
      },
    }),
  );
}

async function reveal(watched: Watched, origin: Origin): Promise<void> {
  const found = await findingOf(watched, origin);
  if (!found) return;
  const { uri, range } = toLocation(found.finding.at, found.seen);
  await vscode.window.showTextDocument(uri, { selection: range, viewColumn: vscode.ViewColumn.One });
}

/** Nothing is loaded but our own script and style, and nothing is asked for outside. */
function html(webview: vscode.Webview, media: vscode.Uri, dist: vscode.Uri): string {
  const nonce = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16)).join('');
  const address = (folder: vscode.Uri, name: string) => webview.asWebviewUri(vscode.Uri.joinPath(folder, name));
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
  return `<!doctype html>
<html lang="en">
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
