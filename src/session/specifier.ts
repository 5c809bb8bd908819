/** How one file of a project names another in an import: in the manner of the imports that it has already. */
import type { Program } from '../core/program.ts';
import { relativeName } from '../languages/typescript/relative-name.ts';

export interface Files {
  /** The path that a module's name means in the importing file. */
  resolve(module: string): string | undefined;
  exists(path: string): boolean;
}

/** `to` may be a file that is not there yet. */
export function specifierOf(from: Program, to: string, files: Files): string | undefined {
  const own = from.facts.imports.flatMap(({ module }) => {
    const path = files.resolve(module) ?? (module.startsWith('.') ? '' : undefined);
    return path === undefined ? [] : [{ module, path }];
  });
  if (from.facts.language === 'python') return pythonName(from.path, to, own, files);
  return relativeName(
    from.path,
    to,
    own.map(({ module }) => module),
  );
}

interface Known {
  readonly module: string;
  readonly path: string;
}

/** Relative where the file imports so, else dotted from the folder that its other imports start in, else from its own. */
function pythonName(from: string, to: string, known: readonly Known[], { exists }: Files): string | undefined {
  // A file of a package is imported by way of the package, or run by itself: only its imports tell.
  if (!/\.pyi?$/.test(to) || (known.length === 0 && exists(`${folderOf(from)}/__init__.py`))) return undefined;
  const stem = to.replace(/(\/__init__)?\.pyi?$/, '');
  if (known.some(({ module }) => module.startsWith('.'))) {
    const { up, down } = way(from, stem);
    return '.'.repeat(up + 1) + down.join('.');
  }
  const folders = known.flatMap(({ module, path }) => {
    const end = `/${module.replaceAll('.', '/')}`;
    const own = path.replace(/(\/__init__)?\.pyi?$/, '');
    return own.endsWith(end) ? [own.slice(0, -end.length)] : [];
  });
  const root = [...folders, folderOf(from)].find((folder) => stem.startsWith(`${folder}/`));
  const names = root === undefined ? [] : stem.slice(root.length + 1).split('/');
  return names.length > 0 && names.every((name) => /^[A-Za-z_]\w*$/.test(name)) ? names.join('.') : undefined;
}

function way(from: string, to: string): { readonly up: number; readonly down: readonly string[] } {
  const [folder, target] = [from.split('/').slice(0, -1), to.split('/')];
  let same = 0;
  while (same < folder.length && same < target.length - 1 && folder[same] === target[same]) same++;
  return { up: folder.length - same, down: target.slice(same) };
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
