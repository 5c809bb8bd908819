/** Finds the requests that general HTTP clients send to model providers, by their address and by what they carry. */
import type { Catalogue, Endpoints, HttpCall, HttpClient, Method, Sdk } from './catalogue.ts';
import { namesInside } from './clients.ts';
import type { Call, Expr } from './facts.ts';
import { refusalOf, retriesOfHttp } from './http-options.ts';
import { nameOf } from './layers.ts';
import type { ClientMeaning, Meaning } from './meaning.ts';
import type { CallPlace, Place, Program } from './program.ts';
import type { Project } from './project.ts';
import { handedMethods } from './references.ts';
import type { Found } from './requests.ts';
import type { Resolver } from './resolve.ts';
import { argumentOf, type Given, type Urls, urlReader } from './urls.ts';
import { written } from './written.ts';

/** A call of an HTTP client. */
export interface HttpHit {
  readonly sdk: Sdk;
  readonly http: HttpClient;
  readonly shape: HttpCall;
  readonly client?: ClientMeaning;
}

/** What an address says: a provider's, another's, or nothing. */
type Target = { readonly plane: Method['plane']; readonly address: string } | 'other' | undefined;

/** Callers of one helper that are looked at for the address that it is given. */
const mostCallers = 30;

export function findHttpRequests(
  program: Program,
  project: Project,
  resolver: Resolver,
  catalogue: Catalogue,
  text: string,
): readonly Found[] {
  const sdks = catalogue.sdks.filter((sdk) => sdk.http && sdk.language === program.facts.language);
  const urls = urlReader(resolver);
  const names = new Set(sdks.flatMap((sdk) => namesOf(sdk.http!)));
  const found = new Map<Call, Found>();
  const add = (
    at: CallPlace,
    hit: HttpHit,
    sent: CallPlace,
    target: Exclude<Target, 'other' | undefined>,
    given?: Given,
  ) => {
    if (at.program === program && !found.has(at.call))
      found.set(at.call, describe({ at, hit, sent, target, ...(given && { given }) }, project, resolver, text));
  };
  for (const one of programsWithHelpers(program, project)) {
    for (const place of [...one.calls, ...handedMethods(one, names)]) {
      const hit = recognise(place, resolver, sdks, names);
      if (!hit || verbOf(hit, place, resolver) === 'other') continue;
      const target = targetOf(hit, place, resolver, urls);
      if (target === 'other') continue;
      if (target) {
        add(place, hit, place, target);
        continue;
      }
      const known = givenBy(place, resolver).map((given) => ({
        given,
        target: targetOf(hit, place, resolver, urls, given),
      }));
      for (const { given, target: asked } of known) {
        const { call, place: at } = given.caller;
        if (asked && asked !== 'other') add({ ...at, call }, hit, place, asked, given);
      }
      if (known.some(({ target: asked }) => asked !== undefined)) continue;
      const carried = carriedTarget(hit, place, resolver, urls);
      if (carried) add(place, hit, place, carried);
    }
  }
  return [...found.values()];
}

/** The file, and those whose functions it may hand an address to. */
function programsWithHelpers(program: Program, project: Project): readonly Program[] {
  const reached = new Set([program]);
  for (const { module } of program.facts.imports) {
    const other = project.resolve(program, module);
    if (other && other.facts.language === program.facts.language) reached.add(other);
  }
  return [...reached];
}

function namesOf({ functions, methods, global }: HttpClient): readonly string[] {
  const paths = [...functions.keys(), ...methods.keys(), ...(global ? [global] : [])];
  return paths.map((path) => path.split('.').at(-1)!);
}

function recognise(
  place: CallPlace,
  resolver: Resolver,
  sdks: readonly Sdk[],
  names: ReadonlySet<string>,
): HttpHit | undefined {
  const { callee } = place.call;
  if (callee.k !== 'name' && !(callee.k === 'attr' && names.has(callee.name))) return undefined;
  const meanings = resolver.meanings(callee, place);
  const hits = meanings.map((meaning) => hitOf(meaning, sdks)).filter((hit) => hit !== undefined);
  // One whose construction is seen says more than one that only its type tells.
  if (hits[0]) return hits.find(({ client }) => client?.made) ?? hits[0];
  if (callee.k !== 'attr') return undefined;
  // `globalThis.fetch`, `window.fetch`
  const { of } = callee;
  if (of.k === 'name' && of.var === undefined && /^(globalThis|window|self|global)$/.test(of.name))
    return hitOf({ k: 'builtin', name: callee.name }, sdks);
  return meanings.every((one) => one.k === 'unknown' || one.k === 'param') ? byName(place, callee, sdks) : undefined;
}

