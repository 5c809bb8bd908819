/** Reads where a call of an HTTP client goes: its method, its address, and what it carries. */
import type { Endpoints, HttpCall, HttpClient, Method, Sdk } from './catalogue.ts';
import type { Call, Expr } from './facts.ts';
import type { ClientMeaning } from './meaning.ts';
import { type CallPlace, nameOf, type Place, type Program } from './program.ts';
import type { Resolver } from './resolve.ts';
import { argumentOf, type Given, type Urls } from './urls.ts';
import { written } from './written.ts';

/** A call of an HTTP client. */
export interface HttpHit {
  readonly sdk: Sdk;
  readonly http: HttpClient;
  readonly shape: HttpCall;
  readonly client?: ClientMeaning;
}

/** A provider's address, and what it is for. */
export interface Provider {
  readonly plane: Method['plane'];
  readonly address: string;
}

/** What an address says: a provider's, another's, or nothing. */
export type Target = Provider | 'other' | undefined;

/** A GET reads what is there and spends no model capacity. `perhaps`: whoever calls the function round it decides. */
export function verbOf({ shape, sdk }: HttpHit, place: CallPlace, resolver: Resolver): 'POST' | 'perhaps' | 'other' {
  if (shape.verb) return 'POST';
  const { call } = place;
  const first = shape.verbAt === undefined ? undefined : argumentOf(call, 'method', shape.verbAt);
  const inner = requestOf(call, shape, place);
  const said = first ? { value: first, place, open: false } : optionOf(inner.call, 'method', inner.place, resolver);
  if (said.value) {
    const verb = resolver.constant(said.value, said.place ?? place);
    if (typeof verb !== 'string') return 'perhaps';
    return verb.toUpperCase() === 'POST' ? 'POST' : 'other';
  }
  // Python's urllib posts what has a body.
  const sends = sdk.language === 'python' && optionOf(inner.call, 'data', inner.place, resolver).value !== undefined;
  const second = sdk.language === 'python' && inner.call.args[1]?.name === undefined && inner.call.args.length > 1;
  return said.open || sends || second ? 'POST' : 'other';
}

export function targetOf(hit: HttpHit, place: CallPlace, resolver: Resolver, urls: Urls, given?: Given): Target {
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

/** An address that nothing tells, and a body that only a model understands: at the call, or at that of the helper which makes it. */
export function carriedTarget(
  hit: HttpHit,
  place: CallPlace,
  resolver: Resolver,
  urls: Urls,
  given?: Given,
): Provider | undefined {
  const [address = ''] = addresses(hit, place, resolver, urls, given);
  if (/^\{[^}]*\}\/?api\//.test(address)) return undefined;
  const inner = given ? given.caller : requestOf(place.call, hit.shape, place);
  const bodies = ['json', 'data', 'body', 'content'].flatMap((key) => {
    const { value, place: from } = optionOf(inner.call, key, inner.place, resolver);
    return value ? [{ value, place: from ?? inner.place }] : [];
  });
  const second = given || hit.shape.body === undefined ? undefined : argumentOf(inner.call, 'body', hit.shape.body);
  const keys = new Set<string>();
  for (const one of [...bodies, ...(second ? [{ value: second, place: inner.place }] : [])])
    collectKeys(one.value, one.place, resolver, keys, 0);
  const sampling = [...keys].some((key) => /^(temperature|top_?p|max_?(new_|output_|completion_)?tokens)$/i.test(key));
  const names = [...keys].some((key) => /^model/i.test(key));
  const asks = names && keys.has('messages') && sampling;
  // The path alone is a common word, and so are the keys.
  const telling =
    names &&
    (keys.has('input') || keys.has('prompt')) &&
    /\}\/(?:v\d+\/)?(?:responses|embeddings|completions)$/.test(address);
  return asks || telling ? { plane: 'inference', address } : undefined;
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
    open ||= found.open && options && (arg.spread === 'dict' || arg !== call.args[0]);
  }
  return { open };
}

/** Where a client's construction stands: in its program's calls. */
export function placeOf({ call, program }: { readonly call: Call; readonly program: Program }, fallback: Place): Place {
  const name = call.callee.k === 'attr' || call.callee.k === 'name' ? call.callee.name : '';
  const found = program.callsByName.get(name)?.find((one) => one.call === call);
  return found ?? (program === fallback.program ? fallback : { program, fn: 0, around: undefined });
}
