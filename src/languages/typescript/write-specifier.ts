/** How a file names a module beside it: in the manner of its other relative imports. */
import type { Tree } from '../syntax.ts';
import { allImports } from './write-import.ts';
import type { Dialect } from './write-style.ts';

export function specifierOf({ root }: Tree, from: string, to: string, dialect: Dialect): string {
  const [folder, target] = [from.split(/[\\/]/).slice(0, -1), to.split(/[\\/]/)];
  let same = 0;
  while (same < folder.length && same < target.length - 1 && folder[same] === target[same]) same++;
  const up = folder.length - same;
  const path = (up === 0 ? './' : '../'.repeat(up)) + target.slice(same).join('/');
  const relative = allImports(root).filter(({ source }) => source.startsWith('.'));
  const endings = relative.map(({ source }) => /\.([cm]?[jt]sx?)$/.exec(source)?.[1]);
  const ending = endings.find((one) => one !== undefined);
  // Node wants the ending in JavaScript; TypeScript's bundlers and CommonJS do without.
  const bare = relative.length > 0 ? ending === undefined : dialect === 'typescript';
  if (bare && /\.[jt]sx?$/.test(path)) return path.replace(/\.\w+$/, '');
  return ending === undefined || /ts/.test(ending) ? path : path.replace(/\.([cm]?)tsx?$/, '.$1js');
}
