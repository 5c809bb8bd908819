/** Follows a 429 from the request outward on every visible way: through its function, decorators, helpers and callers. */
import { asksAgain, firstTries, givesNothing, withoutSelfTests } from './asked-again.ts';
import type { Catalogue } from './catalogue.ts';
import type { Expr, Fn } from './facts.ts';
import type { FoundLayer } from './layer-source.ts';
import { startsMany } from './layers.ts';
import { startedBy } from './loop-times.ts';
import type { FnMeaning } from './meaning.ts';
import { namesIn } from './names.ts';
import { type Around, type CallPlace, nameOf, type Place, type Use, within } from './program.ts';
import { callsByTable, consumed, isHanded, isPartial } from './references.ts';
import type { Found } from './requests.ts';
import { implicit, type Resolver } from './resolve.ts';
import { arriving, fateOfResponse, givenBack, type InHand, inHand, isHandedOut, spent } from './responses.ts';
import { throughExpr, throughStmt } from './steps.ts';
import type { Layer, Request } from './verdict.ts';
import {
  absorbedFate,
  end,
  entering,
  errorAt,
  limited,
  note,
  type Route,
  repeat,
  resent,
  tracing,
  type Way,
} from './way.ts';
import { say } from './words.ts';

const mostFunctions = 8;
const mostRoutes = 64;
/** How many functions are left to look at beyond the first layer. */
const mostBeyond = 16;

/** What can be asked of one request's 429. */
interface Tracer {
  /** How it fares on each visible way. */
  routes(): readonly Route[];
  /** What sends it again inside a function of the program that calls what it is given at `position`. */
  sentInside(fn: FnMeaning, position: number): Layer | undefined;
  /** What a decorator of the program's own does, where it sends again what it decorates. */
  sentByDecorator(fn: FnMeaning): Layer | undefined;
}

export function routesOf(found: Found, resolver: Resolver, catalogue: Catalogue): readonly Route[] {
  return tracer(found, resolver, catalogue).routes();
}

