/** Finds the calls that send a request to a model provider. */
import { type ArgumentPattern, type Catalogue, type Method, type Sdk, thisMachine } from './catalogue.ts';
import { namesInside } from './clients.ts';
import type { Call, Expr } from './facts.ts';
import type { ClientMeaning, Meaning } from './meaning.ts';
import { argument, retriesOf } from './options.ts';
import type { CallPlace, Place, Program } from './program.ts';
import { handedMethods } from './references.ts';
import type { Resolver } from './resolve.ts';
import { type Given, urlReader } from './urls.ts';
import type { Client, Request } from './verdict.ts';

export interface Found {
  readonly request: Request;
  /** Where the request leaves. */
  readonly place: CallPlace;
  /** The caller that makes it a provider's request, where a helper sends what it is given. */
  readonly given?: Given;
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
  const lastNames = new Set(sdks.flatMap((sdk) => [...lastNamesOf(sdk)]));
  const found: Found[] = [];
  const methodNames = new Set([...lastNames, ...aliases(program, lastNames)]);
  for (const place of [...program.calls, ...handedMethods(program, methodNames)]) {
    const { callee } = place.call;
    if (callee.k !== 'attr' && callee.k !== 'name') continue;
    // A bare name may be an alias: `ask = client.responses.create`, `from litellm import completion as ask`.
    if (callee.k === 'attr' && !methodNames.has(callee.name)) continue;
    const hit = recognise(place, resolver, sdks, versions);
    if (!hit || hit.sdk.local?.some((one) => matches(one, place, resolver))) continue;
    const sdk = inForce(hit.sdk, place, resolver, versions);
    found.push({ place, request: describe(place, { ...hit, sdk }, resolver, text) });
  }
  return found;
}

const lastNamesKnown = new WeakMap<Sdk, ReadonlySet<string>>();

/** What an SDK's methods are called, without the way to them. */
function lastNamesOf(sdk: Sdk): ReadonlySet<string> {
  const names = lastNamesKnown.get(sdk) ?? new Set([...sdk.methods.keys()].map((path) => path.split('.').at(-1)!));
  lastNamesKnown.set(sdk, names);
  return names;
}

/** Attributes that hold a method: `self.ask = client.responses.create`. */
function aliases({ fields, attributes }: Program, methods: ReadonlySet<string>): readonly string[] {
  const holders = [...attributes, ...[...fields.values()].flatMap((own) => [...own])];
  const isMethod = (expr: Expr): boolean =>
    expr.k === 'either' ? expr.of.some(isMethod) : expr.k === 'attr' && methods.has(expr.name);
  return holders.flatMap(([name, held]) => (held.some(({ value }) => value && isMethod(value)) ? [name] : []));
}

/** Which of an SDK's shapes a request meets, by the version in use and by its arguments. */
function inForce(sdk: Sdk, place: CallPlace, resolver: Resolver, versions: Versions): Sdk {
  const major = Number.parseInt(versions.get(sdk.packageName) ?? '', 10);
  const applies = sdk.variants?.find(({ when }) =>
    'below' in when ? major < when.below : matches(when, place, resolver),
  );
  return applies?.sdk ?? sdk;
}

function matches({ argument: name, matches: pattern }: ArgumentPattern, place: CallPlace, resolver: Resolver): boolean {
  const { value, place: from } = argument(place.call, name, resolver, place);
  const meanings = value ? resolver.meanings(value, from ?? place) : [];
  return meanings.length > 0 && meanings.every((one) => pattern.test(textOf(one)));
}

function textOf(meaning: Meaning): string {
  if (meaning.k === 'literal') return meaning.expr.k === 'lit' ? String(meaning.expr.value) : '';
  return (meaning.k === 'export' ? meaning.module : meaning.k === 'result' ? meaning.of.module : '') ?? '';
}

/** A call recognised, and how. */
export interface Hit {
  readonly sdk: Sdk;
  readonly path: string;
  readonly method: Method;
  readonly known: Client['known'];
  readonly meaning?: ClientMeaning;
  /** The expression that stands for the client. */
  readonly root: Expr;
  /** Deriving calls (`with_options(…)`), and where each stands. */
  readonly derived: readonly { readonly call: Call; readonly program: Program }[];
}

function recognise(place: CallPlace, resolver: Resolver, sdks: readonly Sdk[], versions: Versions): Hit | undefined {
  const { callee } = place.call;
  const meanings = resolver.meanings(callee, place);
  for (const meaning of meanings) {
    if (meaning.k === 'client') {
      const { sdk } = meaning;
      const path = visible(sdk, meaning.names);
      const method = sdk.methods.get(path);
      if (!method || isLocal(meaning, resolver)) continue;
      const { root, derived } = clientExpr(callee, sdk, path);
      const own = derived.filter((call) => !meaning.derived.some((one) => one.call === call));
      const all = [...meaning.derived, ...own.map((call) => ({ call, program: place.program }))];
      return { sdk, path, method, known: 'instance', meaning, root, derived: all };
    }
    if (meaning.k !== 'export') continue;
    for (const sdk of sdks) {
      const names = sdk.moduleIsClient ? namesInside(sdk, meaning.module, meaning.path) : undefined;
      const path = names && visible(sdk, names);
      const method = path === undefined ? undefined : sdk.methods.get(path);
      if (path !== undefined && method)
        return { sdk, path, method, known: 'module', root: clientExpr(callee, sdk, path).root, derived: [] };
    }
  }
  return callee.k === 'attr' && meanings.every(open) ? byShape(place, resolver, sdks, versions) : undefined;
}

