/** Reads whether an HTTP client sends a refused POST again, and finds the retries that leave such requests out. */
import type { Call, Expr } from './facts.ts';
import { type HttpHit, optionOf, placeOf } from './http-address.ts';
import { setting } from './http-options.ts';
import type { Meaning } from './meaning.ts';
import { type CallPlace, expressions, nameOf, type Place, type Program, statements, within } from './program.ts';
import type { Project } from './project.ts';
import type { Resolver } from './resolve.ts';
import { argumentOf } from './urls.ts';
import type { Client, Omission } from './verdict.ts';
import { listed } from './written.ts';

/** A retry of the client's covers the request, or leaves it out; undefined where there is none. */
type Covering = 'covers' | (Omission & { readonly program: Program }) | undefined;

/** `unknown` where the client may send a refused POST again. */
export function retriesOfHttp(
  hit: HttpHit,
  place: CallPlace,
  project: Project,
  resolver: Resolver,
): Pick<Client, 'retries' | 'omission'> {
  const set = hit.http.retryOption && setting(hit, hit.http.retryOption, place, resolver);
  const found = [
    set ? ofOption(hit.sdk.id, set.value, set.place, resolver) : undefined,
    wrapped(place, resolver),
    hit.sdk.id === 'http-fetch-event-source' && connectsAgain(place, resolver) ? 'covers' : undefined,
    ...(hit.sdk.id === 'http-requests' ? mounted(hit, place, resolver) : []),
    ...(hit.sdk.id === 'http-axios' ? byPlugin(hit, project, resolver) : []),
  ];
  if (found.includes('covers') || (hit.sdk.id === 'http-axios' && intercepted(hit, project, resolver)))
    return { retries: { k: 'unknown' } };
  for (const one of found) {
    if (typeof one !== 'object' || one.program !== place.program) continue;
    const { program: _, ...omission } = one;
    return { retries: { k: 'default' }, omission };
  }
  return { retries: { k: 'default' } };
}

/** Whether `fetchEventSource` connects again after a refusal: its `onopen` throws, as it does by default, and its `onerror` does not. */
function connectsAgain(place: CallPlace, resolver: Resolver): boolean {
  const throws = (key: string, fallback: boolean): boolean => {
    const { value, place: from, open } = optionOf(place.call, key, place, resolver);
    if (!value) return open || fallback;
    return resolver.meanings(value, from ?? place).some((one) => {
      const body = one.k === 'fn' ? one.program.facts.fns[one.fn]!.body : [];
      return [...statements(body)].some(({ k }) => k === 'raise');
    });
  };
  return throws('onopen', true) && !throws('onerror', false);
}

/** `fetchRetry(fetch, { retryOn: [429] })`: what is called sends again by itself; without `retryOn` no response is. */
function wrapped(place: CallPlace, resolver: Resolver): Covering {
  for (const one of resolver.meanings(place.call.callee, place)) {
    if (one.k !== 'result' || !/^fetch-retry\b/.test(one.of.module)) continue;
    const from = placeOf({ call: one.call, program: place.program }, place);
    const { value, open } = optionOf(one.call, 'retryOn', from, resolver);
    if (value !== undefined || open) return 'covers';
    return stands(one.call, place.program) && leaving(one.call.callee, 'answers', place.program, { k: 'other' });
  }
  return undefined;
}

function ofOption(id: string, value: Expr, place: Place, resolver: Resolver): Covering {
  const constant = resolver.constant(value, place);
  const made = madeBy(value, place, resolver);
  switch (id) {
    case 'http-httpx': {
      // The transport's own retries are for connections that can't be made.
      if (!made || !/^(Async)?HTTPTransport$/.test(made.name)) return 'covers';
      const retries = optionOf(made.call, 'retries', place, resolver).value;
      const count = retries && resolver.constant(retries, place);
      if (typeof count !== 'number' || count === 0) return undefined;
      return stands(made.call, place.program) && leaving(made.call.callee, 'answers', place.program, { k: 'other' });
    }
    case 'http-urllib3':
      if (made) return ofRetry(made.call, place, resolver);
      if (typeof constant !== 'number' && constant !== false) return 'covers';
      return undefined;
    case 'http-sse':
      return constant !== false ? 'covers' : undefined;
    case 'http-ofetch':
      return constant !== 0 && constant !== false ? 'covers' : undefined;
    default:
      // ky and got leave POST out unless it is among the methods.
      return ofLimits(id, value, constant, place, resolver);
  }
}