export function tracer({ request, place: start, given }: Found, resolver: Resolver, catalogue: Catalogue): Tracer {
  const trace = tracing(request, resolver, catalogue);
  const { layers } = trace;
  let functionsLeft = 0;
  /** Where a climb inside a helper stops: the helper's own callers are not this request's. */
  let edge: Fn | undefined;
  /** What is looked for is no longer how the 429 ends, but what else sends it again. */
  let far = false;

  /** One step a frame, outward to the function's edge and on. */
  const climb = (place: Place, first: Way): readonly Route[] => {
    let way = first;
    for (let { around } = place; around && around.k !== 'edge'; around = around.outer) {
      const here: Place = { ...place, around: around.outer };
      const step = around.k === 'expr' ? throughExpr(around, here, way, trace) : throughStmt(around, here, way, trace);
      if ('routes' in step) return step.beyond ? beyond(step.routes, () => climb(here, step.beyond!)) : step.routes;
      if ('raised' in step) {
        const raised = climb(here, step.raised);
        if (raised.length > 0 && raised.every(({ fate }) => fate.k === 'resent')) return raised;
      }
      way = step.way;
    }
    return leaveFunction(place, way);
  };

  /** Once something has given up sending again, its error goes on outward, and may be sent again there. */
  const beyond = (sent: readonly Route[], outward: () => readonly Route[]): readonly Route[] => {
    const saved = { functionsLeft, far };
    functionsLeft = far ? functionsLeft : Math.max(functionsLeft, mostRoutes - mostBeyond);
    far = true;
    const routes = outward();
    far = saved.far;
    if (!far) functionsLeft = saved.functionsLeft;
    return sent.flatMap((route) => (route.fate.k === 'resent' ? outerLayers(route, route.fate, routes) : [route]));
  };

  const climbWithin = (place: Place, way: Way, fn: Fn): readonly Route[] => {
    const saved = edge;
    edge = fn;
    try {
      return climb(place, way);
    } finally {
      edge = saved;
    }
  };

  const leaveFunction = ({ program, fn }: Place, way: Way): readonly Route[] => {
    const own = program.facts.fns[fn]!;
    // What may still raise goes on outward; what a handler has taken for good ends here.
    if (way.absorbed && absorbedFate(way.absorbed).k !== 'out') {
      const left: FnMeaning = { k: 'fn', program, fn };
      const asking = givesNothing(way.absorbed) ? own.decorators.find(looksAtResults) : undefined;
      const outside: Place = { program, fn: own.parent ?? 0, around: undefined };
      if (asking) return resent(way, layers.byResults(asking, outside), outside);
      const again = askedAgain(left, way);
      if (again) return resent(way, again.layer, again.place);
      return end(way, printsAtTheEnd(left, way) ? { k: 'out' } : absorbedFate(way.absorbed));
    }
    let next = way;
    if (way.response && !way.response.spent && (fn === 0 || own === edge || !isHandedOut(way.response))) {
      const fate = fateOfResponse(way.response);
      if (fate.k !== 'out') return end(way, fate);
      next = spent(way);
    }
    if (fn === 0 || own === edge || functionsLeft++ > mostRoutes) return end(next, { k: 'out' });
    return leaveDecorators({ k: 'fn', program, fn }, own.decorators, next);
  };

  const leaveDecorators = (
    meaning: FnMeaning,
    [decorator, ...others]: Fn['decorators'],
    way: Way,
  ): readonly Route[] => {
    const { program, fn } = meaning;
    const own = program.facts.fns[fn]!;
    let next = way;
    if (decorator) {
      const place: Place = { program, fn: own.parent ?? 0, around: undefined };
      const sent = (layer: FoundLayer) =>
        beyond(resent(next, layer, place), () => leaveDecorators(meaning, others, next));
      if (next.response && !next.response.spent && looksAtResults(decorator))
        return sent(layers.byResults(decorator, place));
      const effect = layers.effect(
        decorator,
        place,
        errorAt(trace, next, place),
        own.async ? 'coroutine' : 'decorator',
      );
      if (effect.k === 'own') {
        const layer = decoratorLayer({ ...effect, k: 'fn' }, next);
        if (layer) {
          const routes = resent(next, { ...layer.found, at: decorator.at, path: program.path }, place);
          return layer.out ? beyond(routes, () => leaveDecorators(meaning, others, next)) : routes;
        }
      } else if (effect.k === 'layer' && seesResponses(effect.layer, next)) {
        if (effect.layer.k === 'concurrency') next = limited(next, effect.layer);
        // A library's decorator on a generator is over before the first item is asked for.
        else if (!own.generator || effect.layer.k !== 'library') return sent(effect.layer);
      }
      return leaveDecorators(meaning, others, next);
    }
    if (way.fns.includes(own)) return [];
    if (way.fns.length >= mostFunctions) return end(next, { k: 'out' });
    const { response } = next;
    const outer: Way = { ...entering(next, own), ...(response && { response }) };
    const found = [...handedOn(meaning, outer), ...calledBy(meaning, outer)];
    if (found.length > 0) return found;
    const fate = response && !response.spent ? fateOfResponse(response) : undefined;
    return fate ? end(spent(next), fate) : end(next, { k: 'out' });
  };

  /** The loop of a caller, where every visible caller has one that goes round until the function gives something. */
  const askedAgain = (
    fn: FnMeaning,
    { absorbed }: Way,
  ): { readonly layer: Layer; readonly place: Place } | undefined => {
    if (!absorbed || fn.fn === 0 || !givesNothing(absorbed)) return undefined;
    const callers = resolver.callersOf(fn);
    const loops = callers.map((caller) => ({ layer: asksAgain(caller), place: caller.place }));
    const [first] = loops;
    return first?.layer && loops.every(({ layer }) => layer) ? { layer: first.layer, place: first.place } : undefined;
  };

  /** Whether a handler prints the error and the program is over then: that is the error coming out, only more kindly. */
  const printsAtTheEnd = (fn: FnMeaning, { absorbed, repetition }: Way): boolean => {
    if (!absorbed?.printed || absorbed.named || repetition) return false;
    if (!absorbed.exits.every((exit) => exit.k === 'fall' || (exit.k === 'return' && exit.value === undefined)))
      return false;
    if (fn.fn === 0 || fn.program.facts.fns[fn.fn] === edge) return true;
    const places = [
      ...resolver.callersOf(fn).map(({ place }) => place),
      ...references(fn, resolver).filter(isArgument),
    ];
    return places.length > 0 && places.every((place) => place.fn === 0);
  };

  const calledBy = (fn: FnMeaning, way: Way): readonly Route[] =>
    withoutSelfTests(firstTries(resolver.callersOf(fn)), fn.program).flatMap(({ call, place }) => {
      const caller = place.program.facts.fns[place.fn]!;
      if (way.fns.includes(caller)) return [];
      // A helper that is given its address has other callers, whose requests are others.
      if (given?.fn.program === fn.program && given.fn.fn === fn.fn && given.caller.call !== call) return [];
      const name = caller.name || (place.fn === 0 ? say('the top level') : say('a function'));
      const noted = note(arriving(way, call), call.at, say`called by ${name}`, place.program.path);
      // A generator runs where it is asked for its items, which may be behind the call.
      const asked = fn.program.facts.fns[fn.fn]!.generator ? consumed(place) : undefined;
      return asked ? climb(asked, { ...noted, awaited: true }) : climb(place, noted);
    });

  /** Ways on for a function that is handed on as a value. */
  const handedOn = (fn: FnMeaning, way: Way): readonly Route[] =>
    references(fn, resolver).flatMap((place) => [
      ...handedTo(place, way),
      ...byTable(place, way),
      ...byMaker(place, way),
    ]);

  /** The function is what another one gives, and that one is handed on: `retry(() => ask)`. */
  const byMaker = ({ program, fn, around }: Place, way: Way): readonly Route[] => {
    if (fn === 0 || around?.k !== 'stmt' || around.node.k !== 'return') return [];
    const maker = program.facts.fns[fn]!;
    if (way.fns.includes(maker)) return [];
    const made: Way = { ...way, fns: [...way.fns, maker], awaited: true };
    return references({ k: 'fn', program, fn }, resolver).flatMap((place) => handedTo(place, made));
  };

  /** The function is an entry of a table, and called from there. */
  const byTable = (place: Place, way: Way): readonly Route[] =>
    callsByTable(place).flatMap(({ call, ...at }) => {
      const caller = at.program.facts.fns[at.fn]!;
      if (way.fns.includes(caller)) return [];
      const name = caller.name || say('a function');
      return climb(at, note(arriving(way, call), call.at, say`called by ${name}, through a table`, at.program.path));
    });

  /** The function is an argument of a call: what does that call do with it? */
  const handedTo = ({ program, fn, around }: Place, inner: Way): readonly Route[] => {
    if (around?.k === 'expr' && around.node.k === 'object') return inObject(around, { program, fn, around }, inner);
    if (around?.k !== 'expr' || around.node.k !== 'call') return [];
    const call = around.node;
    // Nothing is called yet: what the partial is handed to calls it, or whoever knows it by its new name.
    if (around.part === 'arg' && isPartial(call)) return handedTo({ program, fn, around: around.outer }, inner);
    const settles = inner.response?.elsewhere && call.isNew && nameOf(call.callee) === 'Promise';
    const way = arriving(inner, call, settles ? 'holder' : givenBack(inner.response));
    const here: Place = { program, fn, around: around.outer };
    if (around.part === 'callee') return call.callee.k === 'fn' ? climb(here, way) : [];
    if (fn !== 0 && way.fns.includes(program.facts.fns[fn]!)) return [];
    if (inner.response && !inner.response.spent && looksAtResults(call))
      return resent(inner, layers.byResults(call, here), here);
    const effect = layers.effect(call, here, errorAt(trace, way, here), 'call');
    const many = () => startedBy(call, here, resolver);
    const noted = note(way, call.at, say`handed to ${nameOf(call.callee) || say('a call')}`, program.path);
    switch (effect.k) {
      case 'layer':
        if (!seesResponses(effect.layer, way)) return climb(here, noted);
        if (effect.layer.k !== 'concurrency') return beyond(resent(way, effect.layer, here), () => climb(here, noted));
        // A pool's `map` starts many, as many at once as the pool allows.
        return climb(here, limited(startsMany(call) ? repeat(way, 'fan-out', call.at, many()) : way, effect.layer));
      case 'fan-out':
        return climb(here, repeat(inner.response ? spent(inner) : inner, 'fan-out', call.at, many()));
      case 'own': {
        const inside = parameterRoutes({ ...effect, k: 'fn' }, around.index, {
          ...noted,
          ...(inner.response && { response: inner.response }),
        });
        const sent = inside.find((route) => route.fate.k === 'resent');
        if (sent?.fate.k === 'resent') {
          const through = { at: call.callee.at, path: program.path };
          const route = { ...sent, fate: { ...sent.fate, ...throughCall(sent.fate, through) } };
          return sent.fate.out ? beyond([route], () => climb(here, noted)) : [route];
        }
        const stopped = inside.filter((route) => route.fate.k !== 'out');
        return stopped.length > 0 ? stopped : climb(here, noted);
      }
      default:
        return climb(here, noted);
    }
  };

  /** The function is an entry of an object: a library may run it, and again. */
  const inObject = (
    { node, index, outer }: Around & { k: 'expr' },
    { program, fn }: Place,
    way: Way,
  ): readonly Route[] => {
    const key = node.k === 'object' ? node.entries[index]?.key : undefined;
    if (key === undefined || outer?.k !== 'expr' || outer.part !== 'arg' || outer.node.k !== 'call') return [];
    const here: Place = { program, fn, around: outer.outer };
    const layer = layers.roundEntry(outer.node, key, here);
    if (!layer || !seesResponses(layer, way)) return [];
    return resent(way, layer, here);
  };

  /** How a 429 fares inside a function of the program that calls what it is given. */
  const parameterRoutes = (fn: FnMeaning, position: number, way: Way): readonly Route[] => {
    const { program } = fn;
    const own = program.facts.fns[fn.fn]!;
    if (way.fns.includes(own)) return [];
    const variable = own.params[position + implicit(program, fn.fn)]?.var;
    if (variable === undefined) return [];
    const inside: Way = { ...way, fns: [...way.fns, own] };
    return (program.uses.get(variable) ?? []).flatMap((use) => usedInside(use, inside, own));
  };

  const usedInside = (use: Use, way: Way, edgeFn: Fn): readonly Route[] => {
    if (use.around?.k !== 'expr' || use.around.node.k !== 'call') return [];
    const place: Place = { ...use, around: use.around.outer };
    if (use.around.part === 'callee') return climbWithin(place, arriving(way, use.around.node), edgeFn);
    // Handed on once more: `retry(fn)` inside.
    const next = layers.effect(use.around.node, place, errorAt(trace, way, use), 'call');
    if (next.k === 'layer' && next.layer.k !== 'concurrency' && seesResponses(next.layer, way))
      return resent(way, next.layer, place);
    return next.k === 'own' ? parameterRoutes({ ...next, k: 'fn' }, use.around.index, way) : [];
  };

  /** Whether a decorator of the program's own sends again what it decorates. */
  const decoratorLayer = (
    fn: FnMeaning,
    way: Way,
  ): { readonly found: FoundLayer; readonly out: boolean } | undefined => {
    const { facts, uses } = fn.program;
    const inside = (id: number | undefined): boolean =>
      id !== undefined && (id === fn.fn || inside(facts.fns[id]?.parent));
    const family = facts.fns.filter((_, id) => inside(id));
    for (const own of family) {
      for (const { var: variable } of own.params) {
        if (variable === undefined) continue;
        for (const use of uses.get(variable) ?? []) {
          const inner: Way = { ...entering(way), ...(way.response && { response: way.response }) };
          // What the wrapper inside is handed to counts, too: `return retry(wrapper)`.
          const routes = usedInside(use, inner, facts.fns[fn.fn]!);
          const sent = routes.find((route) => route.fate.k === 'resent');
          if (sent?.fate.k === 'resent')
            return {
              found: { ...sent.fate.layer, k: 'wrapper', name: say`the decorator \`${facts.fns[fn.fn]!.name}\`` },
              out: sent.fate.out,
            };
        }
      }
    }
    return undefined;
  };

  const way: Way = {
    fns: [],
    awaited:
      !request.async || (request.http !== undefined && start.around?.k === 'stmt' && start.around.part === 'item'),
    after: [],
    sets: [],
    returned: false,
    limiters: [],
    evidence: [],
    ...(request.http && request.http.refusal !== 'raised' && { response: responseOf(request, start) }),
  };
  return {
    routes: () => (isHanded(start, request.call.callee) ? handedTo(start, way) : climb(start, way)),
    sentInside(fn, position) {
      const sent = parameterRoutes(fn, position, way).find(({ fate }) => fate.k === 'resent');
      return sent?.fate.k === 'resent' ? sent.fate.layer : undefined;
    },
    sentByDecorator: (fn) => decoratorLayer(fn, way)?.found,
  };
}

