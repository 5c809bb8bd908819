/** A real VS Code with the packed extension, open on a workspace of its own, for one test file. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { findChromium, findNode, findVSCode, root } from '../../scripts/setup.mjs';
import { folderUrl, startServer } from '../../scripts/vscode.mjs';
import { recordTraffic, type Traffic } from './traffic.ts';
import { startWebServer } from './web.ts';

export interface VSCodeOptions {
  /** A folder to copy into the workspace. */
  readonly copy?: string;
  /** Further files, by path within the workspace. */
  readonly files?: Readonly<Record<string, string>>;
  /** The user's settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Built-in extensions to start with besides the usual few. */
  readonly builtins?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly window?: Window;
  /** Hosts beyond this machine that it may ask for. */
  readonly reaches?: readonly string[];
}

/** A window's size in pixels, and how many of the screen's make one of them. */
interface Window {
  readonly width: number;
  readonly height: number;
  readonly scale: number;
}

export interface VSCode {
  /** The address of the server, without a folder. */
  readonly address: string;
  /** The address of the page with the workspace open in it. */
  readonly url: string;
  /** The workspace's folder on disk. */
  readonly workspace: string;
  readonly page: Page;
  readonly traffic: Traffic;
  /** Writes the workspace's settings while the editor runs. */
  settings(values: Readonly<Record<string, unknown>>): void;
  /** Ends it; rejects when a request has left this machine. */
  close(): Promise<void>;
}

/** The built-in extensions that the tests need; with all of them the workbench starts much more slowly. */
const builtins = [
  'python',
  'javascript',
  'typescript-basics',
  'json',
  'ipynb',
  'markdown-basics',
  'theme-defaults',
  'theme-seti',
  'configuration-editing',
];

/** Everything but this machine fails at once, so that a request to the outside can't hang a test. */
const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost , EXCLUDE *.localhost',
];

/** Where an editor of a kind is served from. */
interface Served {
  readonly address: string;
  readonly url: string;
}

export function launch(options: VSCodeOptions = {}): Promise<VSCode> {
  return launchFrom(options, (folder, workspace, { nodeArgs, env }) => {
    const server = startServer({
      node: findNode(),
      nodeArgs,
      vscode: findVSCode(),
      folder: join(folder, 'server'),
      extension: join(root, 'rate-limit-guide.vsix'),
      builtins: [...builtins, ...(options.builtins ?? [])],
      settings: options.settings ?? {},
      args: options.args ?? [],
      env: { ...env, ...options.env },
    });
    const ready = server.ready.then((address) => ({ address, url: folderUrl(address, workspace) }));
    return { ready, stop: server.stop };
  });
}

/** VS Code for the Web, which has no server: the extension runs in a worker of the page. */
export function launchInBrowser(options: Pick<VSCodeOptions, 'copy' | 'files' | 'settings'> = {}): Promise<VSCode> {
  return launchFrom(options, (_, workspace) => {
    const server = startWebServer(workspace, options.settings ?? {});
    const ready = server.then(({ address }) => ({ address, url: address }));
    return { ready, stop: async () => (await server).close() };
  });
}

async function launchFrom(
  options: VSCodeOptions,
  start: (
    folder: string,
    workspace: string,
    traffic: Traffic,
  ) => { readonly ready: Promise<Served>; stop(): Promise<unknown> },
): Promise<VSCode> {
  const folder = mkdtempSync(join(tmpdir(), 'rate-limit-guide-'));
  const workspace = join(folder, 'project');
  mkdirSync(workspace);
  if (options.copy) cpSync(options.copy, workspace, { recursive: true });
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(workspace, path)), { recursive: true });
    writeFileSync(join(workspace, path), text);
  };
  for (const [path, text] of Object.entries(options.files ?? {})) write(path, text);
  const traffic = recordTraffic(join(folder, 'connections'));
  const server = start(folder, workspace, traffic);
  let browser: Browser | undefined;
  const close = async () => {
    await browser?.close();
    await server.stop();
    const outside = traffic.outside().filter((host) => !(options.reaches ?? []).includes(host));
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    if (outside.length > 0) throw new Error(`Something asked for ${outside.join(', ')}.`);
  };
  // The server is no child of the terminal: whoever ends the test early has to end it too.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => close().then(() => process.exit(1)));
  try {
    const served = await server.ready;
    browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArgs });
    const { scale, ...viewport } = options.window ?? { width: 1280, height: 800, scale: 1 };
    const page = await browser.newPage({ viewport, deviceScaleFactor: scale });
    page.setDefaultTimeout(20_000);
    traffic.watch(page.context());
    const settings: VSCode['settings'] = (values) => write('.vscode/settings.json', JSON.stringify(values));
    return { ...served, workspace, page, traffic, settings, close };
  } catch (error) {
    await close();
    throw error;
  }
}
