/** What a package.json says of where modules are: the package's name, what it exports, and its own names for what it imports. */
import { parse } from 'jsonc-parser';
import { folderOf, join } from './modules.ts';

export interface NodePackage {
  readonly name?: string;
  readonly folder: string;
  readonly exports: readonly Mapping[];
  readonly imports: readonly Mapping[];
}

/** A subpath (`.`, `./x`) or an own name (`#x`), with at most one `*`, and the paths that it can stand for, absolute. */
export type Mapping = readonly [pattern: string, targets: readonly string[]];

export function nodePackage(path: string, text: string | undefined): NodePackage | undefined {
  const json: unknown = text === undefined ? undefined : parse(text);
  if (!isObject(json)) return undefined;
  const folder = folderOf(path);
  const { name, exports, imports } = json;
  return {
    ...(typeof name === 'string' && { name }),
    folder,
    exports: mappings(bySubpath(exports), folder),
    imports: mappings(imports, folder),
  };
}

/** `exports: './a.js'` and conditions alone speak of the package itself. */
function bySubpath(exports: unknown): unknown {
  if (exports === undefined) return {};
  const isMap = isObject(exports) && Object.keys(exports).some((key) => key.startsWith('.'));
  return isMap ? exports : { '.': exports };
}

function mappings(map: unknown, folder: string): readonly Mapping[] {
  if (!isObject(map)) return [];
  return Object.entries(map).map(([pattern, target]) => [
    pattern,
    targetsOf(target).flatMap((one) => sources(one, folder)),
  ]);
}

/** The paths under all conditions, in the order written. */
function targetsOf(target: unknown): readonly string[] {
  if (typeof target === 'string') return target.startsWith('.') ? [target] : [];
  if (Array.isArray(target)) return target.flatMap(targetsOf);
  return isObject(target) ? Object.values(target).flatMap(targetsOf) : [];
}

/** What is built is not in the project; its source is, as a rule below `src`. */
function sources(target: string, folder: string): readonly string[] {
  const path = target.replace(/\.d(\.[cm]?)ts$/, '$1js');
  const source = path.replace(/^\.\/(?:dist|build|lib|out|esm|cjs)\/(?:esm\/|cjs\/|src\/)?/, './src/');
  return [...new Set([path, source])].map((one) => join(folder, one));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