/** `retry: 5` and `retry: { limit: 5, methods: ['post'] }`. */
function ofLimits(id: string, value: Expr, constant: unknown, place: Place, resolver: Resolver): Covering {
  const out = () =>
    leaving(
      value,
      'posts',
      place.program,
      { k: 'limits', value, post: id === 'http-got' ? 'POST' : 'post' },
      '`retry`',
    );
  if (typeof constant === 'number') return constant > 0 ? out() : undefined;
  const { value: methods, place: from, open } = resolver.entry(value, 'methods', place);
  const limit = resolver.entry(value, 'limit', place).value;
  const isOff = limit && resolver.constant(limit, place) === 0;
  if (!methods) return open ? 'covers' : value.k === 'object' && !isOff ? out() : undefined;
  const all = listed(methods, from ?? place, resolver);
  if (all === undefined || all.some((one) => String(one).toUpperCase() === 'POST')) return 'covers';
  return value.k === 'object' && !isOff ? out() : undefined;
}

/** `session.mount('https://', HTTPAdapter(max_retries=Retry(…)))` on the same session. */
function mounted({ client }: HttpHit, place: CallPlace, resolver: Resolver): readonly Covering[] {
  const made = client?.made;
  if (!made) return [];
  return (made.program.callsByName.get('mount') ?? []).map((mount): Covering => {
    const { callee, args } = mount.call;
    if (callee.k !== 'attr' || !resolver.meanings(callee.of, mount).some((one) => isSame(one, made.call)))
      return undefined;
    const adapter = args[1]?.value;
    const from = adapter && madeBy(adapter, mount, resolver);
    if (!from) return 'covers';
    const top = placeOf(from, place);
    const { value, place: at, open } = optionOf(from.call, 'max_retries', top, resolver);
    const retries = value ?? (from.name === 'HTTPAdapter' ? undefined : argumentOf(from.call, 'max_retries', 0));
    if (!retries) return open || from.name !== 'HTTPAdapter' ? 'covers' : undefined;
    // A number counts connections that could not be made.
    const count = resolver.constant(retries, at ?? top);
    if (typeof count === 'number')
      return count > 0 && stands(from.call, mount.program)
        ? leaving(from.call.callee, 'answers', mount.program, { k: 'other' })
        : undefined;
    const retry = madeBy(retries, at ?? top, resolver);
    return retry ? ofRetry(retry.call, placeOf(retry, top), resolver) : 'covers';
  });
}

/** Whether urllib3's `Retry(…)` sends a POST again on a 429: not by default, and not without 429 among the statuses. */
function ofRetry(call: Call, place: Place, resolver: Resolver): Covering {
  const option = (key: string) => optionOf(call, key, place, resolver);
  const key = option('method_whitelist').value ? 'method_whitelist' : 'allowed_methods';
  const methods = option(key);
  const out = () =>
    stands(call, place.program) && leaving(call.callee, 'posts', place.program, { k: 'retry', call, key });
  if (!methods.value) return methods.open ? 'covers' : out();
  const all = resolver.constant(methods.value, methods.place ?? place);
  if (all !== null && all !== false) {
    const named = listed(methods.value, methods.place ?? place, resolver);
    if (named && !named.some((one) => String(one).toUpperCase() === 'POST')) return out();
  }
  const statuses = option('status_forcelist');
  const codes = statuses.value && listed(statuses.value, statuses.place ?? place, resolver);
  // Without it, 429s that carry `Retry-After` are sent again all the same.
  return !codes || codes.includes(429) ? 'covers' : undefined;
}

const idempotent = /(^|\.)is(NetworkError|NetworkOrIdempotentRequestError|SafeRequestError|IdempotentRequestError)$/;