/** The routes with what sends the request again beyond their own layers, each chain once. */
function outerLayers(route: Route, fate: Route['fate'] & { k: 'resent' }, outward: readonly Route[]): readonly Route[] {
  const out = outward.some((one) => one.fate.k === 'out' || (one.fate.k === 'resent' && one.fate.out));
  const chains = outward.flatMap((one) => (one.fate.k === 'resent' ? [[one.fate.layer, ...one.fate.outer]] : []));
  const once = new Map(chains.map((chain) => [chain.map(({ path, at }) => `${path} ${at.start}`).join(), chain]));
  const found = once.size === 0 ? [[]] : [...once.values()];
  return found.map((chain) => ({ ...route, fate: { ...fate, outer: [...fate.outer, ...chain], out } }));
}

/** The layers inside a function that is called there. */
function throughCall(
  { layer, outer }: Route['fate'] & { k: 'resent' },
  through: NonNullable<FoundLayer['through']>,
): { readonly layer: FoundLayer; readonly outer: readonly FoundLayer[] } {
  return { layer: { ...layer, through }, outer: outer.map((one) => ({ ...one, through })) };
}

function isArgument({ around }: Place): boolean {
  return around?.k === 'expr' && around.node.k === 'call' && around.part === 'arg';
}

/** The places where a function stands as a value: itself, the variables that hold it, bound methods. */
function references({ program, fn }: FnMeaning, resolver: Resolver): readonly Place[] {
  const { functions, uses } = program;
  const { variables, holders } = namesIn(program);
  const stands = functions.get(fn);
  const keeping = new Set([...(variables.get(fn) ?? []), ...((stands && holders.get(stands.expr)) ?? [])]);
  return [
    ...(stands ? [stands] : []),
    ...[...keeping].sort((a, b) => a - b).flatMap((id) => uses.get(id) ?? []),
    ...resolver.readersOf({ k: 'fn', program, fn }),
  ];
}

/** The response as it comes: the call's value, or what a callback or another call gives. */
function responseOf({ http, sdk }: Request, { call }: CallPlace): InHand {
  if (http?.refusal === 'returned') return inHand(call, 'response');
  return inHand(call, undefined, sdk.language === 'typescript');
}

/** Whether a layer acts while the 429 is a response: a limiter does, a retry on errors does not. */
function seesResponses(layer: Layer, { response }: Way): boolean {
  return !response || layer.k !== 'library';
}

const resultWords =
  /^(retry_if_result|retry_if_not_result|on_predicate|retry_on_result|handleResultType|handleWhenResult|orWhenResult|orResultType|until)$/;

/** Whether a retry looks at what it gets: `retry_if_result(…)`, `backoff.on_predicate(…)`. */
function looksAtResults(by: Expr): boolean {
  return [...within(by)].some((one) => resultWords.test(nameOf(one).split('.').at(-1)!));
}
