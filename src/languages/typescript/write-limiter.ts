/** What can bound how many functions run at once: a library of the project, or a small helper in the file. */
import type { Edit } from '../../core/edit.ts';
import type { Surroundings } from '../../core/editor.ts';
import type { Node, Tree } from '../syntax.ts';
import { type Helper, helperFile } from './write-helper.ts';
import { importFrom, moduleSystemOf } from './write-module-import.ts';
import type { Dialect, Style } from './write-style.ts';

export interface Limiter {
  /** The library's name. */
  readonly name?: string;
  /** The expression that makes it, before and behind the number. */
  readonly make: readonly [string, string];
  /** Names for it, best first. */
  readonly wishes: readonly string[];
  /** The method that is handed a function, where it isn't called itself. */
  readonly method?: string;
  /** What is handed over behind the function. */
  readonly options?: string;
  readonly edits: readonly Edit[];
  readonly helpers: readonly Helper[];
}

interface LimiterPackage extends Pick<Limiter, 'method' | 'options' | 'wishes'> {
  readonly name: string;
  /** Name of its default export. */
  readonly local: string;
  readonly make: (local: string) => readonly [string, string];
  /** First and last major version that is used so. */
  readonly since?: number;
  readonly until?: number;
  /** The first major version that CommonJS can't load. */
  readonly esOnly?: number;
  readonly typed?: boolean;
}

const pQueue: LimiterPackage = {
  name: 'p-queue',
  local: 'PQueue',
  make: (local) => [`new ${local}({ concurrency: `, ' })'],
  wishes: ['queue', 'requestQueue'],
  method: 'add',
  esOnly: 7,
};

/** In the order of preference. */
const packages: readonly LimiterPackage[] = [
  {
    name: 'p-limit',
    local: 'pLimit',
    make: (local) => [`${local}(`, ')'],
    wishes: ['limit', 'limitRequests'],
    esOnly: 4,
  },
  { ...pQueue, since: 9 },
  // There the type of what comes out has `void`, unless a timeout throws.
  { ...pQueue, since: 7, until: 8, typed: true, options: ', { throwOnTimeout: true }' },
  { ...pQueue, since: 7, until: 8, typed: false },
  {
    name: 'bottleneck',
    local: 'Bottleneck',
    make: (local) => [`new ${local}({ maxConcurrent: `, ' })'],
    wishes: ['limiter', 'requestLimiter'],
    method: 'schedule',
  },
];

/** The first of the project's limiters that this file can load, else the helper. */
export function limiterFor(
  tree: Tree,
  dialect: Dialect,
  { packages: named, path }: Surroundings,
  style: Style,
  at: Node,
): Limiter {
  const system = moduleSystemOf(tree, path);
  const found = packages.find(({ name, since = 0, until = Number.POSITIVE_INFINITY, esOnly, typed }) => {
    const version = named.get(name);
    if (version === undefined || (typed !== undefined && typed !== (dialect === 'typescript'))) return false;
    const major = Number(/\d+/.exec(version)?.[0] ?? Number.NaN);
    if (Number.isNaN(major)) return since === 0 && !(system === 'commonjs' && esOnly !== undefined);
    return (
      major >= since && major <= until && !(system === 'commonjs' && major >= (esOnly ?? Number.POSITIVE_INFINITY))
    );
  });
  if (!found) return ownLimiter(tree, dialect, at);
  const { name, local, make, wishes, method, options } = found;
  const { names, edits } = importFrom(tree, path, [{ module: name, name: 'default', wishes: [local] }], style);
  return {
    name,
    make: make(names[0]!),
    wishes,
    edits,
    helpers: [],
    ...(method !== undefined && { method }),
    ...(options !== undefined && { options }),
  };
}

function ownLimiter(tree: Tree, dialect: Dialect, at: Node): Limiter {
  const helper = limitHelper(tree, dialect, at);
  return { make: [`${helper.name}(`, ')'], wishes: ['limit', 'limitRequests'], edits: [], helpers: [helper] };
}

function limitHelper(tree: Tree, dialect: Dialect, at: Node): Helper {
  const file = helperFile(tree, dialect, at);
  const known = file.known(1, (text) => /waiting\.shift\(\)/.test(text) && text.includes('await task()'));
  if (known) return known;
  const name = file.free(['limitConcurrency', 'limitRequestConcurrency']);
  const typed = dialect === 'typescript';
  const promise = file.global('Promise');
  return {
    name,
    lines: [
      '/** Gives a function that runs others, at most `count` of them at once. */',
      `function ${name}(count${typed ? ': number' : ''}) {`,
      `  const waiting${typed ? ': (() => void)[]' : ''} = [];`,
      '  let free = count;',
      ...(typed
        ? ['  return async function run<T>(task: () => PromiseLike<T> | T): Promise<T> {']
        : ['  return async function run(task) {']),
      '    if (free > 0) free--;',
      `    else await new ${promise}${typed ? '<void>' : ''}((resolve) => waiting.push(resolve));`,
      '    try {',
      '      return await task();',
      '    } finally {',
      '      // The place goes to the one that has waited longest.',
      '      const next = waiting.shift();',
      '      if (next) next();',
      '      else free++;',
      '    }',
      '  };',
      '}',
    ],
  };
}
