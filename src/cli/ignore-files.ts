/** What `.gitignore` files leave out, as Git reads them: nested ones too, and those above a folder up to its repository. */
import { existsSync, readFileSync } from 'node:fs';
import ignore, { type Ignore } from 'ignore';
import { folderOf, within } from './paths.ts';

/** The ignore files in force in one folder, nearest last. */
export type IgnoreFiles = readonly { readonly folder: string; readonly matcher: Ignore }[];

/** Those that stand above `folder`: none outside a repository. */
export function ignoreFilesAbove(folder: string): IgnoreFiles {
  const above: string[] = [];
  for (let at = folder; !existsSync(`${at}/.git`); ) {
    const parent = folderOf(at);
    if (parent === at) return [];
    above.unshift(parent);
    at = parent;
  }
  return above.reduce<IgnoreFiles>(withIgnoreFile, []);
}

/** Adds the one in `folder`, where there is one. */
export function withIgnoreFile(files: IgnoreFiles, folder: string): IgnoreFiles {
  try {
    const patterns = readFileSync(`${folder}/.gitignore`, 'utf8');
    return [...files, { folder, matcher: ignore({ ignorecase: false }).add(patterns) }];
  } catch {
    return files;
  }
}

/** Whether they leave out `path`; a folder's path ends with `/`. The nearest file that speaks of it decides. */
export function isIgnored(files: IgnoreFiles, path: string): boolean {
  const isFolder = path.endsWith('/');
  for (const { folder, matcher } of [...files].reverse()) {
    const { ignored, unignored } = matcher.test(within(folder, path) + (isFolder ? '/' : ''));
    if (ignored || unignored) return ignored;
  }
  return false;
}
