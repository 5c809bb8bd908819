/** How a project's formatter lays out a file, as the configurations round it tell. */
import { parse as parseJson } from 'jsonc-parser';
import { parse as parseToml } from 'smol-toml';
import type { Format } from '../core/editor.ts';
import type { LanguageId } from '../core/facts.ts';
import type { Host } from './host.ts';
import { readYaml, yamlAt, yamlText } from './yaml.ts';

export interface Formats {
  /** For the file at `path`; what no configuration tells is absent. */
  of(path: string, language: LanguageId): Promise<Format>;
  /** Forgets what was read, after files changed on disk. */
  clear(): void;
}

type Formatter = NonNullable<Format['formatter']>;

/** One file name, and what its text says. Invariant: `read` never throws, whatever the text. */
interface Kind {
  readonly name: string;
  read(text: string, path: string): Format;
}

const defaultWidth: Record<Formatter, number> = { black: 88, ruff: 88, prettier: 80, biome: 80 };

/** One reader for a session. A folder's configurations are read once, until `clear`. */
export function createFormats(host: Host): Formats {
  const texts = new Map<string, Promise<string | undefined>>();
  const textOf = (path: string) => {
    const known = texts.get(path) ?? host.readFile(path).then((bytes) => bytes && new TextDecoder().decode(bytes));
    texts.set(path, known);
    return known.catch(() => undefined);
  };
  return {
    async of(path, language) {
      let formatter: Formatter | undefined;
      let own: Format = {};
      let general: number | undefined;
      for (let at = path.lastIndexOf('/'); at >= 0; at = path.lastIndexOf('/', at - 1)) {
        for (const { name, read } of kinds[language]) {
          const text = await textOf(path.slice(0, at + 1) + name);
          if (text === undefined) continue;
          const told = read(text, path);
          // The nearest configuration of a formatter counts; a width without one is the editor's.
          formatter ??= told.formatter;
          if (told.formatter === undefined) general ??= told.lineWidth;
          else if (told.formatter === formatter) own = { ...told, ...own };
        }
        if (at === 0) break;
      }
      const lineWidth =
        own.lineWidth ?? (readsEditorConfig(formatter) ? general : undefined) ?? (formatter && defaultWidth[formatter]);
      return { ...own, ...(lineWidth !== undefined && { lineWidth }) };
    },
    clear: () => texts.clear(),
  };
}

/** black and ruff take no width from `.editorconfig`. */
function readsEditorConfig(formatter: Formatter | undefined): boolean {
  return formatter === undefined || formatter === 'prettier' || formatter === 'biome';
}

const editorConfig: Kind = {
  name: '.editorconfig',
  read(text, path) {
    let applies = false;
    let width: number | undefined;
    for (const line of text.split(/\r?\n/)) {
      const section = /^\s*\[(.*)\]\s*$/.exec(line)?.[1];
      if (section !== undefined) applies = matches(section, path);
      const value = /^\s*max_line_length\s*=\s*(\d+)/i.exec(line)?.[1];
      if (applies && value !== undefined) width = Number(value);
    }
    return widthOf(width);
  },
};

