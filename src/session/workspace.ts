/** The project's files: which there are, who imports whom, and the facts of those that matter to a document. */
import { parse } from 'jsonc-parser';
import type { LanguageId } from '../core/facts.ts';
import { index, type Program } from '../core/program.ts';
import { type Project, singleFile } from '../core/project.ts';
import { bom, lineMap } from '../core/span.ts';
import { grammarOf, type Syntax } from '../languages/syntax.ts';
import type { Host } from './host.ts';
import { languageOf } from './languages.ts';
import { type Aliases, folderOf, join, type Modules, moduleResolver } from './modules.ts';
import { type NodePackage, nodePackage } from './node-packages.ts';
import { createPrograms } from './programs.ts';
import { isTest } from './selection.ts';
import { type Files, specifierOf } from './specifier.ts';

export interface Workspace {
  /**
   * Replaces the list of the project's files. Until it has been read, which the promise tells, what was known before
   * goes on to hold.
   */
  setFiles(paths: Iterable<string>): Promise<void>;
  /** A file may have other content than before. */
  changed(path: string): void;
  /** A document is no longer open: what is on disk counts again. */
  closed(path: string): void;
  /** What was read of a file, if it was read from this very text. */
  known(path: string, text: string): Program | undefined;
  /** Keeps what has been read of a file's text, so that others need not read it again. */
  keep(text: string, program: Program): void;
  /** A file has come into the project. */
  added(path: string): void;
  /** The document with everything that it reaches by imports, and everything that reaches it. */
  project(program: Program): Promise<Project>;
  /** The document's project together with files that may hold a retry helper, those nearest to it first. */
  withHelpers(project: Project, program: Program): Promise<Project>;
  /** How one file of the project is imported by another; undefined where that is not certain. */
  specifier(from: Program, to: Program): string | undefined;
  /** The same of a file that is not there yet. */
  nameOfNew(from: Program, path: string): string | undefined;
}

export interface WorkspaceOptions {
  readonly host: Host;
  readonly syntax: Syntax;
  readonly packages: ReadonlySet<string>;
  /** The text of an open document, which goes before the one on disk. */
  openText(path: string): string | undefined;
}

/** Who imports whom. */
interface Prepared {
  modules: Modules;
  /** What modules' names mean in a project of these files. */
  readonly modulesOf: (files: ReadonlySet<string>) => Modules;
  readonly importers: Map<string, Set<string>>;
  readonly targets: Map<string, ReadonlySet<string>>;
  /** Files in which a function's name speaks of retries. */
  readonly retrying: Set<string>;
}

/** Bounds on what one document draws in, so that a hub of the project does not cost seconds. */
const mostFiles = 240;
/** What the document imports takes no more than half of it, so that its callers have their place. */
const mostImported = 120;
const importDepth = 4;
const importerDepth = 3;
const largestFile = 1_000_000;
/** In UTF-16 units: more than one document draws in, so that its neighbours find again what it has read. */
const mostText = 24_000_000;
const mostHelperFiles = 12;
const helperName = /\b(?:def|function|const)\s+\w*(?:retr(?:y|ies|ying)|back_?off)/i;

