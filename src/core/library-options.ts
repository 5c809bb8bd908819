/** What a retry library has been told: how often, how long to wait, which errors. */
import type { ArgumentKey, RetryExport, RetryLibrary, RetryPart, WaitShape } from './catalogue.ts';
import type { Expr } from './facts.ts';
import type { LayerSource } from './layer-source.ts';
import { longestWaits } from './library-waits.ts';
import { argument } from './options.ts';
import { nameOf, type Place, within } from './program.ts';
import { quotaIn, strongest } from './quota-tests.ts';
import type { Resolver } from './resolve.ts';
import type { Attempts, Quota, Waits } from './retry-use.ts';

type LibrarySource = LayerSource & { k: 'library' };

export interface Told {
  readonly attempts: Attempts;
  readonly waits: Waits;
  readonly quota: Quota;
}

export function toldTo(source: LibrarySource, resolver: Resolver): Told {
  const options = optionsOf(source, resolver);
  const attempts = attemptsOf(options);
  const shape = waitsOf(options);
  const seconds = shape === 'unknown' ? undefined : secondsOf(options, attempts);
  const waits = shape !== 'unknown' && seconds !== undefined ? { ...shape, seconds } : shape;
  return { attempts, waits, quota: quotaOf(options) };
}

interface Options {
  readonly found: RetryExport;
  readonly library: RetryLibrary;
  readonly resolver: Resolver;
  /** The values of all arguments. */
  readonly all: readonly Expr[];
  readonly place: Place;
  get(key: ArgumentKey): { readonly value: Expr; readonly place: Place } | 'absent' | 'unknown';
}

function optionsOf({ call, found, library, place }: LibrarySource, resolver: Resolver): Options {
  const positional = call?.args.filter(({ name, spread }) => name === undefined && spread === undefined) ?? [];
  const isSpread = call?.args.some(({ spread }) => spread === 'list') ?? false;
  return {
    found,
    library,
    resolver,
    place,
    all: call?.args.map(({ value }) => value) ?? [],
    get(key) {
      if (!call) return 'absent';
      if (typeof key === 'number') {
        const given = positional[key];
        if (given) return { value: given.value, place };
        return isSpread ? 'unknown' : 'absent';
      }
      const [first = '', ...rest] = key.split('.');
      let one = argument(call, first, resolver, place);
      for (const inner of rest) if (one.value) one = resolver.entry(one.value, inner, one.place ?? place);
      if (one.value) return { value: one.value, place: one.place ?? place };
      // An options object that can't be seen may hold it.
      return one.open || hidesOptions(call.args, found, resolver, place) ? 'unknown' : 'absent';
    },
  };
}

/** Whether an argument that is no function may be an object of options from elsewhere. */
function hidesOptions(
  args: readonly { readonly value: Expr; readonly name?: string }[],
  { runs }: RetryExport,
  resolver: Resolver,
  place: Place,
): boolean {
  if (place.program.facts.language === 'python') return false;
  return args.some(({ value }, at) => {
    if (at === runs || value.k !== 'name') return false;
    return resolver.meanings(value, place).every(({ k }) => k === 'unknown' || k === 'param' || k === 'result');
  });
}

const endless = /(^|\.)(Infinity|POSITIVE_INFINITY|MAX_SAFE_INTEGER|inf|maxsize)$/;