function hitOf(meaning: Meaning, sdks: readonly Sdk[]): HttpHit | undefined {
  if (meaning.k === 'client') {
    const { sdk } = meaning;
    const shape = sdk.http?.methods.get(meaning.names.join('.'));
    return shape && { sdk, http: sdk.http!, shape, client: meaning };
  }
  for (const sdk of sdks) {
    const http = sdk.http!;
    if (meaning.k === 'builtin' && meaning.name === http.global)
      return { sdk, http, shape: http.functions.get(http.global)! };
    if (meaning.k !== 'export') continue;
    const path = namesInside(sdk, meaning.module, meaning.path)?.filter((name) => name !== 'default');
    const shape = path && http.functions.get(path.join('.'));
    if (shape) return { sdk, http, shape };
  }
  return undefined;
}

/** A client that came from elsewhere, told by its variable's name and by how the call is waited for. */
function byName(place: CallPlace, callee: Expr & { k: 'attr' }, sdks: readonly Sdk[]): HttpHit | undefined {
  const { program, around } = place;
  const { of } = callee;
  if (of.k === 'name' && of.var !== undefined && program.facts.vars[of.var]!.type) return undefined;
  const name = nameOf(of).split('.').at(-1) ?? '';
  if (program.facts.language === 'typescript')
    return /axios/i.test(name) ? methodOf('http-axios', callee, sdks) : undefined;
  if (!/^_*(http|aiohttp|async|aio)?_?(session|client|http)$/i.test(name)) return undefined;
  if (around?.k === 'stmt' && around.part === 'item') return methodOf('http-aiohttp', callee, sdks);
  return methodOf(around?.k === 'expr' && around.node.k === 'await' ? 'http-httpx' : 'http-requests', callee, sdks);
}

function methodOf(id: string, { name }: Expr & { k: 'attr' }, sdks: readonly Sdk[]): HttpHit | undefined {
  const sdk = sdks.find((one) => one.id === id);
  const shape = sdk?.http?.methods.get(name);
  return sdk?.http && shape && { sdk, http: sdk.http, shape };
}

/** A GET reads what is there and spends no model capacity. */
function verbOf({ shape, sdk }: HttpHit, place: CallPlace, resolver: Resolver): 'POST' | 'other' {
  if (shape.verb) return 'POST';
  const { call } = place;
  const first = shape.verbAt === undefined ? undefined : argumentOf(call, 'method', shape.verbAt);
  const inner = requestOf(call, shape, place);
  const said = first ? { value: first, place, open: false } : optionOf(inner.call, 'method', inner.place, resolver);
  if (said.value) {
    const verb = resolver.constant(said.value, said.place ?? place);
    return typeof verb !== 'string' || verb.toUpperCase() === 'POST' ? 'POST' : 'other';
  }
  // Python's urllib posts what has a body.
  const sends = sdk.language === 'python' && optionOf(inner.call, 'data', inner.place, resolver).value !== undefined;
  const second = sdk.language === 'python' && inner.call.args[1]?.name === undefined && inner.call.args.length > 1;
  return said.open || sends || second ? 'POST' : 'other';
}

/** The call that holds address and options: `Request(url, …)`, where the request is made of one. */
function requestOf(call: Call, shape: HttpCall, place: Place): { call: Call; place: Place; url: number } {
  const first = argumentOf(call, 'url', shape.url);
  const made = first && written(first, place);
  if (made?.expr.k === 'call' && /(^|\.)Request$/.test(nameOf(made.expr.callee)))
    return { call: made.expr, place: made.place, url: 0 };
  return { call, place, url: shape.url };
}

/** An option by name: a keyword, or an entry of any options object; `open` where one can't be seen into. */
export function optionOf(
  call: Call,
  key: string,
  place: Place,
  resolver: Resolver,
): { value?: Expr; place?: Place; open: boolean } {
  let open = false;
  for (const arg of call.args) {
    if (arg.name === key) return { value: arg.value, place, open: false };
    if (arg.name !== undefined || arg.spread === 'list') continue;
    const found = resolver.entry(arg.value, key, place);
    if (found.value) return { value: found.value, place: found.place ?? place, open: false };
    const options = resolver.meanings(arg.value, place).every((one) => one.k !== 'literal' || one.expr.k === 'object');
    open ||= found.open && options && arg !== call.args[0];
  }
  return { open };
}

