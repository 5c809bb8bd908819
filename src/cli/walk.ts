/** Finds the files to look at: the named ones, and below named folders all that nothing leaves out. */
import { type Dirent, existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { grammarOf, isNotebookPath } from '../languages/syntax.ts';
import { isTest } from '../session/selection.ts';
import { type IgnoreFiles, ignoreFilesAbove, isIgnored, withIgnoreFile } from './ignore-files.ts';
import { absolute, shown } from './paths.ts';
import { codeOf, otherLanguage } from './problems.ts';

export interface WalkOptions {
  /** `everything` takes all but `.git`. */
  readonly take: 'ours' | 'everything';
  /** What the settings that hold in `folder` leave out. */
  scope(folder: string): Promise<Scope>;
}

export interface Scope {
  readonly tests: boolean;
  /** Takes an absolute path; a folder's ends with `/`. */
  excludes(path: string): boolean;
}

export type Step =
  | { readonly k: 'file'; readonly path: string; readonly named: boolean }
  | { readonly k: 'left-out'; readonly path: string; readonly why: string }
  | { readonly k: 'problem'; readonly path: string; readonly message: string; readonly named: boolean };

/** Each file once, in the order of the arguments and then of their names. */
export async function* walk(named: readonly string[], options: WalkOptions): AsyncIterable<Step> {
  const taken = new Set<string>();
  for (const name of named) {
    const path = absolute(name);
    const what = lookAt(path);
    if (what.k === 'file') {
      if (!isOurs(path)) {
        yield { k: 'problem', path, message: otherLanguage, named: true };
      } else if (isNew(path, taken)) yield { k: 'file', path, named: true };
    } else if (what.k === 'folder') yield* walkRoot(path, taken, options);
    else yield { k: 'problem', path, message: what.why, named: true };
  }
}

/** What was named is taken, even where something above it or its own name would leave it out. */
async function* walkRoot(root: string, taken: Set<string>, options: WalkOptions): AsyncIterable<Step> {
  const above = ignoreFilesAbove(root);
  const ignoreFiles = isIgnored(above, `${root}/`) ? [] : above;
  const relative = shown(root);
  const tests = isTest(relative === root || relative === '.' ? basename(root) : relative) ? 'taken' : 'by-settings';
  const excludes = (await options.scope(root)).excludes(`${root}/`) ? 'off' : 'on';
  yield* walkFolder({ path: root, ignoreFiles, tests, excludes, named: true }, taken, options);
}

interface Folder {
  readonly path: string;
  readonly ignoreFiles: IgnoreFiles;
  readonly tests: 'taken' | 'by-settings';
  readonly excludes: 'on' | 'off';
  readonly named: boolean;
}

async function* walkFolder(folder: Folder, taken: Set<string>, options: WalkOptions): AsyncIterable<Step> {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder.path, { withFileTypes: true });
  } catch (error) {
    yield {
      k: 'problem',
      path: folder.path,
      message: `the folder can’t be read (${codeOf(error)})`,
      named: folder.named,
    };
    return;
  }
  const inside: Folder = { ...folder, ignoreFiles: withIgnoreFile(folder.ignoreFiles, folder.path) };
  const scope = await options.scope(folder.path);
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = `${folder.path === '/' ? '' : folder.path}/${entry.name}`;
    // A link to a folder is not followed: what it shows is found where it lies, and a loop has no end.
    const isFolder = entry.isDirectory();
    const isFile = entry.isFile() || (entry.isSymbolicLink() && lookAt(path).k === 'file');
    if (!isFolder && !(isFile && isOurs(path))) continue;
    if (isFolder && entry.name === '.git') continue;
    const why = options.take === 'ours' ? leavesOut(path, isFolder, inside, scope) : undefined;
    if (why !== undefined) yield { k: 'left-out', path, why };
    else if (isFolder) yield* walkFolder({ ...inside, path, named: false }, taken, options);
    else if (isNew(path, taken)) yield { k: 'file', path, named: false };
  }
}

function leavesOut(path: string, isFolder: boolean, folder: Folder, scope: Scope): string | undefined {
  const name = basename(path);
  const marked = isFolder ? `${path}/` : path;
  if (isFolder && name === 'node_modules') return 'installed packages';
  if (isFolder && existsSync(`${path}/pyvenv.cfg`)) return 'a virtual environment';
  if (isFolder && name === '.ipynb_checkpoints') return 'earlier states of notebooks';
  if (isIgnored(folder.ignoreFiles, marked)) return 'named in .gitignore';
  if (folder.excludes === 'on' && scope.excludes(marked)) return 'excluded by the settings';
  if (folder.tests === 'by-settings' && !scope.tests && isTest(name)) return 'tests and mocks are off';
  return undefined;
}

/** By its name, whether a file is one to look at. */
export function isOurs(path: string): boolean {
  return grammarOf(path) !== undefined || isNotebookPath(path);
}

type Seen = { readonly k: 'file' } | { readonly k: 'folder' } | { readonly k: 'other'; readonly why: string };

function lookAt(path: string): Seen {
  try {
    const stats = statSync(path);
    if (stats.isDirectory()) return { k: 'folder' };
    return stats.isFile() ? { k: 'file' } : { k: 'other', why: 'neither a file nor a folder' };
  } catch (error) {
    const code = codeOf(error);
    return { k: 'other', why: code === 'ENOENT' ? 'no such file or folder' : `it can’t be read (${code})` };
  }
}

function isNew(path: string, taken: Set<string>): boolean {
  const real = realpathSync(path);
  if (taken.has(real)) return false;
  taken.add(real);
  return true;
}