function attemptsOf(options: Options): Attempts {
  const { found, resolver } = options;
  const { attempts, forever = [] } = found;
  if (!attempts) return 'unknown';
  for (const key of forever) {
    const given = options.get(key);
    if (typeof given === 'object' && resolver.constant(given.value, given.place) !== false) return 'unbounded';
  }
  for (const key of attempts.at) {
    const given = options.get(key);
    if (given === 'unknown') return 'unknown';
    // A number may stand where the options may.
    if (given === 'absent' || (typeof key === 'number' && given.value.k === 'object')) continue;
    const parts = partsIn(given.value, given.place, options);
    if (parts.some(({ part }) => part.k === 'never-stop')) return 'unbounded';
    const stops = parts.filter(({ part }) => part.k === 'stop');
    const counts = stops.flatMap(({ part, expr }) => {
      const at = part.k === 'stop' && part.attempts !== undefined ? part.attempts : undefined;
      const value = at === undefined || expr.k !== 'call' ? undefined : expr.args[at]?.value;
      const count = value && resolver.constant(value, given.place);
      return typeof count === 'number' ? [count] : [];
    });
    if (stops.length > 0) return counts.length > 0 ? Math.min(...counts) : 'unknown';
    const value = resolver.constant(given.value, given.place);
    if (value === null || endless.test(nameOf(given.value)) || (typeof value === 'number' && value < 0))
      return boundedByTime(options) ? 'unknown' : 'unbounded';
    return typeof value === 'number' ? counted(value, attempts.counts) : 'unknown';
  }
  if (Number.isFinite(attempts.default)) return counted(attempts.default, attempts.counts);
  return boundedByTime(options) || stopsOtherwise(options) ? 'unknown' : 'unbounded';
}

function counted(value: number, counts: 'attempts' | 'retries'): number {
  return counts === 'retries' ? value + 1 : value;
}

function boundedByTime({ found: { time }, get }: Options): boolean {
  return time !== undefined && (time.default !== undefined || time.at.some((key) => get(key) !== 'absent'));
}

/** A stop that stands elsewhere in the arguments: a schedule that is limited. */
function stopsOtherwise(options: Options): boolean {
  const { all, place, found } = options;
  if (found.wait?.sets === undefined) return false;
  return all.some((expr) => partsIn(expr, place, options).some(({ part }) => part.k === 'stop'));
}

const growths = ['told', 'growing', 'fixed', 'none'] as const;

function waitsOf(options: Options): Waits {
  const { found, resolver } = options;
  if (!found.wait) return 'unknown';
  const shapes: WaitShape[] = [];
  for (const [key, sets] of found.wait.sets ?? []) {
    const given = options.get(key);
    if (given === 'unknown') return 'unknown';
    if (given === 'absent') continue;
    const constant = resolver.constant(given.value, given.place);
    if (typeof sets === 'object') {
      // `backoff=1` multiplies by one, `delay=0` waits for nothing.
      const says = constant === 0 || (sets.growth === 'growing' && constant === 1) || isFixed(constant);
      if (!says) shapes.push(sets);
      continue;
    }
    if (typeof constant === 'number') {
      shapes.push({ growth: constant === 0 ? 'none' : 'fixed', jitter: false });
      continue;
    }
    const parts = partsIn(given.value, given.place, options);
    const waits = parts.flatMap(({ part }) => (part.k === 'wait' ? [part] : []));
    if (sets === 'opaque' || waits.length === 0) {
      // A stop may stand where a wait may: `Schedule.recurs(3)`.
      if (parts.some(({ part }) => part.k === 'stop')) continue;
      return 'unknown';
    }
    const jitters = parts.some(({ part }) => part.k === 'jitter');
    shapes.push(...waits.map(({ growth, jitter }) => ({ growth, jitter: jitter || jitters })));
  }
  const shape = shapes.length === 0 ? found.wait.default : combined(shapes);
  for (const key of found.wait.jitterAt ?? []) {
    const given = options.get(key);
    if (given === 'unknown') return 'unknown';
    if (given === 'absent') continue;
    const value = resolver.constant(given.value, given.place);
    const off = value === false || value === null || value === 0 || value === 'none';
    return { growth: shape.growth, jitter: !off && shape.growth !== 'none' };
  }
  return shape;
}

