/** Files' facts and the catalogue → verdicts with evidence. */
import { type BlockingWait, blockingWaits } from './blocking.ts';
import type { Catalogue } from './catalogue.ts';
import { requestsElsewhere } from './elsewhere.ts';
import { type FanOut, fanOuts } from './fan-outs.ts';
import { type HiddenLimit, hiddenLimits } from './hidden-limits.ts';
import { findHttpRequests } from './http.ts';
import { type KeyChoice, keyChoices } from './key-choices.ts';
import { type WrittenKey, writtenKeys } from './keys.ts';
import { plainLayer } from './layer-source.ts';
import { type OutdatedError, outdatedErrors } from './outdated-errors.ts';
import type { Program } from './program.ts';
import type { Project } from './project.ts';
import { isHanded } from './references.ts';
import { repeatedEffect } from './repeated-effects.ts';
import { type Found, findRequests, type Versions } from './requests.ts';
import { type Resolver, resolver } from './resolve.ts';
import { type Retries, type Routed, retriesIn } from './retry-uses.ts';
import { type ReusedPromise, reusedPromises } from './reused-promises.ts';
import { routesOf } from './routes.ts';
import { type Settled, settledRequests } from './settled.ts';
import { type ShadowedHandler, shadowedHandlers } from './shadowed-handlers.ts';
import { streamLimit } from './stream-limits.ts';
import { unawaitedIn } from './unawaited.ts';
import { type UnknownReceiver, unknownReceivers } from './unknown-receivers.ts';
import type { Evidence, Layer, Protection, Request, Verdict } from './verdict.ts';
import type { Route } from './way.ts';
import { say } from './words.ts';

export interface LinkOptions {
  readonly catalogue: Catalogue;
  readonly text: string;
  readonly versions: Versions;
  /** Says that time is up: what is left is not looked at. */
  readonly stop?: () => boolean;
}

export interface Linked extends Retries {
  /** On every request of the file, in the order of the text. */
  readonly verdicts: readonly Verdict[];
  readonly keys: readonly WrittenKey[];
  readonly keyChoices: readonly KeyChoice[];
  readonly blockingWaits: readonly BlockingWait[];
  readonly fanOuts: readonly FanOut[];
  readonly outdatedErrors: readonly OutdatedError[];
  readonly reusedPromises: readonly ReusedPromise[];
  readonly shadowedHandlers: readonly ShadowedHandler[];
  /** What is left alone because nobody can say what it is called on. */
  readonly unknownReceivers: readonly UnknownReceiver[];
  readonly hiddenLimits: readonly HiddenLimit[];
}

/** What the requests of a file meet, what sends them again, and what stands beside them. */
export function link(program: Program, project: Project, { catalogue, text, versions, stop }: LinkOptions): Linked {
  const resolve = resolver(project, catalogue);
  const found: Verdict[] = [];
  const routed: Routed[] = [];
  const requests = [
    ...findRequests(program, resolve, catalogue, text, versions),
    ...findHttpRequests(program, project, resolve, catalogue, text),
  ];
  for (const one of requests) {
    if (stop?.()) break;
    const routes = routesOf(one, resolve, catalogue);
    const { request, place } = one;
    routed.push({ request, path: program.path, routes, isHanded: isHanded(place, request.call.callee) });
    found.push(verdictOn(one, program, project, routes, resolve));
  }
  const sent = requests.map(({ request }) => request);
  routed.push(...requestsElsewhere(program, project, resolve, { catalogue, versions, ...(stop && { stop }) }));
  const settled = settledRequests(program, sent, resolve);
  const reused = reusedPromises(program, sent, resolve, catalogue);
  const verdicts = found.map((verdict): Verdict => {
    const seen = hidden(verdict, settled.get(verdict.request));
    return reused.some(({ request }) => request === verdict.request) ? { ...seen, reused: true } : seen;
  });
  verdicts.sort((a, b) => a.request.at.start - b.request.at.start);
  return {
    verdicts,
    ...retriesIn(program, text, routed, resolve),
    keys: writtenKeys(program, resolve, catalogue.keys),
    keyChoices: keyChoices(program, sent, resolve),
    blockingWaits: blockingWaits(program, sent, resolve),
    fanOuts: fanOuts(program, verdicts, resolve),
    outdatedErrors: outdatedErrors(program, sent, resolve, versions),
    reusedPromises: reused,
    shadowedHandlers: shadowedHandlers(program, resolve, catalogue.sdks),
    unknownReceivers: unknownReceivers(program, sent, resolve, catalogue),
    hiddenLimits: hiddenLimits(program, resolve, catalogue, requests),
  };
}