/** Whether the client speaks to this machine, where no provider counts requests. */
function isLocal({ sdk, made, derived }: ClientMeaning, resolver: Resolver): boolean {
  return [...derived, ...(made ? [made] : [])].some(({ call, program }) => {
    const place: Place = { program, fn: 0, around: undefined };
    const { value, place: from } = sdk.baseUrl ? argument(call, sdk.baseUrl, resolver, place) : {};
    // An address from the environment with one of this machine to fall back on is such a client's as well.
    return (
      value !== undefined &&
      urlReader(resolver)
        .texts(value, from ?? place)
        .some((text) => thisMachine.test(text))
    );
  });
}

/** A meaning that leaves room for a client: nothing certain is known of it, and no foreign package made it. */
export function open(meaning: Meaning): boolean {
  if (meaning.k === 'unknown' || meaning.k === 'param') return true;
  const module = meaning.k === 'export' ? meaning.module : meaning.k === 'result' ? meaning.of.module : undefined;
  return module !== undefined && !isForeign(module) && (isProjects(module) || isWrapper(module));
}

/** A module of the program itself, as far as its name tells. */
function isProjects(module: string): boolean {
  if (/^(\.|@\/|~\/|#|src[/.]|app[/.]|lib\/)/.test(module)) return true;
  return /(^|[./_])(client|llm|openai|ai|util|helper|config|setting|core|common|api|service|model)s?($|[./_])/i.test(
    module,
  );
}

/** Packages whose clients look like an SDK's and speak to nobody's paid API. */
function isForeign(module: string): boolean {
  return /^(g4f|ollama|llama_cpp|vllm|gpt4all)\b/.test(module);
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
    for (let from = 0; from < names.length; from++) {
      const path = visible(sdk, names.slice(from));
      const method = sdk.methods.get(path);
      if (method && (isModule(root, sdk, from) || telling(path, place.call, resolver, place)))
        owners.push({ sdk, path, method });
    }
  }
  const owner = owners.find(({ sdk }) => versions.has(sdk.packageName)) ?? owners[0];
  if (!owner) return undefined;
  const { root: client, derived } = clientExpr(place.call.callee, owner.sdk, owner.path);
  const own = derived.map((call) => ({ call, program: place.program }));
  return { ...owner, known: 'shape', root: client, derived: own };
}

/** A name that nothing in the file binds and that is the SDK's module: who runs the code has put it there. */
function isModule(root: Expr, sdk: Sdk, from: number): boolean {
  if (root.k !== 'name' || root.var !== undefined || from > 0) return false;
  return sdk.language === 'python' && sdk.moduleIsClient && sdk.modules.includes(root.name);
}

function telling(path: string, call: Call, resolver: Resolver, place: Place): boolean {
  const given = (key: string) => argument(call, key, resolver, place).value !== undefined;
  if (/(^|\.)chat\.completions\.(create|parse|stream)$/.test(path)) return true;
  if (/^(responses|embeddings|completions|moderations)\.(create|parse|stream)$/.test(path)) {
    return given('model') && (given('input') || given('prompt'));
  }
  if (/^images\.(generate|edit)$/.test(path)) return given('prompt') && (given('model') || given('size'));
  if (/^audio\.(transcriptions|translations|speech)\.create$/.test(path)) return given('model');
  if (/^messages\.(create|stream)$/.test(path)) return given('max_tokens');
  if (/^models\.(generateContent|generate_content)(Stream|_stream)?$/.test(path))
    return given('model') && given('contents');
  if (/^(converse|invoke_model)(_\w+)?$/.test(path)) return given('modelId');
  return path.startsWith('beta.threads.runs.') || path === 'ChatCompletion.create';
}

/** The path without the segments that only change how the answer is delivered. */
export function visible(sdk: Sdk, names: readonly string[]): string {
  return names.filter((name) => !sdk.transparent.includes(name)).join('.');
}

/** The client's expression below the callee, and the deriving calls written between it and the path. */
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

function describe(place: CallPlace, hit: Hit, resolver: Resolver, text: string): Request {
  const { call } = place;
  const { sdk, path, method, meaning, root } = hit;
  const { at } = call.callee;
  const made = meaning?.made;
  const client: Client = {
    at: root.at,
    known: hit.known,
    ...(made && made.program === place.program && { construction: made.call }),
    retries: retriesOf(place, hit, resolver),
  };
  return {
    call,
    at,
    // A client made on the spot may be given a key, which is nobody's to read.
    text: text
      .slice(at.start, at.end)
      .replace(/\s+/g, '')
      .replace(/(['"`])(?:(?!\1).){16,}\1/g, '$1…$1'),
    fn: place.fn,
    sdk,
    path,
    method,
    client,
    streams: method.shape === 'stream' || streamAsked(call, resolver, place),
    async: isAsync(place, hit),
  };
}

function isAsync(place: Place, { sdk, path, method, meaning }: Hit): boolean {
  if (
    method.async ||
    sdk.language === 'typescript' ||
    /^a[a-z]/.test(
      path
        .split('.')
        .at(-1)!
        .replace(/^(accept|activate|archive)$/, ''),
    )
  )
    return true;
  return meaning?.cls.async ?? (place.around?.k === 'expr' && place.around.node.k === 'await');
}

function streamAsked(call: Call, resolver: Resolver, place: Place): boolean {
  const given = argument(call, 'stream', resolver, place).value;
  return given !== undefined && resolver.constant(given, place) === true;
}