function targetOf(hit: HttpHit, place: CallPlace, resolver: Resolver, urls: Urls, given?: Given): Target {
  const texts = addresses(hit, place, resolver, urls, given);
  const targets = texts.map((text) => classify(text, hit.http.endpoints));
  const known = targets.filter((one) => one !== undefined && one !== 'other');
  // A program that speaks to a provider and, set up otherwise, to this machine, speaks to a provider.
  const provider = known.find(({ address }) => hit.http.endpoints.hosts.test(address));
  if (!provider && targets.some((one) => one === 'other')) return 'other';
  return known.find(({ plane }) => plane === 'inference') ?? known[0];
}

/** The texts that the request's address can have. */
function addresses(
  hit: HttpHit,
  place: CallPlace,
  resolver: Resolver,
  urls: Urls,
  given: Given | undefined,
): readonly string[] {
  const inner = requestOf(place.call, hit.shape, place);
  const { call } = inner;
  const first = argumentOf(call, 'url', inner.url) ?? argumentOf(call, 'fullurl', inner.url);
  const own = first ? parts(first, inner.place, resolver, urls, given) : [''];
  const bases = basesOf(hit, call, inner.place, resolver, urls, given);
  if (bases.length === 0) return own;
  return own.flatMap((text) =>
    /^\w+:\/\//.test(text) ? [text] : bases.map((base) => `${base}/${text}`.replace(/(?<!:)\/{2,}/g, '/')),
  );
}

/** An address as text, or as an options object: `{ url }`, `{ hostname, path }`. */
function parts(first: Expr, place: Place, resolver: Resolver, urls: Urls, given: Given | undefined): readonly string[] {
  const whole = resolver.meanings(first, place).find((one) => one.k === 'literal' && one.expr.k === 'object');
  if (!whole) return urls.texts(first, place, given);
  const read = (key: string): readonly string[] | undefined => {
    const { value, place: from } = resolver.entry(first, key, place);
    return value && urls.texts(value, from ?? place, given);
  };
  const url = read('url') ?? read('uri');
  if (url) return url;
  const host = read('hostname') ?? read('host');
  if (!host) return [''];
  return host.flatMap((one) => (read('path') ?? ['']).map((path) => `https://${one}${path}`));
}

function basesOf(
  { sdk, client }: HttpHit,
  call: Call,
  place: Place,
  resolver: Resolver,
  urls: Urls,
  given: Given | undefined,
): readonly string[] {
  if (!sdk.baseUrl) return [];
  const atCall = optionOf(call, sdk.baseUrl, place, resolver);
  if (atCall.value) return urls.texts(atCall.value, atCall.place ?? place, given);
  const made = client?.made;
  if (!made) return [];
  const top = placeOf(made, place);
  const { value, place: from } = optionOf(made.call, sdk.baseUrl, top, resolver);
  const base =
    value ?? (sdk.baseUrl === 'host' || sdk.id === 'http-aiohttp' ? argumentOf(made.call, sdk.baseUrl, 0) : undefined);
  if (!base) return [];
  return urls.texts(base, from ?? top, given).map((text) => (sdk.baseUrl === 'host' ? `https://${text}` : text));
}

/** Where a client's construction stands: in its program's calls. */
export function placeOf({ call, program }: { readonly call: Call; readonly program: Program }, fallback: Place): Place {
  const name = call.callee.k === 'attr' || call.callee.k === 'name' ? call.callee.name : '';
  const found = program.callsByName.get(name)?.find((one) => one.call === call);
  return found ?? (program === fallback.program ? fallback : { program, fn: 0, around: undefined });
}

