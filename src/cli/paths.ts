/** Paths as the command line shows them: with `/`, relative to the working directory where they are inside it. */
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';

/** The absolute path with `/`. */
export function absolute(path: string): string {
  return slashed(resolve(path));
}

export function shown(path: string): string {
  const inside = relative(process.cwd(), path);
  if (inside === '') return '.';
  return inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside) ? slashed(path) : slashed(inside);
}

/** `path` relative to `folder`, which holds it. */
export function within(folder: string, path: string): string {
  return slashed(relative(folder, path));
}

export function folderOf(path: string): string {
  return slashed(dirname(path));
}

function slashed(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}
