/** Lists the files of the projects that paths belong to, on the local disk, so that helpers and callers elsewhere count. */
import { type Dirent, existsSync, readdirSync } from 'node:fs';
import { grammarOf } from '../languages/syntax.ts';
import { folderOf } from './modules.ts';

const markers = [
  '.git',
  'pyproject.toml',
  'setup.py',
  'setup.cfg',
  'requirements.txt',
  'package.json',
  'tsconfig.json',
];
/** A bound, for a path named in a folder that holds everything. */
const mostFiles = 20_000;

/** Code and the manifests that say how modules are found. Takes and gives absolute paths with `/`. */
export function projectFiles(paths: readonly string[]): readonly string[] {
  const found = new Set<string>();
  const collected = new Set<string>();
  const collectOnce = (folder: string): void => {
    if (collected.has(folder)) return;
    collected.add(folder);
    collect(folder, found);
  };
  const folders = new Set<string>();
  for (const path of paths) {
    const folder = isFolder(path) ? path : folderOf(path);
    // A hidden folder is left out of its project, but not where it was named.
    if (folder === path) collectOnce(folder);
    folders.add(folder);
  }
  for (const folder of folders) collectOnce(rootOf(folder));
  return [...found];
}

/** The repository's root; without one, the nearest folder that carries a manifest; else the folder itself. */
function rootOf(folder: string): string {
  let nearest: string | undefined;
  for (let at = folder; ; at = folderOf(at)) {
    if (existsSync(`${at}/.git`)) return at;
    if (markers.some((marker) => existsSync(`${at}/${marker}`))) nearest ??= at;
    if (folderOf(at) === at) return nearest ?? folder;
  }
}

function collect(folder: string, found: Set<string>): void {
  const pending = [folder];
  for (let at = pending.pop(); at !== undefined && found.size < mostFiles; at = pending.pop()) {
    for (const entry of entriesOf(at)) {
      const path = `${at}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!entry.name.startsWith('.') && entry.name !== 'node_modules' && !existsSync(`${path}/pyvenv.cfg`))
          pending.push(path);
      } else if (entry.isFile() && (grammarOf(path) || /^(package|[jt]sconfig(\.\w+)?)\.json$/.test(entry.name)))
        found.add(path);
    }
  }
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // An unreadable folder is told by the walk, where it was asked for.
    return [];
  }
}

function isFolder(path: string): boolean {
  try {
    readdirSync(path);
    return true;
  } catch {
    return false;
  }
}
