// @ts-check
/** `npm start`: VS Code in the browser, with the extension installed and a fresh copy of the sample workspace open (or the folder that is named). */
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { pack } from './package.mjs';
import { findNode, findVSCode, installPackages, root } from './setup.mjs';
import { folderUrl, remoteUri, startServer } from './vscode.mjs';

const started = Date.now();
installPackages();
const node = findNode();
const vscode = findVSCode();
const { build } = await import('../esbuild.mjs');
await build();
const extension = pack();

const named = process.argv[2];
const folder = join(root, '.vscode-demo', String(process.pid));
const workspace = named ? resolve(process.env.INIT_CWD ?? '', named) : join(folder, 'sample');
mkdirSync(folder, { recursive: true });
if (!named) cpSync(join(root, 'test/sample'), workspace, { recursive: true });

const server = startServer({ node, vscode, folder, extension, port: Number(process.env.PORT ?? 0) });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => end(0));

const address = await server.ready.catch((/** @type {Error} */ error) => {
  console.error(error.message);
  return end(1);
});
const file = JSON.stringify([['openFile', remoteUri(address, join(workspace, 'loop.py'))]]);
const url = folderUrl(address, workspace) + (named ? '' : `&payload=${encodeURIComponent(file)}`);
const seconds = ((Date.now() - started) / 1000).toFixed(1);
console.log(`\nVS Code with Rate Limit Guide is ready (${seconds} s):\n\n  ${url}\n\nCtrl+C ends it.`);
openInDesktop(url);

/** @param {number} code @returns {Promise<never>} */
async function end(code) {
  await server.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  return process.exit(code);
}

/** @param {string} url */
function openInDesktop(url) {
  const { platform, env } = process;
  if (env.CI || (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY)) return;
  const [command, ...args] =
    platform === 'darwin' ? ['open', url] : platform === 'win32' ? ['explorer', url] : ['xdg-open', url];
  // Without a browser to open the address has been printed.
  spawn(/** @type {string} */ (command), args, { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}
