/** Retries that wait for one promise again and again: the request behind it was sent once, and is not sent again. */
import type { Catalogue } from './catalogue.ts';
import type { Call, Expr, Stmt } from './facts.ts';
import { layersOf } from './layers.ts';
import {
  type Around,
  type Binding,
  type CallPlace,
  nameOf,
  type Place,
  type Program,
  type Use,
  within,
} from './program.ts';
import type { Resolver } from './resolve.ts';
import { senders } from './senders.ts';
import type { Span } from './span.ts';
import type { Request } from './verdict.ts';

export interface ReusedPromise {
  /** What is waited for again, or what is given it to wait for. */
  readonly at: Span;
  readonly request: Request;
  /** The variable that is read, and the call that gave it its value, where that call can be made in its place. */
  readonly read?: { readonly at: Span; readonly made: Call };
}

export function reusedPromises(
  program: Program,
  requests: readonly Request[],
  resolver: Resolver,
  catalogue: Catalogue,
): readonly ReusedPromise[] {
  const sent = requests.filter((request) => request.async && !request.http);
  if (sent.length === 0) return [];
  const { sends } = senders(program, sent, resolver);
  const layers = layersOf(resolver, catalogue);

  /** The request whose promise an expression is, made on the spot or kept in a variable. */
  const promised = (expr: Expr, place: Place): { request: Request; made: Call; kept?: Binding } | undefined => {
    if (expr.k === 'call') {
      const request = isPromise(expr, place) ? sends.call(expr, place) : undefined;
      return request && { request, made: expr };
    }
    const [kept, ...others] = expr.k === 'name' && expr.var !== undefined ? bound(expr.var, program) : [];
    if (kept?.value?.k !== 'call' || kept.how !== 'assign' || kept.path.length > 0 || others.length > 0)
      return undefined;
    const made = promised(kept.value, kept);
    return made && { ...made, kept };
  };
  /** A request of the program, or a coroutine function that sends one: a generator or a plain function is no promise. */
  const isPromise = (call: Call, place: Place): boolean =>
    sent.some((request) => request.call === call) ||
    resolver
      .meanings(call.callee, place)
      .some(
        (one) => one.k === 'fn' && one.program.facts.fns[one.fn]!.async && !one.program.facts.fns[one.fn]!.generator,
      );

  const inLoops = [...program.uses.values()].flat().flatMap((use): readonly ReusedPromise[] => {
    const loop = awaitedInAttempts(use);
    const found = loop && promised(use.expr, use);
    if (!loop || !found?.kept || found.kept.fn !== use.fn || isInside(found.kept.at, loop.at)) return [];
    return [{ at: use.expr.at, request: found.request, ...readOnce(use, found.made, program) }];
  });

  const given = program.calls.flatMap((place): readonly ReusedPromise[] => {
    const { call } = place;
    const again = (value: Expr, position: number): readonly ReusedPromise[] => {
      const direct = promised(value, place);
      if (direct)
        return waitsAgain(place, position, resolver) || repeats(place) ? [{ at: call.callee.at, ...direct }] : [];
      const inside = value.k === 'fn' ? onlyReturn(value.fn, program) : undefined;
      const found = inside && promised(inside.expr, inside);
      if (!found?.kept || found.kept.fn === inside!.fn) return [];
      const error = { sdk: found.request.sdk, var: undefined, place };
      const effect = layers.effect(call, place, error, 'call');
      const isRetry =
        effect.k === 'layer'
          ? effect.layer.k === 'library' || effect.layer.k === 'opaque'
          : effect.k === 'own' && retrying.test(nameOf(call.callee));
      return isRetry ? [{ at: call.callee.at, request: found.request, ...readOnce(inside!, found.made, program) }] : [];
    };
    return call.args.flatMap(({ value }, position) => again(value, position)).slice(0, 1);
  });
  return [...inLoops, ...given].map(({ at, request, read }) => ({ at, request, ...(read && { read }) }));
}

const retrying = /retr(y|ies)|back.?off|attempt/i;

/** The loop of attempts in which a variable is awaited: `for (…) { try { return await promise } catch { … } }`. */
function awaitedInAttempts({ expr, around }: Use): (Stmt & { readonly k: 'loop' }) | undefined {
  if (expr.k !== 'name' || around?.k !== 'expr' || around.node.k !== 'await') return undefined;
  let tried = false;
  for (let at: Around | undefined = around.outer; at; at = at.outer) {
    if (at.k === 'edge') return undefined;
    if (at.k === 'expr') continue;
    if (at.node.k === 'try' && at.part === 'body' && at.node.handlers.length > 0) tried = true;
    if (at.node.k === 'loop' && at.part === 'body') return tried ? at.node : undefined;
  }
  return undefined;
}

/** Whether the function that is called awaits this argument in a loop of attempts, and never calls it. */
function waitsAgain(place: CallPlace, position: number, resolver: Resolver): boolean {
  return resolver.meanings(place.call.callee, place).some((one) => {
    if (one.k !== 'fn') return false;
    const { facts, uses, bindings } = one.program;
    const fn = facts.fns[one.fn]!;
    const variable = fn.cls === undefined ? fn.params[position]?.var : undefined;
    if (variable === undefined || (bindings.get(variable) ?? []).length > 0) return false;
    const all = uses.get(variable) ?? [];
    return (
      all.some((use) => awaitedInAttempts(use)) &&
      !all.some(({ around }) => around?.k === 'expr' && around.node.k === 'call' && around.part === 'callee')
    );
  });
}

/** rxjs: `from(promise).pipe(retry(3))` */
function repeats({ call, around, program }: CallPlace): boolean {
  if (program.facts.language !== 'typescript' || nameOf(call.callee) !== 'from') return false;
  if (around?.k !== 'expr' || around.node.k !== 'attr' || around.node.name !== 'pipe') return false;
  const piped = around.outer?.k === 'expr' && around.outer.node.k === 'call' ? around.outer.node : undefined;
  return piped?.args.some(({ value }) => value.k === 'call' && /^retry(When)?$/.test(nameOf(value.callee))) ?? false;
}

function onlyReturn(fn: number, program: Program): Use | undefined {
  const [only, ...others] = program.returns.get(fn) ?? [];
  if (!only || others.length > 0 || program.facts.fns[fn]!.body.length > 1) return undefined;
  return { ...only, expr: only.value.k === 'await' ? only.value.value : only.value };
}

/** The call can be made where the variable is read, if that is nowhere else, and what it is given is the same there. */
function readOnce({ expr }: Use, made: Call, program: Program): Pick<ReusedPromise, 'read'> {
  const all = expr.k === 'name' && expr.var !== undefined ? (program.uses.get(expr.var) ?? []) : [];
  const given = [...within(made)].flatMap((one) => (one.k === 'name' && one.var !== undefined ? [one.var] : []));
  const changed = given.some((one) => bound(one, program).some(({ at }) => made.at.end < at && at < expr.at.start));
  return all.length === 1 && !changed ? { read: { at: expr.at, made } } : {};
}

function bound(variable: number, { bindings }: Program): readonly Binding[] {
  return bindings.get(variable) ?? [];
}

function isInside(at: number, { start, end }: Span): boolean {
  return start <= at && at < end;
}
