/** Finds the files to look at: the named ones, and below named folders all that nothing leaves out. */
import { type Dirent, existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { grammarOf, isNotebookPath } from '../languages/syntax.ts';
import { isTest } from '../session/selection.ts';
import { type IgnoreFiles, ignoreFilesAbove, isIgnored, withIgnoreFile } from './ignore-files.ts';
import { absolute, folderOf, shown } from './paths.ts';
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

/** Files and folders of a list, save what a walk from the working directory would leave out. */
export async function* walkListed(list: readonly string[], options: WalkOptions): AsyncIterable<Step> {
  const taken = new Set<string>();
  const entered = new Map<string, Promise<Folder | { readonly why: string }>>();
  const here = absolute('.');
  const enter = async (path: string): Promise<Folder | { readonly why: string }> => {
    const above = folderOf(path);
    if (path === here || above === path || !path.startsWith(`${here}/`)) return opened(await rootFolder(path, options));
    const folder = await entering(above);
    if ('why' in folder) return folder;
    const why = await leftOutOf(folder, path, 'folder', options);
    return why === undefined ? opened({ ...folder, path, named: false }) : { why };
  };
  const entering = (path: string) => {
    const known = entered.get(path) ?? enter(path);
    entered.set(path, known);
    return known;
  };
  for (const name of list) {
    const path = absolute(name);
    const what = lookAt(path);
    if (what.k === 'other') yield { k: 'problem', path, message: what.why, named: true };
    if (what.k === 'folder') {
      const folder = await entering(path);
      if ('why' in folder) yield { k: 'left-out', path, why: folder.why };
      else yield* walkFolder(folder, taken, options);
    }
    if (what.k !== 'file' || !isOurs(path)) continue;
    const folder = await entering(folderOf(path));
    const why = 'why' in folder ? folder.why : await leftOutOf(folder, path, 'file', options);
    if (why !== undefined) yield { k: 'left-out', path, why };
    else if (isNew(path, taken)) yield { k: 'file', path, named: false };
  }
}

async function* walkRoot(root: string, taken: Set<string>, options: WalkOptions): AsyncIterable<Step> {
  yield* walkFolder(opened(await rootFolder(root, options)), taken, options);
}

/** What was named is taken, even where something above it or its own name would leave it out. */
async function rootFolder(root: string, options: WalkOptions): Promise<Folder> {
  const above = ignoreFilesAbove(root);
  const ignoreFiles = isIgnored(above, `${root}/`) ? [] : above;
  const relative = shown(root);
  const tests = isTest(relative === root || relative === '.' ? basename(root) : relative) ? 'taken' : 'by-settings';
  const excludes = (await options.scope(root)).excludes(`${root}/`) ? 'off' : 'on';
  return { path: root, ignoreFiles, tests, excludes, named: true };
}

/** With what its own ignore file says of the things in it. */
function opened(folder: Folder): Folder {
  return { ...folder, ignoreFiles: withIgnoreFile(folder.ignoreFiles, folder.path) };
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
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = `${folder.path === '/' ? '' : folder.path}/${entry.name}`;
    // A link to a folder is not followed: what it shows is found where it lies, and a loop has no end.
    const isFolder = entry.isDirectory();
    const isFile = entry.isFile() || (entry.isSymbolicLink() && lookAt(path).k === 'file');
    if (!isFolder && !(isFile && isOurs(path))) continue;
    if (isFolder && entry.name === '.git') continue;
    const why = await leftOutOf(folder, path, isFolder ? 'folder' : 'file', options);
    if (why !== undefined) yield { k: 'left-out', path, why };
    else if (isFolder) yield* walkFolder(opened({ ...folder, path, named: false }), taken, options);
    else if (isNew(path, taken)) yield { k: 'file', path, named: false };
  }
}

/** Why something in a folder is not looked at; undefined where it is. */
async function leftOutOf(
  folder: Folder,
  path: string,
  kind: 'file' | 'folder',
  { take, scope: scopeOf }: WalkOptions,
): Promise<string | undefined> {
  if (take === 'everything') return undefined;
  const scope = await scopeOf(folder.path);
  const isFolder = kind === 'folder';
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
  const real = realOf(path);
  if (taken.has(real)) return false;
  taken.add(real);
  return true;
}

/** A file that has vanished since it was listed is told when it is read. */
function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