function classify(text: string, { hosts, own, inference, control, telling }: Endpoints): Target {
  if (own.test(text)) return 'other';
  const path = text.replace(/^\w+:\/\//, '');
  if (hosts.test(text)) {
    if (inference.test(path)) return { plane: 'inference', address: text };
    const open = !control.test(path) && (path.includes('{') || !/\/\w/.test(path));
    return { plane: open ? 'inference' : 'control', address: text };
  }
  // Providers speak https; what has no scheme and no unknown beginning is a route of the program's own.
  if (/^http:/.test(text) || /^\/|^\.|^$/.test(text)) return text === '' ? undefined : 'other';
  if (telling.test(text)) return { plane: 'inference', address: text };
  if (/^https:\/\/[^{/]+(\/|$)/.test(text) || !/^(https:\/\/)?\{/.test(text)) return 'other';
  return undefined;
}

/** What every visible caller of the functions round a call gives for their parameters. */
function givenBy(place: CallPlace, resolver: Resolver): readonly Given[] {
  const { program } = place;
  const found: Given[] = [];
  for (let id: number | undefined = place.fn; id !== undefined && id !== 0; id = program.facts.fns[id]!.parent) {
    if (program.facts.fns[id]!.params.length === 0) continue;
    const fn = { k: 'fn', program, fn: id } as const;
    for (const caller of resolver.callersOf(fn).slice(0, mostCallers)) found.push({ fn, caller });
  }
  return found;
}

/** An address that nothing tells, and a body that only a model understands. */
function carriedTarget(hit: HttpHit, place: CallPlace, resolver: Resolver, urls: Urls): Exclude<Target, 'other'> {
  const [address = ''] = addresses(hit, place, resolver, urls, undefined);
  if (/^\{[^}]*\}\/?api\//.test(address)) return undefined;
  const inner = requestOf(place.call, hit.shape, place);
  const bodies = ['json', 'data', 'body', 'content'].flatMap((key) => {
    const { value, place: from } = optionOf(inner.call, key, inner.place, resolver);
    return value ? [{ value, place: from ?? inner.place }] : [];
  });
  const second = hit.shape.body === undefined ? undefined : argumentOf(inner.call, 'body', hit.shape.body);
  const keys = new Set<string>();
  for (const one of [...bodies, ...(second ? [{ value: second, place: inner.place }] : [])])
    collectKeys(one.value, one.place, resolver, keys, 0);
  const sampling = [...keys].some((key) => /^(temperature|top_?p|max_?(new_|output_|completion_)?tokens)$/i.test(key));
  const asks = keys.has('messages') && [...keys].some((key) => /^model/i.test(key));
  return sampling && asks ? { plane: 'inference', address } : undefined;
}

/** The keys of an object at any depth, through `json.dumps` and `JSON.stringify`. */
function collectKeys(expr: Expr, place: Place, resolver: Resolver, keys: Set<string>, depth: number): void {
  if (depth > 4) return;
  const now = written(expr, place);
  if (now.expr.k === 'call') {
    const { callee, args } = now.expr;
    const name = nameOf(callee);
    if (/dumps$|stringify$/.test(name) && args[0]) collectKeys(args[0].value, now.place, resolver, keys, depth + 1);
    else if (callee.k === 'attr' && callee.name === 'encode')
      collectKeys(callee.of, now.place, resolver, keys, depth + 1);
  }
  for (const one of resolver.meanings(now.expr, now.place)) {
    if (one.k !== 'literal' || one.expr.k !== 'object') continue;
    const inside: Place = one.expr === now.expr ? now.place : { program: one.program, fn: 0, around: undefined };
    for (const entry of one.expr.entries) {
      if (entry.key !== undefined) keys.add(entry.key);
      if (entry.value.k === 'object' || entry.key === undefined)
        collectKeys(entry.value.k === 'spread' ? entry.value.value : entry.value, inside, resolver, keys, depth + 1);
    }
  }
}

interface Sending {
  /** Where the request is asked for: at the HTTP client's call, or at the call that hands the address to it. */
  readonly at: CallPlace;
  readonly sent: CallPlace;
  readonly hit: HttpHit;
  readonly target: { readonly plane: Method['plane']; readonly address: string };
  readonly given?: Given;
}

function describe(
  { at, sent, hit, target, given }: Sending,
  project: Project,
  resolver: Resolver,
  text: string,
): Found {
  const { callee } = at.call;
  const root = sent.call.callee.k === 'attr' ? sent.call.callee.of : sent.call.callee;
  const made = hit.client?.made;
  return {
    place: sent,
    ...(given && { given }),
    request: {
      call: at.call,
      at: callee.at,
      text: text.slice(callee.at.start, callee.at.end).replace(/\s+/g, ''),
      fn: at.fn,
      sdk: hit.sdk,
      path: nameOf(sent.call.callee),
      method: { plane: target.plane, shape: 'single' },
      client: {
        at: given ? callee.at : root.at,
        known: hit.client ? 'instance' : 'module',
        ...(made && made.program === at.program && { construction: made.call }),
        retries: retriesOfHttp(hit, sent, project, resolver),
      },
      streams: false,
      async:
        hit.sdk.language === 'typescript' ||
        (hit.client?.cls.async ?? /aiohttp|httpx/.test(hit.sdk.id) === isAwaited(sent)),
      http: { address: target.address, refusal: refusalOf(hit, sent, resolver) },
    },
  };
}

function isAwaited({ around }: Place): boolean {
  return around?.k === 'expr' && around.node.k === 'await';
}
