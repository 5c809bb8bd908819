/** Finds the requests that general HTTP clients send to model providers, by their address and by what they carry. */
import type { CallerPlace } from './callers.ts';
import type { Catalogue, HttpClient, Sdk } from './catalogue.ts';
import { namesInside } from './clients.ts';
import type { Call, Expr } from './facts.ts';
import { carriedTarget, type HttpHit, optionOf, type Provider, targetOf, verbOf } from './http-address.ts';
import { refusalOf } from './http-options.ts';
import { retriesOfHttp } from './http-retries.ts';
import type { Meaning } from './meaning.ts';
import { type CallPlace, nameOf, type Place, type Program, statements } from './program.ts';
import type { Project } from './project.ts';
import { handedMethods } from './references.ts';
import type { Found } from './requests.ts';
import type { Resolver } from './resolve.ts';
import { type Given, urlReader } from './urls.ts';

/** Callers of one helper that are looked at for the address that it is given. */
const mostCallers = 60;

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
  const add = (at: CallPlace, hit: HttpHit, sent: CallPlace, target: Provider, given?: Given) => {
    if (at.program === program && !found.has(at.call))
      found.set(at.call, describe({ at, hit, sent, target, ...(given && { given }) }, project, resolver, text));
  };
  for (const one of programsWithHelpers(program, project)) {
    for (const place of [...one.calls, ...handedMethods(one, names)]) {
      const hit = recognise(place, resolver, sdks, names);
      const verb = hit && verbOf(hit, place, resolver);
      if (!hit || verb === 'other') continue;
      const target = targetOf(hit, place, resolver, urls);
      if (target === 'other') continue;
      if (target) {
        add(place, hit, place, target);
        continue;
      }
      const posted = givenBy(place, resolver).filter(({ caller }) => !readsOnly(caller, hit.http, resolver));
      const known = posted.map((given) => ({
        given,
        asked: targetOf(hit, place, resolver, urls, given) ?? carriedTarget(hit, place, resolver, urls, given),
      }));
      for (const { given, asked } of known) {
        const { call, place: at } = given.caller;
        if (asked && asked !== 'other') add({ ...at, call }, hit, place, asked, given);
      }
      if (verb === 'perhaps' || known.some(({ asked }) => asked !== undefined)) continue;
      const carried = carriedTarget(hit, place, resolver, urls);
      if (carried) add(place, hit, place, carried);
    }
  }
  return [...found.values()];
}

/** Whether a helper's caller says that nothing is posted: `request(url, { method: 'GET' })`. */
function readsOnly({ call, place }: CallerPlace, { global }: HttpClient, resolver: Resolver): boolean {
  const { value, place: from, open } = optionOf(call, 'method', place, resolver);
  const verb = value && resolver.constant(value, from ?? place);
  if (typeof verb === 'string') return verb.toUpperCase() !== 'POST';
  // Options as `fetch` has them, that name no method and carry nothing.
  const isOptions = call.args.some(
    (arg) => arg.value.k === 'object' && arg.value.entries.some(({ key }) => key === 'headers'),
  );
  return global === 'fetch' && !value && !open && isOptions && !optionOf(call, 'body', place, resolver).value;
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
  const called = callee.k === 'attr' && (names.has(callee.name) || handedIn.test(callee.name));
  if (callee.k !== 'name' && !called) return undefined;
  const meanings = resolver.meanings(callee, place);
  const hits = meanings.map((meaning) => hitOf(meaning, sdks)).filter((hit) => hit !== undefined);
  // One whose construction is seen says more than one that only its type tells.
  if (hits[0]) return hits.find(({ client }) => client?.made) ?? hits[0];
  if (isFetchLike(place, meanings)) return hitOf({ k: 'builtin', name: 'fetch' }, sdks);
  if (callee.k !== 'attr') return undefined;
  // `globalThis.fetch`, `window.fetch`
  const { of } = callee;
  if (of.k === 'name' && of.var === undefined && /^(globalThis|window|self|global)$/.test(of.name))
    return hitOf({ k: 'builtin', name: callee.name }, sdks);
  return meanings.every((one) => one.k === 'unknown' || one.k === 'param') ? byName(place, callee, sdks) : undefined;
}

/** What a `fetch` that is handed in is called. */
const handedIn = /^_*fetch(Fn|Impl)$/;

/** A function of the program's own that does as `fetch` does, by its name, and sends by other means, once. */
function isFetchLike({ call, program }: CallPlace, meanings: readonly Meaning[]): boolean {
  if (program.facts.language !== 'typescript') return false;
  const name = nameOf(call.callee).split('.').at(-1)!;
  if (!/^_*(fetch|fetcher|\w*Fetch|fetchFn|fetchImpl|fetchSSE)$/.test(name) || call.args.length < 2) return false;
  // One that is handed in stands for `fetch` itself.
  if (meanings.every((one) => one.k === 'unknown' || one.k === 'param')) return handedIn.test(name);
  const own = meanings.filter((one) => one.k === 'fn');
  const others = meanings.some((one) => one.k !== 'fn' && one.k !== 'unknown');
  return own.length > 0 && !others && own.every((one) => !goesRound(one.program, one.fn));
}

/** Whether a function has what may send again: a loop, or a call that promises a retry by its name. */
function goesRound({ facts, calls }: Program, fn: number): boolean {
  const inside = (id: number | undefined): boolean => id !== undefined && (id === fn || inside(facts.fns[id]!.parent));
  const loops = facts.fns.some(({ body }, id) => inside(id) && [...statements(body)].some(({ k }) => k === 'loop'));
  const own = facts.fns[fn]!.name;
  return (
    loops ||
    calls.some(({ call, fn: at }) => {
      const name = nameOf(call.callee);
      return inside(at) && (/retr(y|ies)|backoff|attempt/i.test(name) || (own !== '' && name === own));
    })
  );
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

interface Sending {
  /** Where the request is asked for: at the HTTP client's call, or at the call that hands the address to it. */
  readonly at: CallPlace;
  readonly sent: CallPlace;
  readonly hit: HttpHit;
  readonly target: Provider;
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
        ...retriesOfHttp(hit, sent, project, resolver),
      },
      streams: false,
      async:
        hit.sdk.language === 'typescript' ||
        (hit.client?.cls.async ?? (hit.sdk.id === 'http-aiohttp' || isAwaited(sent))),
      http: { address: target.address, refusal: refusalOf(hit, sent, resolver) },
    },
  };
}

function isAwaited({ around }: Place): boolean {
  return around?.k === 'expr' && around.node.k === 'await';
}