export function createWorkspace({ host, syntax, packages, openText }: WorkspaceOptions): Workspace {
  let files: ReadonlySet<string> = new Set();
  let known: Prepared | undefined;
  /** Files whose imports may have changed since. */
  const dirty = new Set<string>();
  const programs = createPrograms(mostText);

  const textOf = (path: string): Promise<string | undefined> => {
    const open = openText(path);
    return open === undefined ? read(host, path) : Promise.resolve(open);
  };

  const closed = (path: string): void => {
    const before = programs.get(path);
    if (before) before.fresh = false;
  };

  const programOf = async (path: string): Promise<Program | undefined> => {
    const before = programs.get(path);
    if (before?.fresh) return before.program;
    const text = await textOf(path);
    if (before && before.text === text) {
      before.fresh = true;
      return before.program;
    }
    const grammar = grammarOf(path);
    if (grammar) await syntax.load(grammar);
    const tree = grammar && text !== undefined ? syntax.parse(text, grammar) : undefined;
    if (!tree) return undefined;
    try {
      const program = index(languageOf(grammar!).read(tree), path, lineMap(tree.text));
      programs.set(path, { text: tree.text, program, fresh: true });
      return program;
    } finally {
      tree.delete();
    }
  };

  /** Reads the files once, a slice at a time, so that an editor stays quick meanwhile. */
  const prepare = async (files: ReadonlySet<string>): Promise<Prepared> => {
    const aliases = new Map<string, Aliases>();
    const workspaces = new Map<string, NodePackage>();
    const byFolder = new Map<string, NodePackage>();
    for (const path of files) {
      if (/\/(tsconfig(\.\w+)?|jsconfig)\.json$/.test(path)) {
        const found = aliasesIn(path, await textOf(path));
        if (found) aliases.set(folderOf(path), found);
      } else if (path.endsWith('/package.json')) {
        const found = nodePackage(path, await textOf(path));
        if (found) byFolder.set(found.folder, found);
        if (found?.name !== undefined) workspaces.set(found.name, found);
      }
    }
    const aliasesFor = (path: string): readonly Aliases[] => {
      const found: Aliases[] = [];
      for (let folder = folderOf(path); folder; folder = folderOf(folder)) {
        const own = aliases.get(folder);
        if (own) found.push(own);
      }
      return found;
    };
    const packageOf = (path: string): NodePackage | undefined => {
      for (let folder = folderOf(path); folder; folder = folderOf(folder)) {
        const own = byFolder.get(folder);
        if (own) return own;
      }
      return undefined;
    };
    const modulesOf = (files: ReadonlySet<string>) =>
      moduleResolver({ files, packages, aliasesFor, workspaces, packageOf });
    const prepared: Prepared = {
      modules: modulesOf(files),
      modulesOf,
      importers: new Map(),
      targets: new Map(),
      retrying: new Set(),
    };
    for (const path of files) await readImports(path, prepared);
    return prepared;
  };

  /** Brings the graph up to date for one file. */
  const readImports = async (path: string, { modules, importers, targets, retrying }: Prepared): Promise<void> => {
    const grammar = grammarOf(path);
    const text = grammar && (await textOf(path));
    const language: LanguageId = grammar === 'python' ? 'python' : 'typescript';
    for (const target of targets.get(path) ?? []) importers.get(target)?.delete(path);
    if (text && helperName.test(text)) retrying.add(path);
    else retrying.delete(path);
    const found = new Set<string>();
    for (const module of text ? importedBy(text, language) : []) {
      const target = modules.resolve(path, module, language);
      if (target === undefined || target === path) continue;
      found.add(target);
      importers.set(target, (importers.get(target) ?? new Set()).add(path));
    }
    targets.set(path, found);
  };

  const filesSeen = ({ path, facts }: Program): Files => ({
    resolve: (module) => known?.modules.resolve(path, module, facts.language),
    exists: (file) => files.has(file),
  });

  return {
    async setFiles(paths) {
      const own = new Set(paths);
      files = own;
      const prepared = own.size === 0 ? undefined : await prepare(own);
      // A newer list may have come meanwhile.
      if (files === own) known = prepared;
    },
    changed(path) {
      closed(path);
      if (files.has(path)) dirty.add(path);
    },
    closed,
    known(path, text) {
      const before = programs.get(path);
      return before?.text === text ? before.program : undefined;
    },
    keep(text, program) {
      if (files.has(program.path))
        programs.set(program.path, { text, program, fresh: openText(program.path) === text });
    },
    added(path) {
      if (!known || files.has(path)) return;
      files = new Set([...files, path]);
      known.modules = known.modulesOf(files);
      dirty.add(path);
    },
    async project(program) {
      const prepared = known;
      if (!prepared) return singleFile(program);
      for (const path of dirty) await readImports(path, prepared);
      dirty.clear();
      const { modules, importers } = prepared;
      const loaded = new Map<string, Program>([[program.path, program]]);
      const resolve = (from: Program, module: string) => {
        const path = modules.resolve(from.path, module, from.facts.language);
        return path === undefined ? undefined : loaded.get(path);
      };
      let most = mostImported;
      const load = async (path: string): Promise<Program | undefined> => {
        if (loaded.has(path) || loaded.size >= most) return undefined;
        const found = await programOf(path);
        if (found) loaded.set(path, found);
        return found;
      };
      const imports = async (start: readonly Program[], depth: number): Promise<void> => {
        let edge = start;
        for (let step = 0; step < depth && edge.length > 0; step++) {
          const next: Program[] = [];
          for (const one of edge) {
            for (const module of importsOf(one)) {
              const path = modules.resolve(one.path, module, one.facts.language);
              const found = path === undefined ? undefined : await load(path);
              if (found) next.push(found);
            }
          }
          edge = next;
        }
      };
      await imports([program], importDepth);
      most = mostFiles;
      // Who has an object by its base class calls this file's overrides and need not import this file.
      let edge: readonly Program[] = [program, ...basePrograms(program, resolve)];
      const walked = new Set(edge.map(({ path }) => path));
      for (let step = 0; step < importerDepth && edge.length > 0; step++) {
        const next: Program[] = [];
        for (const one of edge) {
          for (const path of importers.get(one.path) ?? []) {
            // That a test calls it without a retry says nothing of the program.
            if (walked.has(path) || (isTest(path) && !isTest(program.path))) continue;
            walked.add(path);
            // One that has been loaded as an import has importers all the same.
            const found = loaded.get(path) ?? (await load(path));
            if (found) next.push(found);
          }
        }
        await imports(next, 2);
        edge = next;
      }
      return { programs: [...loaded.values()], resolve };
    },
    async withHelpers(project, { path: own, facts }) {
      if (!known) return project;
      const { modules, retrying } = known;
      const near = [...retrying]
        .filter((path) => path !== own && !isTest(path) && languageIdOf(path) === facts.language)
        .sort((a, b) => sharedFolders(own, b) - sharedFolders(own, a) || a.localeCompare(b));
      const loaded = new Map(project.programs.map((program) => [program.path, program]));
      for (const path of near.slice(0, mostHelperFiles)) {
        const found = loaded.has(path) ? undefined : await programOf(path);
        if (found) loaded.set(path, found);
      }
      return {
        programs: [...loaded.values()],
        resolve(from, module) {
          const path = modules.resolve(from.path, module, from.facts.language);
          return path === undefined ? undefined : loaded.get(path);
        },
      };
    },
    specifier(from, to) {
      const modules = known?.modules;
      const spelled = modules && specifierOf(from, to.path, filesSeen(from));
      return spelled !== undefined && modules?.resolve(from.path, spelled, from.facts.language) === to.path
        ? spelled
        : undefined;
    },
    nameOfNew: (from, path) => specifierOf(from, path, filesSeen(from)),
  };
}

