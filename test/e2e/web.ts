/** A real VS Code for the Web: static files alone, the extension in the browser's worker, the workspace in a virtual file system. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { findWebVSCode, root } from '../../scripts/setup.mjs';
import { quiet } from '../../scripts/vscode.mjs';

export interface WebServer {
  readonly address: string;
  close(): Promise<void>;
}

/** What a browser must be told of a file to load it. */
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
};

/** Serves the workbench, the extension and `workspace`; nothing of it runs on the server. */
export async function startWebServer(
  workspace: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<WebServer> {
  const vscode = findWebVSCode();
  const server = createServer((request, response) => {
    answer(request, response).catch((error: NodeJS.ErrnoException) => {
      response.writeHead(error.code === 'ENOENT' ? 404 : 500).end(String(error));
    });
  });
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname, origin } = new URL(request.url!, `http://${request.headers.host}`);
    const path = decodeURIComponent(pathname);
    if (path === '/') return send(response, '.html', page(vscode, new URL(origin), settings));
    if (path.startsWith('/workspace')) return workspaceAnswer(request, response, join(workspace, path.slice(10)));
    if (path === '/files/package.json') return send(response, '.json', JSON.stringify(filesManifest));
    if (path === '/files/main.js') return send(response, '.js', `(${filesExtension})(require, exports);`);
    const file = path.startsWith('/extension/') ? join(root, path.slice(10)) : join(vscode, path);
    send(response, extname(file), readFileSync(file));
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { address: `http://vscode.localhost:${(server.address() as AddressInfo).port}`, close: () => closed(server) };
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

function send(response: ServerResponse, ending: string, body: string | Uint8Array): void {
  response.writeHead(200, { 'Content-Type': types[ending] ?? 'application/octet-stream' }).end(body);
}

/** The page as it comes with VS Code, told what to open. */
function page(vscode: string, { protocol, host }: URL, settings: Readonly<Record<string, unknown>>): string {
  const at = (path: string) => ({ scheme: protocol.slice(0, -1), authority: host, path });
  const values: Readonly<Record<string, string>> = {
    WORKBENCH_WEB_CONFIGURATION: JSON.stringify({
      folderUri: { scheme: 'vscode-vfs', authority: 'files', path: '/workspace' },
      additionalBuiltinExtensions: [at('/files'), at('/extension')],
      configurationDefaults: { ...quiet, ...settings },
      // A webview wants a host of its own; below that of the page it is the same site, which may have a service worker.
      webviewEndpoint: `${protocol}//{{uuid}}.${host}/out/vs/workbench/contrib/webview/browser/pre/`,
    }),
    WORKBENCH_AUTH_SESSION: '',
  };
  const html = readFileSync(join(vscode, 'index.html'), 'utf8');
  return html.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => (values[name] ?? '').replaceAll('"', '&quot;'));
}

/** A folder's entries, a file's bytes, or a file to write. */
async function workspaceAnswer(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
  if (request.method === 'PUT') {
    writeFileSync(path, await readText(request));
    response.end();
    return;
  }
  if (request.method === 'HEAD') {
    const entry = statSync(path);
    const told = { 'X-Type': entry.isDirectory() ? 2 : 1, 'X-Time': Math.round(entry.mtimeMs), 'X-Size': entry.size };
    response.writeHead(200, told).end();
    return;
  }
  if (!statSync(path).isDirectory()) return send(response, '', readFileSync(path));
  const entries = readdirSync(path, { withFileTypes: true }).map((entry) => [entry.name, entry.isDirectory() ? 2 : 1]);
  send(response, '.json', JSON.stringify(entries));
}

const filesManifest = {
  name: 'files',
  publisher: 'tests',
  version: '0.0.1',
  engines: { vscode: '^1.101.0' },
  browser: './main.js',
  activationEvents: ['onFileSystem:vscode-vfs'],
};

/** Runs in the browser's extension host: the workspace's files, over HTTP. */
function filesExtension(load: (name: string) => typeof import('vscode'), exported: Record<string, unknown>): void {
  const vscode = load('vscode');
  exported.activate = ({ extensionUri }: { extensionUri: { scheme: string; authority: string } }) => {
    const ask = async (uri: { path: string }, init?: RequestInit): Promise<Response> => {
      if (!uri.path.startsWith('/workspace')) throw vscode.FileSystemError.FileNotFound(uri.path);
      const response = await fetch(`${extensionUri.scheme}://${extensionUri.authority}${encodeURI(uri.path)}`, init);
      if (!response.ok) throw vscode.FileSystemError.FileNotFound(uri.path);
      return response;
    };
    const changed = new vscode.EventEmitter<import('vscode').FileChangeEvent[]>();
    const refuse = () => {
      throw vscode.FileSystemError.NoPermissions();
    };
    return vscode.workspace.registerFileSystemProvider('vscode-vfs', {
      onDidChangeFile: changed.event,
      watch: () => new vscode.Disposable(() => {}),
      async stat(uri) {
        const { headers } = await ask(uri, { method: 'HEAD' });
        const number = (name: string) => Number(headers.get(name));
        return { type: number('X-Type'), ctime: 0, mtime: number('X-Time'), size: number('X-Size') };
      },
      readDirectory: async (uri) => (await ask(uri)).json(),
      readFile: async (uri) => new Uint8Array(await (await ask(uri)).arrayBuffer()),
      async writeFile(uri, body) {
        await ask(uri, { method: 'PUT', body: body as BodyInit });
        changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
      },
      createDirectory: refuse,
      delete: refuse,
      rename: refuse,
    });
  };
}
