/** Manifests and lock files of Python's package managers. */
import { parse } from 'smol-toml';
import type { Manifest, ManifestKind } from './manifests.ts';
import { readJson } from './manifests-node.ts';
import { readYaml, type Yaml, yamlAt } from './yaml.ts';

/** Lock files first, then what a project says of itself, then lists of what to install. */
export const pythonManifests: readonly ManifestKind[] = [
  { names: ['uv.lock', 'poetry.lock', 'pdm.lock', 'pylock.toml'], parse: tomlLock },
  { names: ['Pipfile.lock'], parse: pipfileLock },
  { names: ['pyproject.toml'], parse: pyproject },
  { names: ['Pipfile'], parse: pipfile },
  { names: ['setup.cfg'], parse: setupConfig },
  { names: ['setup.py'], parse: setupScript },
  {
    names: [
      'requirements.txt',
      'requirements.in',
      'requirements-dev.txt',
      'requirements_dev.txt',
      'dev-requirements.txt',
      'requirements/base.txt',
      'requirements/main.txt',
      'requirements/prod.txt',
      'requirements/dev.txt',
    ],
    parse: requirements,
  },
  { names: ['environment.yml', 'environment.yaml'], parse: environment },
];

type Tree = Readonly<Record<string, unknown>>;

/** Names that differ only in case and in `-`, `_`, `.` are one package. */
function normal(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

function treeOf(value: unknown): Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Tree) : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function readToml(text: string): Tree {
  try {
    return parse(text);
  } catch {
    return {};
  }
}

/** `[[package]]` with a name and a version. A package that is locked several times, for several platforms, tells nothing. */
function tomlLock(text: string): Manifest {
  const { package: packages, packages: standard } = readToml(text);
  const versions = new Map<string, string | undefined>();
  for (const entry of [...listOf(packages), ...listOf(standard)].map(treeOf)) {
    if (typeof entry.name !== 'string' || typeof entry.version !== 'string') continue;
    const name = normal(entry.name);
    versions.set(name, versions.has(name) && versions.get(name) !== entry.version ? undefined : entry.version);
  }
  return { locked: (name) => versions.get(normal(name)) };
}

function pipfileLock(text: string): Manifest {
  const json = treeOf(readJson(text));
  const versions = new Map<string, string>();
  for (const section of ['develop', 'default'])
    for (const [name, entry] of Object.entries(treeOf(json[section]))) {
      const { version } = treeOf(entry);
      if (typeof version === 'string') versions.set(normal(name), version.replace(/^=+/, ''));
    }
  return { locked: (name) => versions.get(normal(name)) };
}

function pyproject(text: string): Manifest {
  const toml = readToml(text);
  const project = treeOf(toml.project);
  const tool = treeOf(toml.tool);
  const poetry = treeOf(tool.poetry);
  const lists = [
    project.dependencies,
    ...Object.values(treeOf(project['optional-dependencies'])),
    ...Object.values(treeOf(toml['dependency-groups'])),
    treeOf(tool.uv)['dev-dependencies'],
    ...Object.values(treeOf(treeOf(tool.pdm)['dev-dependencies'])),
  ];
  const tables = [
    poetry.dependencies,
    poetry['dev-dependencies'],
    ...Object.values(treeOf(poetry.group)).map((group) => treeOf(group).dependencies),
  ];
  return ranges(lists.flatMap(listOf).map(requirementOf), tables.flatMap(tableEntries));
}

function pipfile(text: string): Manifest {
  const toml = readToml(text);
  return ranges([toml.packages, toml['dev-packages']].flatMap(tableEntries));
}

/** `install_requires` and the extras: lines below a key, indented. */
function setupConfig(text: string): Manifest {
  const lines = text.split(/\r?\n/).map((line) => line.replace(/^\s*\w+\s*=(?!=)/, ''));
  return ranges(lines.map(requirementOf));
}

/** Every string literal that reads as a requirement with a range. */
function setupScript(text: string): Manifest {
  const strings = [...text.matchAll(/(["'])((?:(?!\1)[^\\\n])+)\1/g)].map(([, , content]) => content);
  return ranges(strings.map(requirementOf));
}

async function requirements(text: string, read: (name: string) => Promise<string | undefined>): Promise<Manifest> {
  const lines = text.split(/\r?\n/);
  const included = lines.map((line) => /^\s*(?:-r|--requirement|-c|--constraint)[\s=]+(\S+)/.exec(line)?.[1]);
  for (const name of included) if (name) lines.push(...((await read(name)) ?? '').split(/\r?\n/));
  return ranges(lines.map(requirementOf));
}

/** conda's list, and pip's list in it. */
function environment(text: string): Manifest {
  const dependencies = yamlAt(readYaml(text), 'dependencies');
  return ranges(scalars(dependencies).map((line) => requirementOf(line.replace(/^[\w-]+::/, ''))));
}

function scalars(yaml: Yaml | undefined): readonly string[] {
  if (yaml === undefined) return [];
  if (typeof yaml === 'string') return [yaml];
  if ('pairs' in yaml) return [...yaml.pairs.values()].flatMap(scalars);
  return yaml.flatMap(scalars);
}

type Requirement = readonly [name: string, range: string];

/** `openai[extra] >=1.0,<2 ; marker  # comment` → its name and range. */
function requirementOf(line: unknown): Requirement | undefined {
  if (typeof line !== 'string') return undefined;
  const match = /^\s*([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*\(?([<>=!~^][^;#)]*)?/.exec(line);
  return match?.[1] ? [normal(match[1]), match[2]?.trim() ?? ''] : undefined;
}

/** Poetry's and Pipenv's tables: `openai = "^1.0"`, `openai = { version = "^1.0" }`. */
function tableEntries(table: unknown): readonly Requirement[] {
  return Object.entries(treeOf(table)).flatMap(([name, value]): Requirement[] => {
    const range = typeof value === 'string' ? value : treeOf(value).version;
    return [[normal(name), typeof range === 'string' ? range : '']];
  });
}

/** The first range counts: what is asked for always stands before what is asked for in extras. */
function ranges(...lists: readonly (readonly (Requirement | undefined)[])[]): Manifest {
  const found = new Map<string, string>();
  for (const requirement of lists.flat()) {
    if (requirement && !found.get(requirement[0])) found.set(...requirement);
  }
  return { range: (name) => found.get(normal(name)) };
}
