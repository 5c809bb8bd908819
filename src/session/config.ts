/** Reads settings: the editor's, and those of the nearest `.rate-limit-guide.json`. What is wrong is told and left out; the rest holds. */
import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import type { Settings } from '../core/settings.ts';
import { bom, lineMap } from '../core/span.ts';
import { expectation, type Field, fields, isRecord, ruleLevels, valueAt } from '../render/fields.ts';
import { suggestion } from '../render/nearest.ts';
import type { Host } from './host.ts';

export const configName = '.rate-limit-guide.json';

export interface SettingProblem {
  /** The dotted key, or `''` where the text as a whole can't be read. */
  readonly key: string;
  readonly message: string;
}

export interface Merged {
  readonly settings: Settings;
  readonly problems: readonly SettingProblem[];
}

export interface Config {
  readonly path: string;
  /** What the file says, as read; `mergeSettings` judges it. */
  readonly value: unknown;
  readonly problems: readonly SettingProblem[];
}

/** Lays `partial` over `base`. `ruleIds` are the rules there are; anything else under `rules` is a problem. */
export function mergeSettings(base: Settings, partial: unknown, ruleIds: readonly string[]): Merged {
  if (partial === undefined || partial === null) return { settings: base, problems: [] };
  if (!isRecord(partial)) return { settings: base, problems: [{ key: '', message: 'expected an object of settings' }] };
  const problems = unknownKeys(partial, '');
  let settings = base;
  for (const field of fields) {
    if (field.where !== 'shared') continue;
    const value = valueAt(partial, field.key);
    if (value === undefined) continue;
    if (field.kind.k === 'rules' && isRecord(value)) {
      const read = readRules(value, ruleIds);
      problems.push(...read.problems);
      settings = { ...settings, rules: { ...settings.rules, ...read.rules } };
    } else if (fits(field, value)) settings = set(settings, field.key, value);
    else problems.push({ key: field.key, message: `expected ${expectation(field.kind)}, found ${shown(value)}` });
  }
  return { settings, problems };
}

/** Parses a configuration file: JSON with comments and trailing commas. */
export function readConfig(path: string, text: string): Config {
  const errors: ParseError[] = [];
  const body = text.startsWith(bom) ? text.slice(1) : text;
  const value: unknown = parse(body, errors, { allowTrailingComma: true });
  const first = errors[0];
  if (!first) {
    const problems = isRecord(value) ? editorOnly(value) : [{ key: '', message: 'expected an object of settings' }];
    return { path, value: isRecord(value) ? value : {}, problems };
  }
  const { line, column } = lineMap(body).position(first.offset);
  const message = `line ${line + 1}, column ${column + 1}: ${words(printParseErrorCode(first.error))}`;
  return { path, value: isRecord(value) ? value : {}, problems: [{ key: '', message }] };
}

/** The nearest configuration file at or above `folder` (an absolute path with `/`), or undefined where there is none. */
export async function findConfig(host: Host, folder: string): Promise<Config | undefined> {
  for (let at = folder.replace(/\/+$/, ''); ; at = at.slice(0, at.lastIndexOf('/'))) {
    const path = `${at}/${configName}`;
    const bytes = await host.readFile(path);
    if (bytes) return readConfig(path, new TextDecoder().decode(bytes));
    if (!at.includes('/')) return undefined;
  }
}

/** One line for the log: which file, which key, what was expected. */
export function settingProblemLine({ key, message }: SettingProblem): string {
  return key === '' ? message : `“${key}”: ${message}`;
}

function readRules(value: Record<string, unknown>, ruleIds: readonly string[]) {
  const rules: Record<string, Settings['rules'][string]> = {};
  const problems: SettingProblem[] = [];
  for (const [id, level] of Object.entries(value)) {
    const key = `rules.${id}`;
    const known = ruleLevels.find((each) => each === level);
    if (!ruleIds.includes(id)) problems.push({ key, message: `there is no such rule.${suggestion(id, ruleIds)}` });
    else if (known === undefined) {
      problems.push({
        key,
        message: `expected ${ruleLevels.map((each) => `"${each}"`).join(' or ')}, found ${shown(level)}`,
      });
    } else rules[id] = known;
  }
  return { rules, problems };
}

function fits({ kind }: Field, value: unknown): boolean {
  switch (kind.k) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'number':
      return (
        typeof value === 'number' && value >= kind.min && value <= kind.max && (!kind.whole || Number.isInteger(value))
      );
    case 'choice':
      return typeof value === 'string' && kind.of.includes(value);
    case 'patterns':
      return Array.isArray(value) && value.every((each) => typeof each === 'string');
    case 'rules':
      return false;
  }
}

function set(settings: Settings, key: string, value: unknown): Settings {
  const [head, tail] = key.split('.') as [keyof Settings, string?];
  if (tail === undefined) return { ...settings, [head]: value };
  return { ...settings, [head]: { ...(settings[head] as object), [tail]: value } };
}

function unknownKeys(partial: Record<string, unknown>, prefix: string): SettingProblem[] {
  return Object.entries(partial).flatMap(([name, value]): SettingProblem[] => {
    const key = prefix + name;
    if (key === '$schema') return [];
    const field = fields.find((each) => each.key === key);
    if (field) return [];
    if (!fields.some((each) => each.key.startsWith(`${key}.`))) return [{ key, message: noSuchSetting(key) }];
    return isRecord(value)
      ? unknownKeys(value, `${key}.`)
      : [{ key, message: `expected an object, found ${shown(value)}` }];
  });
}

function noSuchSetting(key: string): string {
  const keys = fields.filter((field) => field.where === 'shared').map((field) => field.key);
  return `there is no such setting.${suggestion(key, keys)}`;
}

function editorOnly(value: unknown): SettingProblem[] {
  return fields
    .filter((field) => field.where === 'editor' && valueAt(value, field.key) !== undefined)
    .map(({ key }) => ({ key, message: 'this can be set in the editor only' }));
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

/** `CloseBraceExpected` → `close brace expected`. */
function words(code: string): string {
  return code.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
}