function languageIdOf(path: string): LanguageId | undefined {
  const grammar = grammarOf(path);
  return grammar && (grammar === 'python' ? 'python' : 'typescript');
}

/** How many folders two paths share at their start. */
function sharedFolders(a: string, b: string): number {
  const [left, right] = [a.split('/'), b.split('/')];
  let at = 0;
  while (at < left.length - 1 && left[at] === right[at]) at++;
  return at;
}

/** Modules that a file imports; `from package import name` may mean a module of the package. */
function importsOf({ facts }: Program): ReadonlySet<string> {
  const found = new Set(facts.imports.map(({ module }) => module));
  for (const { what } of facts.vars) {
    if (what.k !== 'import' || facts.language !== 'python' || what.name === '*') continue;
    found.add(what.module.endsWith('.') ? what.module + what.name : `${what.module}.${what.name}`);
  }
  return found;
}

/** The files that base classes of a file's classes come from, theirs included. */
function basePrograms(program: Program, resolve: Project['resolve']): ReadonlySet<Program> {
  const found = new Set<Program>();
  const pending: (readonly [Program, string | undefined])[] = program.facts.classes.flatMap(({ bases }) =>
    bases.map((base) => [program, base.k === 'name' ? base.name : undefined] as const),
  );
  for (let next = pending.pop(); next; next = pending.pop()) {
    const [from, name] = next;
    const id = name === undefined ? undefined : from.facts.vars.findIndex((one) => one.fn === 0 && one.name === name);
    const what = id === undefined ? undefined : from.facts.vars[id]?.what;
    if (what?.k === 'class') {
      for (const base of from.facts.classes[what.cls]!.bases)
        if (base.k === 'name' && base.name !== name) pending.push([from, base.name]);
      continue;
    }
    const source = what?.k === 'import' ? resolve(from, what.module) : undefined;
    if (!source || found.has(source)) continue;
    found.add(source);
    if (what?.k === 'import') pending.push([source, what.name]);
  }
  found.delete(program);
  return found;
}

/** The same by the text alone, for files that need no parse otherwise. */
function importedBy(text: string, language: LanguageId): ReadonlySet<string> {
  const found = new Set<string>();
  if (language === 'typescript') {
    for (const [, module] of text.matchAll(/(?:\bfrom|\bimport|\brequire)\s*\(?\s*['"]([^'"\n]+)['"]/g))
      found.add(module!);
    return found;
  }
  for (const [, module, names] of text.matchAll(/^[ \t]*from[ \t]+([.\w]+)[ \t]+import[ \t]+(\([^)]*\)|[^\n#]*)/gm)) {
    found.add(module!);
    for (const [name] of names!.matchAll(/\b(?<!\bas\s)[A-Za-z_]\w*/g))
      found.add(module!.endsWith('.') ? module! + name : `${module}.${name}`);
  }
  for (const [, list] of text.matchAll(/^[ \t]*import[ \t]+([\w., \t]+)/gm)) {
    for (const part of list!.split(',')) found.add(part.trim().split(/\s/)[0]!);
  }
  return found;
}

async function read(host: Host, path: string): Promise<string | undefined> {
  const bytes = await host.readFile(path);
  if (!bytes || bytes.length > largestFile) return undefined;
  const text = new TextDecoder().decode(bytes);
  return text.startsWith(bom) ? text.slice(1) : text;
}

function aliasesIn(path: string, text: string | undefined): Aliases | undefined {
  const options =
    text === undefined
      ? undefined
      : (parse(text) as { compilerOptions?: { baseUrl?: unknown; paths?: unknown } } | undefined)?.compilerOptions;
  if (!options) return undefined;
  const { baseUrl, paths } = options;
  const listed = typeof paths === 'object' && paths !== null ? Object.entries(paths) : [];
  return {
    base: typeof baseUrl === 'string' ? join(folderOf(path), baseUrl) : folderOf(path),
    bare: typeof baseUrl === 'string' ? 'below-base' : 'packages-only',
    paths: listed.map(
      ([pattern, targets]) =>
        [pattern, Array.isArray(targets) ? targets.filter((one) => typeof one === 'string') : []] as const,
    ),
  };
}
