/** Which file of the project a module's name means, in Python's and in TypeScript's way. */
import type { LanguageId } from '../core/facts.ts';
import type { Mapping, NodePackage } from './node-packages.ts';

/** Path aliases of a tsconfig: a pattern with at most one `*`, and the patterns of paths that it stands for. */
export interface Aliases {
  /** The folder that `paths` and bare names count from. */
  readonly base: string;
  readonly paths: readonly (readonly [pattern: string, targets: readonly string[]])[];
  /** Whether `baseUrl` is set, so that bare names are looked for below `base`. */
  readonly bare: 'below-base' | 'packages-only';
}

export interface Modules {
  /** The file meant, or undefined for packages and files that aren't in the project. */
  resolve(from: string, module: string, language: LanguageId): string | undefined;
}

export interface ModuleOptions {
  /** All files of the project; paths use `/`. */
  readonly files: ReadonlySet<string>;
  /** Modules that are packages, whatever files are called. */
  readonly packages: ReadonlySet<string>;
  /** Nearest first. */
  aliasesFor(path: string): readonly Aliases[];
  /** Workspace packages, by name. */
  readonly workspaces: ReadonlyMap<string, NodePackage>;
  /** The package that a file belongs to. */
  packageOf(path: string): NodePackage | undefined;
}

export function moduleResolver({ files, packages, aliasesFor, workspaces, packageOf }: ModuleOptions): Modules {
  const known = new Map<string, string | undefined>();
  /** `google` of `google.genai`: a folder of that name is the program's part for that provider. */
  const roots = new Set([...packages].flatMap((name) => (/^\w+\./.test(name) ? [name.split('.')[0]!] : [])));
  const byLastName = new Map<string, string[]>();
  for (const path of files) {
    const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]+$/, '');
    const key = name === '__init__' || name === 'index' ? (path.split('/').at(-2) ?? '') : name;
    const list = byLastName.get(key);
    if (list) list.push(path);
    else byLastName.set(key, [path]);
  }

  const python = (from: string, module: string): string | undefined => {
    const dots = /^\.*/.exec(module)![0].length;
    const names = module.slice(dots).split('.').filter(Boolean);
    if (dots > 0) {
      let folder = folderOf(from);
      for (let up = 1; up < dots; up++) folder = folderOf(folder);
      return pythonFile([folder, ...names].join('/'));
    }
    if (packages.has(names[0]!) || roots.has(names[0]!)) return undefined;
    for (let folder = folderOf(from); ; folder = folderOf(folder)) {
      const found = pythonFile(`${folder}/${names.join('/')}`) ?? pythonFile(`${folder}/src/${names.join('/')}`);
      if (found && found !== from) return found;
      if (!folder.includes('/')) break;
    }
    return names.length > 1 ? bySuffix(from, names.join('/'), names.at(-1)!, /\.pyi?$/) : undefined;
  };
  const pythonFile = (base: string): string | undefined =>
    [`${base}.py`, `${base}/__init__.py`, `${base}.pyi`].find((path) => files.has(path));

  const typescript = (from: string, module: string): string | undefined => {
    if (module.startsWith('.')) return typescriptFile(join(folderOf(from), module));
    if (packages.has(module)) return undefined;
    for (const aliases of aliasesFor(from)) {
      for (const [pattern, targets] of aliases.paths) {
        const rest = matching(pattern, module);
        if (rest === undefined) continue;
        for (const target of targets) {
          const found = typescriptFile(join(aliases.base, target.replace('*', rest)));
          if (found) return found;
        }
      }
      const below = aliases.bare === 'below-base' ? typescriptFile(join(aliases.base, module)) : undefined;
      if (below) return below;
    }
    const own = module.startsWith('#') ? mapped(packageOf(from)?.imports ?? [], module) : undefined;
    if (own) return own;
    const parts = module.split('/');
    for (const length of [1, 2]) {
      const found = workspaces.get(parts.slice(0, length).join('/'));
      if (found === undefined) continue;
      const { folder, exports } = found;
      const rest = parts.slice(length).join('/');
      const exported = mapped(exports, rest ? `./${rest}` : '.');
      if (exported) return exported;
      return typescriptFile(`${folder}/src/${rest || 'index'}`) ?? typescriptFile(`${folder}/${rest || 'index'}`);
    }
    // `@/lib/x`, `~/lib/x`: an alias whose configuration isn't at hand.
    const alias = /^(?:@|~|src|#)\/(.+)$/.exec(module)?.[1];
    return alias
      ? bySuffix(
          from,
          alias,
          alias
            .split('/')
            .at(-1)!
            .replace(/\.[cm]?[jt]sx?$/, ''),
          /\.[cm]?[jt]sx?$/,
        )
      : undefined;
  };
  /** The file that a package's map gives for a name. */
  const mapped = (mappings: readonly Mapping[], name: string): string | undefined => {
    for (const [pattern, targets] of mappings) {
      const rest = matching(pattern, name);
      if (rest === undefined) continue;
      for (const target of targets) {
        const found = typescriptFile(target.replace('*', rest));
        if (found) return found;
      }
    }
    return undefined;
  };
  const typescriptFile = (base: string): string | undefined => {
    const stem = base.replace(/\.([cm]?)jsx?$/, '');
    const ends = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];
    const candidates = [
      base,
      ...ends.flatMap((end) => [base + end, stem + end]),
      ...ends.map((end) => `${base}/index${end}`),
    ];
    return candidates.find((path) => files.has(path));
  };

  /** The one file, or the one nearest to `from`, whose path without its ending ends in `suffix`. */
  const bySuffix = (from: string, suffix: string, lastName: string, ending: RegExp): string | undefined => {
    const fits = (byLastName.get(lastName) ?? []).filter((path) => {
      const stem = path.replace(ending, '').replace(/\/(__init__|index)$/, '');
      return ending.test(path) && stem.endsWith(`/${suffix.replace(ending, '')}`) && path !== from;
    });
    return fits.sort((a, b) => shared(from, b) - shared(from, a) || a.length - b.length)[0];
  };

  return {
    resolve(from, module, language) {
      const key = `${folderOf(from)}\n${module}\n${language}`;
      if (known.has(key)) return known.get(key);
      const found = language === 'python' ? python(from, module) : typescript(from, module);
      known.set(key, found);
      return found;
    },
  };
}

export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** `a/b` + `../c` → `a/c`. */
export function join(folder: string, relative: string): string {
  const parts = folder.split('/');
  for (const part of relative.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

function matching(pattern: string, module: string): string | undefined {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern === module ? '' : undefined;
  const [before, behind] = [pattern.slice(0, star), pattern.slice(star + 1)];
  const fits = module.startsWith(before) && module.endsWith(behind) && module.length >= before.length + behind.length;
  return fits ? module.slice(before.length, module.length - behind.length) : undefined;
}

/** How many characters two paths share at their start. */
function shared(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}