function verdictOn(
  { request, place }: Found,
  { path }: Program,
  project: Project,
  routes: readonly Route[],
  resolve: Resolver,
): Verdict {
  const own = sdkLayer(request);
  const unawaited = unawaitedIn(request, place);
  const worst = routes.toSorted((a, b) => rank(a) - rank(b))[0];
  const evidence: Evidence[] = [
    ...clientEvidence(request),
    ...(worst?.evidence ?? []).map((one) => placed(one, path, project)),
  ];
  const sent = [...(own ? [own] : []), ...(worst?.fate.k === 'resent' ? [plainLayer(worst.fate.layer)] : [])];
  const fate = protection(request, worst, sent);
  const repeats = repeatedEffect(request, place, fate, resolve);
  const unread = streamLimit(request, place, worst?.fate, resolve);
  return {
    request,
    protection: fate,
    ...(repeats && { repeats }),
    ...(unread && { streamLimit: unread }),
    ...(worst?.repetition && { repetition: worst.repetition }),
    ...(unawaited && { unawaited }),
    limiters: worst?.limiters ?? [],
    evidence,
  };
}

/** An error that nothing else has taken is lost where a fan-out keeps it among its results and nothing looks at them. */
function hidden(verdict: Verdict, settled: Settled | undefined): Verdict {
  if (!settled || verdict.protection.k !== 'sdk') return verdict;
  const text = say('errors come back among the results, and nothing looks at them');
  return {
    ...verdict,
    protection: { k: 'lost', at: settled.at, settled: settled.k },
    evidence: [...verdict.evidence, { at: settled.at, text }],
  };
}

/** Evidence in another file gets its line there: whoever shows it has not that file's text. */
function placed({ at, text, path }: Evidence, own: string, { programs }: Project): Evidence {
  if (path === undefined || path === own) return { at, text };
  const line = programs.find((one) => one.path === path)?.lines.position(at.start).line;
  return { at, text, path, ...(line !== undefined && { line }) };
}

/** The worst route counts: nothing on the way, then the 429 lost, then dropped after a wait, then decided on, then sent again. A repeated request is worse than a single one. */
function rank({ fate, repetition }: Route): number {
  const order = { out: 0, lost: 2, dropped: 4, handled: 6, resent: 8 }[fate.k];
  return order + ('exhausted' in fate ? 0 : 1) + (repetition ? 0 : 0.5);
}

function protection(request: Request, worst: Route | undefined, sent: readonly Layer[]): Protection {
  if (sent.length > 0) {
    const exhausted = worst?.fate.k === 'resent' ? worst.fate.exhausted : undefined;
    return { k: 'resent', layers: sent, ...(exhausted && { exhausted }) };
  }
  if (worst?.fate.k === 'handled' || worst?.fate.k === 'lost' || worst?.fate.k === 'dropped') return worst.fate;
  const { retries } = request.client;
  if (request.http)
    return {
      k: 'sdk',
      retries: 0,
      ...(worst?.fate.k === 'out' && worst.fate.returns && { returns: worst.fate.returns }),
    };
  return { k: 'sdk', retries: retries.k === 'set' ? Math.max(0, retries.count) : request.sdk.retry.default };
}

/** The SDK's own retries count as a layer when they were raised above the default, or may have been. */
function sdkLayer({ client, sdk }: Request): Layer | undefined {
  if (client.retries.k === 'unknown')
    return { k: 'sdk', at: client.at, name: say`${say(sdk.name)}, with retries set elsewhere,` };
  if (client.retries.k === 'set' && client.retries.count > sdk.retry.default)
    return { k: 'sdk', at: client.retries.at.at, name: say`${say(sdk.name)} (set to ${client.retries.count} retries)` };
  return undefined;
}

function clientEvidence({ client, sdk, path, http, at }: Request): readonly Evidence[] {
  const name = say(sdk.name);
  if (http) {
    const text =
      client.retries.k === 'unknown'
        ? say`${name} is set up to send again`
        : say`${name} sends no POST again after a 429 by itself`;
    return [
      { at, text: say`a request to ${http.address}` },
      { at: client.at, text },
    ];
  }
  const made = client.construction?.at;
  const known: Evidence =
    client.known === 'instance'
      ? {
          at: made ?? client.at,
          text: made ? say`a client of ${name} is made` : say`a client of ${name}, by its type`,
        }
      : {
          at: client.at,
          text:
            client.known === 'module'
              ? say`${name} called at module level`
              : say`\`${path}\` is a path of ${name}; who made the client is not seen in this file`,
        };
  const option = sdk.retry.option;
  if (option === undefined) return [known, { at: client.at, text: say`${name} retries no 429 by itself` }];
  if (client.retries.k === 'set')
    return [known, { at: client.retries.at.at, text: say`\`${option}\` is ${client.retries.count}` }];
  return [
    known,
    {
      at: client.at,
      text:
        client.retries.k === 'unknown'
          ? say`\`${option}\` is set to a value that can’t be read here`
          : say`\`${option}\` is not set: the default of ${sdk.retry.default} holds`,
    },
  ];
}
