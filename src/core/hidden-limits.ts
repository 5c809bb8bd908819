/** Handlers for a rate limit round a retry that raises an error of its own in its place: no limit ever comes there. */
import type { Catalogue, Sdk } from './catalogue.ts';
import type { Call, Expr, Stmt, Try } from './facts.ts';
import type { LayerSource } from './layer-source.ts';
import { layersOf } from './layers.ts';
import { toldTo } from './library-options.ts';
import type { FnMeaning } from './meaning.ts';
import { expressions, nameOf, type Place, type Program, statements, within } from './program.ts';
import type { Found } from './requests.ts';
import type { Resolver } from './resolve.ts';
import { namesLimit } from './shadowed-handlers.ts';
import type { Span } from './span.ts';
import type { Words } from './words.ts';

export interface HiddenLimit {
  /** The class that is waited for, and the one that comes. */
  readonly at: Span;
  readonly name: string;
  readonly instead: string;
  /** The retry, as a message says it; its place where it stands in this file. */
  readonly by: { readonly name: Words; readonly at?: Span };
}

type Retry = LayerSource & { k: 'library' };

export function hiddenLimits(
  program: Program,
  resolver: Resolver,
  catalogue: Catalogue,
  requests: readonly Found[],
): readonly HiddenLimit[] {
  const sdks = catalogue.sdks.filter(({ language, errors }) => language === program.facts.language && !errors.shared);
  const layers = layersOf(resolver, catalogue);

  /** The retry that a function stands under, where its last error comes out as one of the library's own. */
  const retryOf = (
    { program: own, fn }: FnMeaning,
    sdk: Sdk,
  ): { readonly name: Words; readonly source: Retry } | undefined => {
    const { decorators, parent, async } = own.facts.fns[fn]!;
    const [decorator, ...others] = decorators;
    if (!decorator || others.length > 0 || !sendsTo(sdk, own)) return undefined;
    const place: Place = { program: own, fn: parent ?? 0, around: undefined };
    const effect = layers.effect(decorator, place, { sdk, var: undefined, place }, async ? 'coroutine' : 'decorator');
    if (effect.k !== 'layer' || effect.layer.source?.k !== 'library') return undefined;
    const { source, name } = effect.layer;
    return raisesItsOwn(source, resolver) ? { name, source } : undefined;
  };
  const sendsTo = (sdk: Sdk, own: Program) =>
    own === program
      ? requests.some(({ request }) => request.sdk === sdk)
      : own.facts.imports.some(({ module }) => sdk.modules.includes(module));

  const inTry = (node: Try, place: Place): readonly HiddenLimit[] => {
    const asked = node.handlers.flatMap(({ catches = [] }) => catches);
    const limits = asked.flatMap((type) => {
      const sdk = sdks.find((one) => namesLimit(resolver.meanings(type, place), one));
      return sdk ? [{ type, sdk }] : [];
    });
    if (limits.length === 0) return [];
    // What sends without that retry raises the limit itself.
    if (
      requests.some(({ request: { at } }) => at.start >= node.at.start && at.end <= (node.handlers[0]?.at.start ?? 0))
    )
      return [];
    const called = [...callsIn(node.body)].flatMap((call) =>
      resolver.meanings(call.callee, place).flatMap((one) => (one.k === 'fn' ? [one] : [])),
    );
    return limits.flatMap(({ type, sdk }) => {
      const retries = called.map((one) => retryOf(one, sdk));
      const [first] = retries;
      const direct = called.some((one, at) => !retries[at] && sendsTo(sdk, one.program));
      const instead = first?.source.found.raises?.error;
      if (!first || direct || !instead || asked.some((one) => nameOf(one).split('.').at(-1) === instead)) return [];
      const { source, name } = first;
      const at = source.place.program === program ? source.by.at : undefined;
      return [{ at: type.at, name: nameOf(type), instead, by: { name, ...(at && { at }) } }];
    });
  };

  return program.facts.fns.flatMap(({ body }, fn) =>
    [...statements(body)].flatMap((stmt) => (stmt.k === 'try' ? inTry(stmt, { program, fn, around: undefined }) : [])),
  );
}

/** Whether a retry ends, and then in an error of the library's own: nothing tells it otherwise. */
function raisesItsOwn(source: Retry, resolver: Resolver): boolean {
  const { found, call } = source;
  if (!found.raises || toldTo(source, resolver).attempts === 'unbounded') return false;
  const speaking = [found.raises.unless, ...(found.raises.other ?? [])];
  return !call?.args.some(
    ({ name, spread, value }) => spread !== undefined || (speaking.includes(name) && !isFalse(value)),
  );
}

function isFalse(value: Expr): boolean {
  return value.k === 'lit' && value.value === false;
}

function* callsIn(block: readonly Stmt[]): Generator<Call> {
  for (const stmt of statements(block))
    for (const expr of expressions(stmt)) for (const one of within(expr)) if (one.k === 'call') yield one;
}
