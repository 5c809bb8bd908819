/** Finds the calls that send a request to a model provider, and what is known of the client they go through. */
import type { Catalogue, Method, Sdk } from './catalogue.ts';
import type { Call, Expr } from './facts.ts';
import type { CallPlace, Place, Program } from './program.ts';
import type { Meaning, Resolver } from './resolve.ts';
import type { Span } from './span.ts';
import type { Client, Request } from './verdict.ts';

export interface Found {
  readonly request: Request;
  readonly place: CallPlace;
}

/** Versions of SDK packages in force, by package name; absent where no manifest tells. */
export type Versions = ReadonlyMap<string, string>;

export function findRequests(
  program: Program,
  resolver: Resolver,
  catalogue: Catalogue,
  text: string,
  versions: Versions,
): readonly Found[] {
  const sdks = catalogue.sdks.filter((sdk) => sdk.language === program.facts.language);
  const lastNames = new Set(sdks.flatMap((sdk) => [...sdk.methods.keys()].map((path) => path.split('.').at(-1)!)));
  const found: Found[] = [];
  for (const place of program.calls) {
    const { callee } = place.call;
    if (callee.k !== 'attr' || !lastNames.has(callee.name)) continue;
    const hit = recognise(place, resolver, sdks, versions);
    if (!hit) continue;
    found.push({ place, request: describe(place, hit, program, resolver, text) });
  }
  return found;
}

interface Hit {
  readonly sdk: Sdk;
  readonly path: string;
  readonly method: Method;
  readonly known: Client['known'];
  readonly meaning?: Meaning & { readonly k: 'client' };
  /** The expression that stands for the client. */
  readonly root: Expr;
  readonly derived: readonly Call[];
}

function recognise(place: CallPlace, resolver: Resolver, sdks: readonly Sdk[], versions: Versions): Hit | undefined {
  const { callee } = place.call;
  const meanings = resolver.meanings(callee, place);
  for (const meaning of meanings) {
    if (meaning.k === 'client') {
      const path = visible(meaning.sdk, meaning.names);
      const method = meaning.sdk.methods.get(path);
      if (!method) continue;
      const { root, derived } = clientExpr(callee, meaning.sdk, path);
      return {
        sdk: meaning.sdk,
        path,
        method,
        known: 'instance',
        meaning,
        root,
        derived: unique([...meaning.derived, ...derived]),
      };
    }
    if (meaning.k === 'export') {
      for (const sdk of sdks) {
        if (!sdk.moduleIsClient || !sdk.modules.includes(meaning.module)) continue;
        const path = visible(sdk, meaning.path);
        const method = sdk.methods.get(path);
        if (!method) continue;
        const { root } = clientExpr(callee, sdk, path);
        return { sdk, path, method, known: 'module', root, derived: [] };
      }
    }
  }
  if (!meanings.every(open)) return undefined;
  return byShape(place, resolver, sdks, versions);
}

/** A meaning that leaves room for a client: nothing certain is known of it, and no foreign package made it. */
function open(meaning: Meaning): boolean {
  if (meaning.k === 'unknown' || meaning.k === 'param') return true;
  const module = meaning.k === 'export' ? meaning.module : meaning.k === 'result' ? meaning.of.module : undefined;
  return module !== undefined && (isProjects(module) || isWrapper(module));
}

