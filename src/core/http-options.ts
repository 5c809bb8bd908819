/** Reads how an HTTP client is set up: whether it raises on a refusal, and whether it sends a refused POST again. */
import type { HttpClient } from './catalogue.ts';
import type { Call, Expr } from './facts.ts';
import { type HttpHit, optionOf, placeOf } from './http-address.ts';
import type { Meaning } from './meaning.ts';
import { type CallPlace, expressions, nameOf, type Place, type Program, statements, within } from './program.ts';
import type { Project } from './project.ts';
import type { Resolver } from './resolve.ts';
import { argumentOf } from './urls.ts';
import type { Client } from './verdict.ts';
import { listed } from './written.ts';

export function refusalOf(hit: HttpHit, place: CallPlace, resolver: Resolver): HttpClient['refusal'] {
  const { refusal, raisesOption } = hit.http;
  if (!raisesOption) return refusal;
  const set = setting(hit, raisesOption, place, resolver);
  if (!set) return refusal;
  const value = resolver.constant(set.value, set.place);
  // Options that say “raise”, those that say “let it pass”, and hooks and functions that decide.
  if (typeof value === 'boolean') return (raisesOption === 'ignoreResponseError') === value ? 'returned' : 'raised';
  if (value === null || answersTrue(set.value, set.place, resolver)) return 'returned';
  return 'raised';
}

/** Whether a function says yes to everything: `() => true`. */
function answersTrue(value: Expr, place: Place, resolver: Resolver): boolean {
  return resolver.meanings(value, place).some((one) => {
    const returned = one.k === 'fn' ? (one.program.returns.get(one.fn) ?? []) : [];
    return returned.length > 0 && returned.every((each) => each.value.k === 'lit' && each.value.value === true);
  });
}

/** An option at the call, else where the client is made. */
function setting(
  { client }: HttpHit,
  key: string,
  place: CallPlace,
  resolver: Resolver,
): { readonly value: Expr; readonly place: Place } | undefined {
  const atCall = optionOf(place.call, key, place, resolver);
  if (atCall.value) return { value: atCall.value, place: atCall.place ?? place };
  const made = client?.made;
  if (!made) return undefined;
  const top = placeOf(made, place);
  const { value, place: from } = optionOf(made.call, key, top, resolver);
  return value && { value, place: from ?? top };
}

/** `unknown` where the client may send a refused POST again. */
export function retriesOfHttp(hit: HttpHit, place: CallPlace, project: Project, resolver: Resolver): Client['retries'] {
  const set = hit.http.retryOption && setting(hit, hit.http.retryOption, place, resolver);
  const covers =
    (set && optionCovers(hit.sdk.id, set.value, set.place, resolver)) ||
    wrapped(place, resolver) ||
    (hit.sdk.id === 'http-fetch-event-source' && connectsAgain(place, resolver)) ||
    (hit.sdk.id === 'http-requests' && mounted(hit, place, resolver)) ||
    (hit.sdk.id === 'http-axios' && (retriedByPlugin(hit, project, resolver) || intercepted(hit, project, resolver)));
  return { k: covers ? 'unknown' : 'default' };
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
function wrapped(place: CallPlace, resolver: Resolver): boolean {
  return resolver.meanings(place.call.callee, place).some((one) => {
    if (one.k !== 'result' || !/^fetch-retry\b/.test(one.of.module)) return false;
    const { value, open } = optionOf(
      one.call,
      'retryOn',
      placeOf({ call: one.call, program: place.program }, place),
      resolver,
    );
    return value !== undefined || open;
  });
}

function optionCovers(id: string, value: Expr, place: Place, resolver: Resolver): boolean {
  const constant = resolver.constant(value, place);
  const made = madeBy(value, place, resolver);
  switch (id) {
    case 'http-httpx':
      // The transport's own retries are for connections that can't be made.
      return !(made && /^(Async)?HTTPTransport$/.test(made.name));
    case 'http-urllib3':
      return made ? retryCovers(made.call, place, resolver) : typeof constant !== 'number' && constant !== false;
    case 'http-sse':
      return constant !== false;
    case 'http-ofetch':
      return constant !== 0 && constant !== false;
    default: {
      // ky and got leave POST out unless it is among the methods.
      if (typeof constant === 'number') return false;
      const { value: methods, place: from, open } = resolver.entry(value, 'methods', place);
      if (!methods) return open;
      const all = listed(methods, from ?? place, resolver);
      return all === undefined || all.some((one) => String(one).toUpperCase() === 'POST');
    }
  }
}

/** `session.mount('https://', HTTPAdapter(max_retries=Retry(…)))` on the same session. */
function mounted({ client }: HttpHit, place: CallPlace, resolver: Resolver): boolean {
  const made = client?.made;
  if (!made) return false;
  for (const mount of made.program.callsByName.get('mount') ?? []) {
    const { callee, args } = mount.call;
    if (callee.k !== 'attr' || !resolver.meanings(callee.of, mount).some((one) => isSame(one, made.call))) continue;
    const adapter = args[1]?.value;
    const from = adapter && madeBy(adapter, mount, resolver);
    if (!from) return true;
    const top = placeOf(from, place);
    const { value, place: at, open } = optionOf(from.call, 'max_retries', top, resolver);
    const retries = value ?? (from.name === 'HTTPAdapter' ? undefined : argumentOf(from.call, 'max_retries', 0));
    if (!retries) {
      if (open || from.name !== 'HTTPAdapter') return true;
      continue;
    }
    // A number counts connections that could not be made.
    if (typeof resolver.constant(retries, at ?? top) === 'number') continue;
    const retry = madeBy(retries, at ?? top, resolver);
    if (!retry || retryCovers(retry.call, placeOf(retry, top), resolver)) return true;
  }
  return false;
}

/** Whether urllib3's `Retry(…)` sends a POST again on a 429: not by default, and not without 429 among the statuses. */
function retryCovers(call: Call, place: Place, resolver: Resolver): boolean {
  const option = (key: string) => optionOf(call, key, place, resolver);
  const methods = option('allowed_methods').value ? option('allowed_methods') : option('method_whitelist');
  if (!methods.value) return methods.open;
  const all = resolver.constant(methods.value, methods.place ?? place);
  if (all !== null && all !== false) {
    const named = listed(methods.value, methods.place ?? place, resolver);
    if (named && !named.some((one) => String(one).toUpperCase() === 'POST')) return false;
  }
  const statuses = option('status_forcelist');
  const codes = statuses.value && listed(statuses.value, statuses.place ?? place, resolver);
  // Without it, 429s that carry `Retry-After` are sent again all the same.
  return !codes || codes.includes(429);
}

/** `axiosRetry(client, options)`: by default it leaves POST out. */
function retriedByPlugin(hit: HttpHit, project: Project, resolver: Resolver): boolean {
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
      if (!value) {
        if (open) return true;
      } else if (
        !/(^|\.)is(NetworkError|NetworkOrIdempotentRequestError|SafeRequestError|IdempotentRequestError)$/.test(
          nameOf(value),
        )
      )
        return true;
    }
  }
  return false;
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