/** Seconds that all waits take together at most, where one part sets them. */
function secondsOf(options: Options, attempts: Attempts): number | undefined {
  const { found, resolver } = options;
  const parts = [...(found.wait?.sets?.keys() ?? [])].flatMap((key) => {
    const given = options.get(key);
    if (typeof given !== 'object') return [];
    return partsIn(given.value, given.place, options).map((one) => ({ ...one, place: given.place }));
  });
  const [only, ...others] = parts;
  if (only?.part.k !== 'wait' || !only.part.times || others.length > 0 || typeof attempts !== 'number')
    return undefined;
  return longestWaits(only.part.times, only.expr, attempts, (value) => resolver.constant(value, only.place));
}

function isFixed(value: unknown): boolean {
  return typeof value === 'string' && /^fixed$/i.test(value);
}

function combined(shapes: readonly WaitShape[]): WaitShape {
  const growth = growths.find((one) => shapes.some((shape) => shape.growth === one)) ?? 'none';
  return { growth, jitter: shapes.some((shape) => shape.jitter) };
}

function quotaOf({ all, found, resolver, place, get }: Options): Quota {
  if (found.catches === 'own' || found.catches === 'notPost') return 'unknown';
  const answers: Quota[] = [];
  const predicates = new Set(
    (found.on ?? []).flatMap((key) => {
      const given = get(key);
      return typeof given === 'object' ? [given.value] : [];
    }),
  );
  for (const value of [...all, ...predicates])
    answers.push(...predicateAnswers(value, place, resolver, predicates.has(value) ? 'decides' : 'may-decide', 0));
  return strongest(answers);
}

/** What the functions in an argument ask of the error; those of a policy that a variable holds, too. */
function predicateAnswers(
  value: Expr,
  place: Place,
  resolver: Resolver,
  role: 'decides' | 'may-decide',
  depth: number,
): readonly Quota[] {
  const names = [...within(value)].filter(({ k }) => k === 'fn' || k === 'name' || k === 'attr');
  return names.flatMap((one) =>
    resolver.meanings(one, place).flatMap((meaning): readonly Quota[] => {
      if (meaning.k === 'fn') {
        const { program, fn } = meaning;
        return [quotaIn(program.facts.fns[fn]!.body, 'any', { program, fn, around: undefined }, resolver, 0)];
      }
      if (meaning.k === 'result' && depth === 0)
        return meaning.call.args.flatMap((arg) => predicateAnswers(arg.value, place, resolver, role, 1));
      // Classes only say what is repeated; a function from elsewhere may ask for more.
      const isHidden =
        meaning.k === 'unknown' ||
        meaning.k === 'param' ||
        (one === value && meaning.k === 'export' && isFunctionName(meaning.path.at(-1)));
      return role === 'decides' && isHidden ? ['unknown'] : [];
    }),
  );
}

function isFunctionName(name: string | undefined): boolean {
  return name !== undefined && /^_*[a-z]/.test(name) && !/^(retry_|handle[A-Z]|or[A-Z])/.test(name);
}

/** The parts of a library's that an expression is made of, variables followed once. */
function partsIn(
  value: Expr,
  place: Place,
  { library, resolver }: Pick<Options, 'library' | 'resolver'>,
): readonly { readonly part: RetryPart; readonly expr: Expr }[] {
  const { parts } = library;
  if (!parts) return [];
  const found: { part: RetryPart; expr: Expr }[] = [];
  for (const one of within(value)) {
    if (one.k !== 'call' && one.k !== 'name' && one.k !== 'attr') continue;
    for (const meaning of resolver.meanings(one, place)) {
      const path = meaning.k === 'export' ? meaning : meaning.k === 'result' ? meaning.of : undefined;
      if (!path || !library.modules.some((module) => path.module === module || path.module.startsWith(`${module}.`)))
        continue;
      const part = parts.get(path.path.join('.')) ?? parts.get(path.path.at(-1) ?? '');
      const expr = meaning.k === 'result' ? meaning.call : one;
      // The name of a call's callee is the same part again.
      if (part && !found.some((other) => other.part === part && contains(other.expr, expr))) found.push({ part, expr });
    }
  }
  return found;
}

function contains(outer: Expr, inner: Expr): boolean {
  return outer.at.start <= inner.at.start && inner.at.end <= outer.at.end;
}
