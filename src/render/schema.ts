/** The settings as JSON schemas: the editor's `contributes.configuration` and that of `.rate-limit-guide.json`. */
import type { Rule } from '../core/rule.ts';
import { type Field, type FieldKind, fields, ruleLevels } from './fields.ts';

export type Schema = Readonly<Record<string, unknown>>;
type RuleWords = Pick<Rule, 'id' | 'summary' | 'severity'>;

/** The settings' groups in the editor, by the beginning of their keys; what begins otherwise belongs to the first. */
const groups: readonly { readonly title: string; readonly keys: readonly string[] }[] = [
  { title: 'Analysis', keys: [] },
  { title: 'Rules', keys: ['preset', 'rules'] },
  { title: 'Repairs', keys: ['retry', 'throttle'] },
  { title: 'Workspace', keys: ['scan', 'exclude', 'tests'] },
];

/** The value of `contributes.configuration` in package.json. */
export function editorConfiguration(rules: readonly RuleWords[]): readonly Schema[] {
  const groupOf = ({ key }: Field) => groups.find(({ keys }) => keys.includes(key.split('.')[0]!)) ?? groups[0]!;
  return groups.map((group, order) => ({
    order,
    title: `%settings.${group.title.toLowerCase()}%`,
    properties: properties(
      fields.filter((field) => groupOf(field) === group),
      rules,
    ),
  }));
}

/** The settings' English words in package.nls.json, by the keys that package.json names. */
export function editorWords(): Readonly<Record<string, string>> {
  return Object.fromEntries([
    ...groups.map(({ title }) => [`settings.${title.toLowerCase()}`, title]),
    ...fields.flatMap((field) => [[settingKey(field), field.words], ...choiceWords(field)]),
  ]);
}

function choiceWords(field: Field): readonly (readonly [string, string])[] {
  const { kind } = field;
  return kind.k === 'choice'
    ? kind.of.map((choice, index) => [`${settingKey(field)}.${choice}`, kind.words[index]!] as const)
    : [];
}

function settingKey({ key }: Field): string {
  return `setting.${key}`;
}

function properties(own: readonly Field[], rules: readonly RuleWords[]): Schema {
  const entries = own.map((field, order) => [
    `rateLimitGuide.${field.key}`,
    {
      order,
      // A workspace folder may speak for itself, save on what concerns the whole window.
      scope: field.where === 'shared' ? 'resource' : 'window',
      markdownDescription: `%${settingKey(field)}%`,
      ...shape(field.kind, rules, 'markdown'),
      ...(field.kind.k === 'choice' && {
        enumDescriptions: field.kind.of.map((choice) => `%${settingKey(field)}.${choice}%`),
      }),
    },
  ]);
  return Object.fromEntries(entries);
}

/** The schema of `.rate-limit-guide.json`. */
export function configSchema(rules: readonly RuleWords[]): Schema {
  const shared = fields.filter((field) => field.where === 'shared');
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Rate Limit Guide',
    description: 'Settings of Rate Limit Guide for the editor and the command line.',
    type: 'object',
    additionalProperties: false,
    properties: { $schema: { type: 'string' }, ...nested(shared, rules) },
  };
}

function nested(shared: readonly Field[], rules: readonly RuleWords[]): Schema {
  const properties: Record<string, unknown> = {};
  for (const { key, kind, words } of shared) {
    const [head, ...rest] = key.split('.') as [string, ...string[]];
    if (rest.length === 0) {
      properties[head] = { description: plain(words), ...shape(kind, rules, 'plain') };
      continue;
    }
    properties[head] ??= {
      type: 'object',
      additionalProperties: false,
      properties: nested(
        shared
          .filter((field) => field.key.startsWith(`${head}.`))
          .map((field) => ({ ...field, key: field.key.slice(head.length + 1) })),
        rules,
      ),
    };
  }
  return properties;
}

function shape(kind: FieldKind, rules: readonly RuleWords[], words: 'markdown' | 'plain'): Schema {
  switch (kind.k) {
    case 'boolean':
      return { type: 'boolean', default: kind.default };
    case 'number': {
      const { default: value, min: minimum, max: maximum, whole } = kind;
      return { type: whole ? 'integer' : 'number', default: value, minimum, maximum };
    }
    case 'choice':
      return { type: 'string', default: kind.default, enum: kind.of, enumDescriptions: kind.words };
    case 'patterns':
      return { type: 'array', default: kind.default, items: { type: 'string' } };
    case 'rules': {
      const properties = rules.map(({ id, summary, severity }) => [
        id,
        {
          enum: ruleLevels,
          default: severity,
          ...(words === 'plain' ? { description: plain(summary) } : { markdownDescription: summary }),
        },
      ]);
      return {
        type: 'object',
        default: kind.default,
        additionalProperties: false,
        properties: Object.fromEntries(properties),
      };
    }
  }
}

/** Markdown without its code marks, for readers that show the text as it is. */
function plain(markdown: string): string {
  return markdown.replaceAll('`', '');
}