const kinds: Record<LanguageId, readonly Kind[]> = {
  python: [
    {
      name: 'pyproject.toml',
      read(text) {
        const tool = at(toml(text), 'tool');
        const ruff = at(tool, 'ruff');
        const black = at(tool, 'black');
        if (black !== undefined) return told('black', at(black, 'line-length') ?? at(black, 'line_length'));
        return ruff === undefined ? {} : told('ruff', at(at(ruff, 'format'), 'line-length') ?? at(ruff, 'line-length'));
      },
    },
    { name: 'ruff.toml', read: (text) => told('ruff', at(toml(text), 'line-length')) },
    { name: '.ruff.toml', read: (text) => told('ruff', at(toml(text), 'line-length')) },
    {
      name: '.pre-commit-config.yaml',
      read(text) {
        if (/^\s*-?\s*id:\s*["']?black\b/m.test(text)) return { formatter: 'black' };
        return /^\s*-?\s*id:\s*["']?ruff-format\b/m.test(text) ? { formatter: 'ruff' } : {};
      },
    },
    editorConfig,
  ],
  typescript: [
    ...['.prettierrc', '.prettierrc.json', '.prettierrc.json5', '.prettierrc.yaml', '.prettierrc.yml'].map(
      (name): Kind => ({
        name,
        read(text) {
          if (/^\s*\{/.test(text)) return prettier(fieldsOf(parseJson(text, [], { allowTrailingComma: true })));
          const yaml = readYaml(text);
          return prettier((key) => yamlText(yamlAt(yaml, key)));
        },
      }),
    ),
    { name: '.prettierrc.toml', read: (text) => prettier(fieldsOf(toml(text))) },
    // A program says what it likes; what counts here stands there as numbers and strings nearly always.
    ...[
      '.prettierrc.js',
      '.prettierrc.cjs',
      '.prettierrc.mjs',
      'prettier.config.js',
      'prettier.config.cjs',
      'prettier.config.mjs',
    ].map(
      (name): Kind => ({
        name,
        read: (text) => prettier((key) => new RegExp(`\\b${key}\\b["']?\\s*:\\s*["']?(\\w+)`).exec(text)?.[1]),
      }),
    ),
    ...['biome.json', 'biome.jsonc'].map(
      (name): Kind => ({
        name,
        read(text) {
          const json = parseJson(text, [], { allowTrailingComma: true });
          const formatter = at(json, 'formatter');
          if (at(formatter, 'enabled') === false) return {};
          const own = fieldsOf(at(at(json, 'javascript'), 'formatter'));
          return {
            ...told('biome', own('lineWidth') ?? at(formatter, 'lineWidth')),
            ...manners(own('trailingCommas') ?? own('trailingComma'), own('arrowParentheses')),
          };
        },
      }),
    ),
    {
      name: 'package.json',
      read(text) {
        const json = parseJson(text, [], { allowTrailingComma: true });
        const own = at(json, 'prettier');
        if (own !== undefined) return prettier(fieldsOf(own));
        const packages = { ...record(at(json, 'devDependencies')), ...record(at(json, 'dependencies')) };
        if ('@biomejs/biome' in packages) return { formatter: 'biome' };
        return 'prettier' in packages ? { formatter: 'prettier' } : {};
      },
    },
    editorConfig,
  ],
};

function prettier(of: (key: string) => unknown): Format {
  return { ...told('prettier', Number(of('printWidth'))), ...manners(of('trailingComma'), of('arrowParens')) };
}

/** biome calls one of them by another name. */
function manners(commas: unknown, parentheses: unknown): Format {
  const arrows = parentheses === 'asNeeded' ? 'avoid' : parentheses;
  return {
    ...((commas === 'all' || commas === 'es5' || commas === 'none') && { trailingCommas: commas }),
    ...((arrows === 'always' || arrows === 'avoid') && { arrowParentheses: arrows }),
  };
}

function fieldsOf(value: unknown): (key: string) => unknown {
  return (key) => at(value, key);
}

function told(formatter: Formatter, width: unknown): Format {
  return { formatter, ...widthOf(width) };
}

function widthOf(width: unknown): Format {
  return typeof width === 'number' && Number.isInteger(width) && width > 0 ? { lineWidth: width } : {};
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function at(value: unknown, key: string): unknown {
  const object = record(value);
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function toml(text: string): unknown {
  try {
    return parseToml(text);
  } catch {
    return undefined;
  }
}

/** A section of `.editorconfig` speaks of file names by `*`, `?` and `{a,b}`; what is beyond that speaks of no file of ours. */
function matches(section: string, path: string): boolean {
  if (/[[\]!]/.test(section)) return false;
  const pattern = section
    .slice(section.lastIndexOf('/') + 1)
    .replace(/[.+^$()|\\]/g, '\\$&')
    .replaceAll('?', '.')
    .replaceAll('{', '(?:')
    .replaceAll('}', ')')
    .replaceAll(',', '|')
    .replace(/\*+/g, '.*');
  try {
    return new RegExp(`^${pattern}$`).test(path.slice(path.lastIndexOf('/') + 1));
  } catch {
    return false;
  }
}
