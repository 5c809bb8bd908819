/** How a file names a module beside it: in the manner of its other relative imports. */

/** `imported` are the modules that the file imports already; paths may have either kind of slash. */
export function relativeName(from: string, to: string, imported: readonly string[]): string {
  const [folder, target] = [from.split(/[\\/]/).slice(0, -1), to.split(/[\\/]/)];
  let same = 0;
  while (same < folder.length && same < target.length - 1 && folder[same] === target[same]) same++;
  const up = folder.length - same;
  const path = (up === 0 ? './' : '../'.repeat(up)) + target.slice(same).join('/');
  const relative = imported.filter((module) => module.startsWith('.'));
  const endings = relative.map((module) => /\.([cm]?[jt]sx?)$/.exec(module)?.[1]);
  const ending = endings.find((one) => one !== undefined);
  // Node wants the ending in JavaScript; TypeScript's bundlers and CommonJS do without.
  const isBare = relative.length > 0 ? ending === undefined : !/\.[cm]?jsx?$/.test(from);
  if (isBare && /\.[jt]sx?$/.test(path)) return path.replace(/\.\w+$/, '').replace(/\/index$/, '');
  // Compiled code has the ending that the compiler writes.
  return ending === undefined || /ts/.test(ending) ? path : path.replace(/\.([cm]?)tsx?$/, '.$1js');
}