/** `axiosRetry(client, options)`: by default it leaves POST out. */
function byPlugin(hit: HttpHit, project: Project, resolver: Resolver): readonly Covering[] {
  const found: Covering[] = [];
  for (const program of project.programs) {
    if (!program.facts.imports.some(({ module }) => module === 'axios-retry')) continue;
    for (const place of program.calls) {
      const { callee, args } = place.call;
      const isPlugin = resolver
        .meanings(callee, place)
        .some(
          (one) => one.k === 'export' && one.module === 'axios-retry' && one.path.every((name) => name === 'default'),
        );
      if (!isPlugin || !args[0] || !isTarget(args[0].value, place, hit, resolver)) continue;
      const { value, open } = args[1] ? resolver.entry(args[1].value, 'retryCondition', place) : { open: false };
      const covers = value ? !idempotent.test(nameOf(value)) : open;
      found.push(
        covers
          ? 'covers'
          : leaving(callee, 'posts', program, { k: 'plugin', call: place.call }, '`axiosRetry` of axios-retry'),
      );
    }
  }
  return found;
}

/** `client.interceptors.response.use(ok, failed)`, where `failed` asks again. */
function intercepted(hit: HttpHit, project: Project, resolver: Resolver): boolean {
  for (const program of project.programs) {
    for (const place of program.callsByName.get('use') ?? []) {
      const { callee, args } = place.call;
      if (callee.k !== 'attr' || !args[1] || !nameOf(callee).endsWith('interceptors.response.use')) continue;
      const root = callee.of.k === 'attr' && callee.of.of.k === 'attr' ? callee.of.of.of : undefined;
      if (!root || !isTarget(root, place, hit, resolver)) continue;
      const failed = resolver.meanings(args[1].value, place).find((one) => one.k === 'fn');
      if (failed?.k !== 'fn') {
        const nothing = args[1].value.k === 'lit' || (args[1].value.k === 'name' && args[1].value.name === 'undefined');
        if (!nothing) return true;
      } else if (asksAgain(failed.program, failed.fn, hit, resolver)) return true;
    }
  }
  return false;
}

/** Whether a function sends something: through this client, or through what its name says. */
function asksAgain(program: Program, fn: number, hit: HttpHit, resolver: Resolver): boolean {
  const place: Place = { program, fn, around: undefined };
  for (const stmt of statements(program.facts.fns[fn]!.body)) {
    for (const expr of expressions(stmt)) {
      for (const one of within(expr)) {
        if (one.k === 'fn' && asksAgain(program, one.fn, hit, resolver)) return true;
        if (one.k !== 'call') continue;
        if (/(^|\.)(request|\w*retry\w*)$/i.test(nameOf(one.callee))) return true;
        const sends = resolver
          .meanings(one.callee, place)
          .some(
            (to) =>
              (to.k === 'client' && to.sdk === hit.sdk) || (to.k === 'export' && hit.sdk.modules.includes(to.module)),
          );
        // `axios.isAxiosError(error)` sends nothing.
        if (sends && !/\.(is\w+|create)$/.test(nameOf(one.callee))) return true;
      }
    }
  }
  return false;
}

function isTarget(expr: Expr, place: Place, { client, sdk }: HttpHit, resolver: Resolver): boolean {
  return resolver.meanings(expr, place).some((one) => {
    if (one.k === 'client') return client?.made !== undefined && one.made?.call === client.made.call;
    const isModule = one.k === 'export' && sdk.modules.includes(one.module);
    // What is set on the module itself does not reach instances made before.
    return isModule ? client === undefined : one.k === 'unknown' || one.k === 'param';
  });
}

function isSame(one: Meaning, call: Call): boolean {
  return one.k === 'client' && one.made?.call === call && one.names.length === 0;
}

function leaving(
  named: Expr,
  omits: Omission['omits'],
  program: Program,
  code: Omission['code'],
  name = `\`${nameOf(named)}\``,
): Covering {
  return { at: named.at, name, omits, code, program };
}

/** Whether a call stands in the program's own text, so that its place can be shown. */
function stands(call: Call, { callsByName }: Program): true | undefined {
  const { callee } = call;
  const name = callee.k === 'attr' || callee.k === 'name' ? callee.name : '';
  return callsByName.get(name)?.some((one) => one.call === call) ? true : undefined;
}

/** The call that makes a value, and its name. */
function madeBy(
  value: Expr,
  place: Place,
  resolver: Resolver,
): { readonly call: Call; readonly name: string; readonly program: Program } | undefined {
  for (const one of resolver.meanings(value, place)) {
    if (one.k === 'result' && one.names.length === 0)
      return { call: one.call, name: one.of.path.at(-1) ?? '', program: place.program };
  }
  return undefined;
}
