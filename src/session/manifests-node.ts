/** Manifests and lock files of npm, yarn, pnpm and bun. */
import type { Manifest, ManifestKind } from './manifests.ts';
import { readYaml, type Yaml, yamlAt, yamlText } from './yaml.ts';

/** Lock files first: of what one folder says, the first answer counts. */
export const nodeManifests: readonly ManifestKind[] = [
  { names: ['package-lock.json', 'npm-shrinkwrap.json', 'node_modules/.package-lock.json'], parse: npmLock },
  { names: ['yarn.lock'], parse: yarnLock },
  { names: ['pnpm-lock.yaml'], parse: pnpmLock },
  { names: ['bun.lock'], parse: bunLock },
  { names: ['package.json'], parse: packageJson },
];

const sections = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];

/** A JSON text as a tree to look into, or undefined. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The string at the end of a chain of own properties. */
function textAt(value: unknown, ...keys: readonly string[]): string | undefined {
  let at = value;
  for (const key of keys) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return typeof at === 'string' ? at : undefined;
}

function packageJson(text: string): Manifest {
  const json = readJson(text);
  return {
    range: (name) => sections.map((section) => textAt(json, section, name)).find((range) => range !== undefined),
  };
}

function npmLock(text: string): Manifest {
  const json = readJson(text);
  return {
    locked(name, from) {
      // A workspace may have a version of its own, below its folder.
      for (const folder of [...foldersOf(from), '']) {
        const version = textAt(json, 'packages', `${folder}node_modules/${name}`, 'version');
        if (version !== undefined) return version;
      }
      return textAt(json, 'dependencies', name, 'version');
    },
  };
}

/** `a/b/` → `a/b/`, `a/`. */
function foldersOf(from: string): readonly string[] {
  const parts = from.split('/').slice(0, -1);
  return parts.map((_, index) => `${parts.slice(0, parts.length - index).join('/')}/`);
}

/** Both generations: `openai@^4.0.0:` with `version "4.1.0"`, and `"openai@npm:^4.0.0":` with `version: 4.1.0`. */
function yarnLock(text: string): Manifest {
  const entry = /^(?!#)(\S.*):\r?\n(?:[ \t]+.*\r?\n)*?[ \t]+version:? "?([^"\s]+)"?/gm;
  const entries = [...text.matchAll(entry)].map(([, key = '', version = '']) => ({
    specifiers: key.split(',').map((part) => part.replaceAll('"', '').trim().replace(/@npm:/, '@')),
    version,
  }));
  return {
    locked(name, _from, range) {
      const own = entries.filter(({ specifiers }) => specifiers.some((specifier) => specifier.startsWith(`${name}@`)));
      const asked = own.find(({ specifiers }) => range !== undefined && specifiers.includes(`${name}@${range}`));
      return asked?.version ?? only(own.map(({ version }) => version));
    },
  };
}

function pnpmLock(text: string): Manifest {
  const yaml = readYaml(text);
  const importer = (root: Yaml | undefined, name: string) => {
    for (const section of sections) {
      const at = yamlAt(root, section, name);
      const version = yamlText(at) ?? yamlText(yamlAt(at, 'version'));
      // What stands behind the version is what its peers resolved to: `4.1.0(zod@3.25.0)`, `4.1.0_zod@3.25.0`.
      if (version !== undefined) return /^\d[^(_]*/.exec(version)?.[0];
    }
    return undefined;
  };
  return {
    locked(name, from) {
      for (const folder of foldersOf(from)) {
        const version = importer(yamlAt(yaml, 'importers', folder.slice(0, -1)), name);
        if (version !== undefined) return version;
      }
      return importer(yamlAt(yaml, 'importers', '.'), name) ?? importer(yaml, name);
    },
  };
}

/** JSON with trailing commas, one package a line: `"openai": ["openai@4.1.0", …`. */
function bunLock(text: string): Manifest {
  const versions = new Map<string, string>();
  for (const [, key = '', name, version = ''] of text.matchAll(/^\s*"([^"]+)": \["(@?[^@"]+)@(\d[^"]*)"/gm))
    if (key === name) versions.set(key, version);
  return { locked: (name) => versions.get(name) };
}

/** The value, where there is just one. */
function only(values: readonly string[]): string | undefined {
  return new Set(values).size === 1 ? values[0] : undefined;
}