/** A module of the program itself, as far as its name tells. */
function isProjects(module: string): boolean {
  return (
    /^(\.|@\/|~\/|#|src\/|src\.|app\.|lib\/)/.test(module) ||
    /(^|[./_])(client|llm|openai|ai|utils?|helpers?|config|settings|core|common|api|services?|models?)s?($|[./_])/i.test(
      module,
    )
  );
}

/** Packages that hand out the client they were given, with something added. */
function isWrapper(module: string): boolean {
  return /^(langsmith|langfuse|braintrust|helicone|wandb|weave|agentops|posthog|opik|phoenix|traceloop)\b/.test(module);
}

/** A path so telling that only an SDK of the catalogue has it; the receiver is unknown. */
function byShape(place: CallPlace, resolver: Resolver, sdks: readonly Sdk[], versions: Versions): Hit | undefined {
  const names: string[] = [];
  let root: Expr = place.call.callee;
  while (root.k === 'attr') {
    names.unshift(root.name);
    root = root.of;
  }
  const owners: { sdk: Sdk; path: string; method: Method }[] = [];
  for (const sdk of sdks) {
    if (sdk.retry.option === undefined && !sdk.moduleIsClient) continue;
    // The receiver is at least one name: `chat.completions.create` alone could be anything.
    for (
      let from =
        root.k === 'name' || root.k === 'self' || root.k === 'call' || root.k === 'index' || root.k === 'await' ? 0 : 1;
      from < names.length;
      from++
    ) {
      const path = visible(sdk, names.slice(from));
      const method = sdk.methods.get(path);
      if (method && telling(path, place.call, resolver, place)) owners.push({ sdk, path, method });
    }
  }
  const owner = owners.find(({ sdk }) => versions.has(sdk.packageName)) ?? owners[0];
  if (!owner) return undefined;
  const { root: client, derived } = clientExpr(place.call.callee, owner.sdk, owner.path);
  return { ...owner, known: 'shape', root: client, derived };
}

function telling(path: string, call: Call, resolver: Resolver, place: Place): boolean {
  const given = (key: string) => hasArgument(call, key, resolver, place);
  if (/(^|\.)chat\.completions\.(create|parse|stream)$/.test(path)) return true;
  if (/^(responses|embeddings|completions|moderations)\.(create|parse|stream)$/.test(path))
    return given('model') && (given('input') || given('prompt'));
  if (/^images\.(generate|edit)$/.test(path)) return given('prompt') && (given('model') || given('size'));
  if (/^audio\.(transcriptions|translations|speech)\.create$/.test(path)) return given('model');
  if (/^messages\.(create|stream)$/.test(path)) return given('max_tokens');
  return path.startsWith('beta.threads.runs.') || path === 'ChatCompletion.create';
}

function hasArgument(call: Call, key: string, resolver: Resolver, place: Place): boolean {
  return call.args.some(
    (arg) =>
      arg.name === key ||
      (!arg.name &&
        !arg.spread &&
        arg.value.k === 'object' &&
        resolver.entry(arg.value, key, place).value !== undefined),
  );
}

/** The path without the segments that only change how the answer is delivered. */
function visible(sdk: Sdk, names: readonly string[]): string {
  return names.filter((name) => !sdk.transparent.includes(name)).join('.');
}

/** The client's expression below the callee, and the deriving calls (`with_options(…)`) written between it and the path. */
function clientExpr(callee: Expr, sdk: Sdk, path: string): { root: Expr; derived: readonly Call[] } {
  let left = path.split('.').length;
  let root = callee;
  const derived: Call[] = [];
  for (;;) {
    if (root.k === 'attr' && (left > 0 || sdk.transparent.includes(root.name))) {
      if (!sdk.transparent.includes(root.name)) left--;
      root = root.of;
    } else if (root.k === 'call' && root.callee.k === 'attr' && sdk.derive.includes(root.callee.name)) {
      derived.unshift(root);
      root = root.callee.of;
    } else return { root, derived };
  }
}

function unique<T>(list: readonly T[]): readonly T[] {
  return [...new Set(list)];
}

function describe(place: CallPlace, hit: Hit, program: Program, resolver: Resolver, text: string): Request {
  const { call } = place;
  const { sdk, path, method, meaning, root } = hit;
  const at: Span = { start: start(call.callee), end: call.callee.at.end };
  const made = meaning?.made;
  const retries = retriesOf(place, hit, program, resolver);
  const client: Client = { at: root.at, known: hit.known, ...(made && { construction: made }), retries };
  const isAsync =
    sdk.language === 'typescript' ||
    (meaning?.cls.async ?? awaited(place)) ||
    /^a(create|transcribe|translate)/.test(path.split('.').at(-1)!);
  return {
    call,
    at,
    text: text.slice(at.start, at.end).replace(/\s+/g, ''),
    fn: place.fn,
    sdk,
    path,
    method,
    client,
    streams: method.shape === 'stream' || streamAsked(call, resolver, place),
    async: isAsync,
  };
}

/** Where a callee begins to be worth underlining: `new OpenAI().chat…` from its first letter on. */
function start(callee: Expr): number {
  return callee.at.start;
}

function awaited(place: CallPlace): boolean {
  return place.around?.k === 'expr' && place.around.node.k === 'await';
}

function streamAsked(call: Call, resolver: Resolver, place: Place): boolean {
  const given = argument(call, 'stream', resolver, place).value;
  return given !== undefined && resolver.constant(given, place) === true;
}

/** An argument by name: a keyword (Python), or a property of an options object. */
function argument(
  call: Call,
  key: string,
  resolver: Resolver,
  place: Place,
  position?: number,
): { value?: Expr; open: boolean } {
  let open = false;
  for (const [at, arg] of call.args.entries()) {
    if (arg.name === key) return { value: arg.value, open: false };
    if (arg.name !== undefined) continue;
    if (arg.spread === 'list') open = true;
    else if (arg.spread === 'dict' || (position ?? at) === at) {
      const found = resolver.entry(arg.value, key, place);
      if (found.value) return found;
      open ||= found.open && (arg.spread === 'dict' || position !== undefined);
    }
  }
  return { open };
}

/** The SDK retries in force for a request: at the call, else at a derived client, else where the client is made, else the module's switch. */
function retriesOf(place: CallPlace, hit: Hit, program: Program, resolver: Resolver): Client['retries'] {
  const { option, perCall } = hit.sdk.retry;
  if (option === undefined) return { k: 'default' };
  const read = (call: Call, position: number | undefined): Client['retries'] | undefined => {
    const { value } = argument(call, option, resolver, place, position);
    if (!value) return undefined;
    const count = resolver.constant(value, place);
    return typeof count === 'number' ? { k: 'set', count, at: value } : { k: 'unknown' };
  };
  if (perCall === 'secondArgument') {
    const own = read(place.call, 1);
    if (own) return own;
  }
  for (const derived of hit.derived.toReversed()) {
    const own = read(derived, 0);
    if (own) return own;
  }
  const made = hit.meaning?.made && read(hit.meaning.made, undefined);
  if (made) return made;
  for (const binding of program.attributes.get(option) ?? []) {
    // `openai.max_retries = 10`, `client.maxRetries = 10`
    const same = resolver
      .meanings(binding.of, binding)
      .some(
        (one) =>
          (one.k === 'export' &&
            hit.known === 'module' &&
            hit.sdk.modules.includes(one.module) &&
            one.path.length === 0) ||
          (one.k === 'client' && one.made !== undefined && one.made === hit.meaning?.made),
      );
    if (!same || !binding.value) continue;
    const count = resolver.constant(binding.value, binding);
    return typeof count === 'number' ? { k: 'set', count, at: binding.value } : { k: 'unknown' };
  }
  return { k: 'default' };
}
