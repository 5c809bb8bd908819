/** Every setting as data: where it stands, what it may hold, and its words. Reading, schemas and documentation come from here. */
import { defaultSettings, type Severity, severities } from '../core/settings.ts';

export type FieldKind =
  | { readonly k: 'boolean'; readonly default: boolean }
  | {
      readonly k: 'number';
      readonly default: number;
      readonly min: number;
      readonly max: number;
      readonly whole: boolean;
    }
  | {
      readonly k: 'choice';
      readonly default: string;
      readonly of: readonly string[];
      readonly words: readonly string[];
    }
  | { readonly k: 'patterns'; readonly default: readonly string[] }
  /** Rule id → severity, or `off`. */
  | { readonly k: 'rules'; readonly default: Readonly<Record<string, Severity | 'off'>> };

export interface Field {
  /** Dotted, without the prefix: `retry.maxAttempts`. */
  readonly key: string;
  readonly kind: FieldKind;
  /** What it does, in Markdown. */
  readonly words: string;
  /** `shared` ones also stand in `.rate-limit-guide.json`; `editor` ones make sense in an editor only. */
  readonly where: 'shared' | 'editor';
}

/** What a rule can be set to, mildest first. */
export const ruleLevels: readonly (Severity | 'off')[] = ['off', ...severities];

const { preset, rules, exclude, tests, retry, throttle } = defaultSettings;

export const fields: readonly Field[] = [
  {
    key: 'enable',
    where: 'editor',
    kind: { k: 'boolean', default: true },
    words: 'Looks for model-provider calls that an HTTP 429 would break.',
  },
  {
    key: 'run',
    where: 'editor',
    kind: {
      k: 'choice',
      default: 'onType',
      of: ['onType', 'onSave'],
      words: ['While you type.', 'When a file is opened or saved.'],
    },
    words: 'When a file is looked at.',
  },
  {
    key: 'preset',
    where: 'shared',
    kind: {
      k: 'choice',
      default: preset,
      of: ['recommended', 'strict'],
      words: [
        'What loses requests or never ends is a warning; what wastes them or may be meant is reported more mildly.',
        'Every finding is a warning at least, so that a check in continuous integration stops at each.',
      ],
    },
    words: 'The severities that hold where `rules` says nothing. `strict` suits a code base that is clean already.',
  },
  {
    key: 'rules',
    where: 'shared',
    kind: { k: 'rules', default: rules },
    words: 'The severity of a rule, by its id, or `off`: `{ "unprotected-call": "error", "dropped-request": "off" }`.',
  },
  {
    key: 'exclude',
    where: 'shared',
    kind: { k: 'patterns', default: exclude },
    words:
      'Files and folders that are left out, as patterns in the manner of `.gitignore`: `generated/`, `**/*_pb2.py`.',
  },
  {
    key: 'tests',
    where: 'shared',
    kind: { k: 'boolean', default: tests },
    words: 'Looks at tests and mocks too.',
  },
  {
    key: 'retry.maxAttempts',
    where: 'shared',
    kind: { k: 'number', default: retry.maxAttempts, min: 2, max: 100, whole: true },
    words:
      'How often a written retry sends a request at most, the first time included. `7` with the default waits outlasts a per-minute limit.',
  },
  {
    key: 'retry.baseSeconds',
    where: 'shared',
    kind: { k: 'number', default: retry.baseSeconds, min: 0.01, max: 600, whole: false },
    words: 'The upper bound of a written retry’s first wait in seconds; each further bound is twice as long.',
  },
  {
    key: 'retry.maxWaitSeconds',
    where: 'shared',
    kind: { k: 'number', default: retry.maxWaitSeconds, min: 0.01, max: 86400, whole: false },
    words: 'The longest single wait of a written retry in seconds.',
  },
  {
    key: 'retry.maxTotalSeconds',
    where: 'shared',
    kind: { k: 'number', default: retry.maxTotalSeconds, min: 0.01, max: 86400, whole: false },
    words:
      'How long a written retry waits in all, in seconds. When the provider asks for more, the error is raised at once.',
  },
  {
    key: 'throttle.concurrency',
    where: 'shared',
    kind: { k: 'number', default: throttle.concurrency, min: 1, max: 10000, whole: true },
    words:
      'How many requests of a loop or fan-out a written throttle lets run at once. With answers that take 2 s, `5` make about 150 requests a minute.',
  },
  {
    key: 'scan.enable',
    where: 'editor',
    kind: { k: 'boolean', default: true },
    words: 'Looks at the workspace’s other files too, not only at the open ones.',
  },
  {
    key: 'scan.maxFiles',
    where: 'editor',
    kind: { k: 'number', default: 20000, min: 1, max: 1000000, whole: true },
    words: 'How many files of the workspace are looked at at most.',
  },
];

/** The value under a dotted key, or undefined where the way there ends early. */
export function valueAt(object: unknown, key: string): unknown {
  let value = object;
  for (const part of key.split('.')) {
    if (!isRecord(value) || !Object.hasOwn(value, part)) return undefined;
    value = value[part];
  }
  return value;
}

/** What is expected in `kind`, as a problem says it. */
export function expectation(kind: FieldKind): string {
  switch (kind.k) {
    case 'boolean':
      return 'true or false';
    case 'number':
      return `a ${kind.whole ? 'whole number' : 'number'} from ${kind.min} to ${kind.max}`;
    case 'choice':
      return kind.of.map((choice) => `"${choice}"`).join(' or ');
    case 'patterns':
      return 'a list of patterns, each a string';
    case 'rules':
      return 'an object of rule ids';
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
