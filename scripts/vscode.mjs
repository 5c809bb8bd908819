// @ts-check
/** Starts and ends a real VS Code: its server, whose page any browser opens. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * @typedef {object} ServerOptions
 * @property {string} node a Node of version 24
 * @property {readonly string[]} [nodeArgs] for that Node
 * @property {string} vscode the server's folder
 * @property {string} folder where it keeps its data, fresh or of an earlier start
 * @property {string} extension the packed extension to install
 * @property {number} [port] a free one when absent
 * @property {Readonly<Record<string, unknown>>} [settings] the user's settings
 * @property {readonly string[]} [builtins] the built-in extensions to start with; all when absent
 * @property {readonly string[]} [args]
 * @property {Readonly<Record<string, string>>} [env]
 */

/** Quiet: no welcome, no network, nothing that covers the editor. */
export const quiet = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
};

/**
 * Starts the server. `ready` resolves to its address when the extension is installed and the page can be opened;
 * `stop` resolves when nothing of it runs any more, and may be called at any time.
 * @param {ServerOptions} options
 */
export function startServer({
  node,
  nodeArgs = [],
  vscode,
  folder,
  extension,
  port = 0,
  builtins,
  settings = {},
  args = [],
  env,
}) {
  const data = join(folder, 'data');
  mkdirSync(join(data, 'User'), { recursive: true });
  writeFileSync(join(data, 'User/settings.json'), JSON.stringify({ ...quiet, ...settings }, null, 2));
  const server = spawn(
    node,
    [
      ...nodeArgs,
      join(vscode, 'out/server-main.js'),
      ...['--host', '127.0.0.1', '--port', String(port), '--without-connection-token', '--accept-server-license-terms'],
      ...['--server-data-dir', folder, '--user-data-dir', data, '--extensions-dir', join(folder, 'extensions')],
      ...['--disable-telemetry', '--disable-experiments', '--disable-workspace-trust'],
      ...['--start-server', '--install-extension', extension, '--force'],
      ...(builtins ? ['--builtin-extensions-dir', linkBuiltins(vscode, join(folder, 'builtin'), builtins)] : []),
      ...args,
    ],
    {
      env: { ...process.env, EXTENSIONS_GALLERY: '{"serviceUrl":""}', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A process group of its own: extension host, terminals and file watcher end with it.
      detached: process.platform !== 'win32',
    },
  );
  let output = '';
  let stopping = false;
  const stop = () => {
    stopping = true;
    return endGroup(server);
  };
  /** @type {Promise<string>} */
  const ready = new Promise((resolve, reject) => {
    const fail = async (/** @type {string} */ reason) => {
      if (stopping) return;
      await stop();
      reject(new Error(reason));
    };
    const read = (/** @type {Buffer} */ chunk) => {
      output += chunk;
      const address = /Web UI available at http:\/\/[^:]+:(\d+)/.exec(output);
      const refused = /Error: (listen .+)/.exec(output);
      if (refused) fail(`VS Code’s server can't start: ${refused[1]}.`);
      else if (output.includes('Failed Installing Extensions')) fail(`The extension can't be installed.\n${output}`);
      else if (address && output.includes('was successfully installed')) resolve(`http://127.0.0.1:${address[1]}`);
    };
    server.stdout.on('data', read);
    server.stderr.on('data', read);
    server.on('exit', () => fail(`VS Code’s server ended.\n${output}`));
  });
  return { ready, stop };
}

/** The address of the page with a folder open in it. @param {string} url @param {string} folder */
export function folderUrl(url, folder) {
  // `--default-folder` would open it under another authority than the page's, where no squiggle shows.
  return `${url}/?folder=${encodeURI(uriPath(folder))}`;
}

/** A file's address within the page. @param {string} url @param {string} path */
export function remoteUri(url, path) {
  return `vscode-remote://${new URL(url).host}${encodeURI(uriPath(path))}`;
}

/** @param {string} path */
function uriPath(path) {
  return path.replaceAll('\\', '/').replace(/^(?=[a-zA-Z]:)/, '/');
}

/** @param {string} vscode @param {string} folder @param {readonly string[]} names */
function linkBuiltins(vscode, folder, names) {
  mkdirSync(folder, { recursive: true });
  for (const name of names) symlinkSync(join(vscode, 'extensions', name), join(folder, name), 'junction');
  return folder;
}

/** Ends a process and its children, and waits until the last one is gone. @param {import('node:child_process').ChildProcess} leader */
async function endGroup({ pid }) {
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(pid), '/T', '/F']);
    return;
  }
  const signal = (/** @type {NodeJS.Signals | 0} */ name) => {
    try {
      return process.kill(-pid, name);
    } catch {
      return false;
    }
  };
  signal('SIGTERM');
  for (const start = Date.now(); signal(0); await sleep(20)) {
    if (Date.now() - start > 3000) signal('SIGKILL');
  }
}
