/** Follows a 429 from the request outward, through handlers, loops, wrappers and callers, on every visible way. */
import type { Catalogue } from './catalogue.ts';
import type { Expr, Loop, Stmt, Try } from './facts.ts';
import { assigned, coversLimit, type ErrorInHand, type Exit, exits, reads } from './handler.ts';
import { layersOf, nameOf, startsMany } from './layers.ts';
import { type Around, expressions, type Place, type Program, statements, within } from './program.ts';
import type { Resolver } from './resolve.ts';
import type { Evidence, Layer, Repetition, Request } from './verdict.ts';

/** How the 429 ends on one way: sent again, decided on by name, lost, or out at the program's edge. */
export interface Route {
  readonly fate:
    | { readonly k: 'resent'; readonly layer: Layer }
    | { readonly k: 'handled' | 'lost'; readonly at: Around & { k: 'stmt' } }
    | { readonly k: 'out' };
  readonly repetition?: Repetition;
  readonly limiters: readonly Layer[];
  readonly evidence: readonly Evidence[];
}

/** The state of one way, passed outward. */
interface Way {
  /** Functions gone through, to see recursion. */
  readonly fns: readonly number[];
  readonly awaited: boolean;
  /** Statements that run once the request has succeeded, up to the loop looked at. */
  readonly after: readonly (readonly Stmt[])[];
  /** The variables that success sets: the request's own target. */
  readonly sets: readonly number[];
  readonly returned: boolean;
  readonly repetition?: Repetition;
  readonly limiters: readonly Layer[];
  readonly evidence: readonly Evidence[];
  /** Set once a handler has taken the error: how control goes on. */
  readonly absorbed?: {
    readonly exits: readonly Exit[];
    readonly named: boolean;
    readonly at: Around & { k: 'stmt' };
    readonly body: readonly Stmt[];
    readonly mayRaise: boolean;
  };
}

const mostFunctions = 8;
const mostRoutes = 64;

export function routesOf(
  request: Request,
  start: Place,
  program: Program,
  resolver: Resolver,
  catalogue: Catalogue,
): readonly Route[] {
  const layers = layersOf(resolver, catalogue);
  const { facts } = program;
  let routes = 0;

  const end = (way: Way, fate: Route['fate']): Route[] => [
    { fate, limiters: way.limiters, evidence: way.evidence, ...(way.repetition && { repetition: way.repetition }) },
  ];
  const resent = (way: Way, layer: Layer): Route[] =>
    end(note(way, layer.at, `${layer.name} sends the request again`), { k: 'resent', layer });

  const errorAt = (place: Place, variable?: number): ErrorInHand => ({ sdk: request.sdk, var: variable, place });

  /** One step a frame, outward to the function's edge. */
  const climb = (place: Place, first: Way): Route[] => {
    let way = first;
    for (let around = place.around; around; around = around.outer) {
      const here: Place = { fn: place.fn, around: around.outer };
      if (around.k === 'edge') break;
      if (around.k === 'expr') {
        const step = throughExpr(around, here, way);
        if ('routes' in step) return step.routes;
        way = step.way;
        continue;
      }
      const step = throughStmt(around, here, way);
      if ('routes' in step) return step.routes;
      way = step.way;
    }
    return leaveFunction(place.fn, way);
  };

  type Step = { readonly way: Way } | { readonly routes: Route[] };

  const throughExpr = (around: Around & { k: 'expr' }, here: Place, way: Way): Step => {
    const { node, part } = around;
    if (node.k === 'await') return { way: { ...way, awaited: true } };
    if (node.k === 'comprehension' && (part === 'element' || part === 'test' || (part === 'iter' && around.index > 0)))
      return { way: repeat(way, 'loop', node.at) };
    if (node.k === 'call' && part === 'callee' && node.callee.k === 'attr')
      return throughChain(node, node.callee.name, here, way);
    if (node.k === 'call' && part === 'arg' && !way.absorbed) {
      const effect = layers.effect(node, here, errorAt(here), 'call');
      if (effect.k === 'fan-out') return { way: insideMany(around) ? repeat(way, 'fan-out', node.at) : way };
      if (effect.k === 'layer' && effect.layer.k === 'rate') return { routes: resent(way, effect.layer) };
      if (effect.k === 'layer' && effect.layer.k === 'concurrency')
        return { way: { ...way, limiters: [...way.limiters, effect.layer] } };
    }
    return { way };
  };

  /** `request.catch(handler)`, `request.then(done, handler)`. */
  const throughChain = (call: Expr & { k: 'call' }, name: string, here: Place, way: Way): Step => {
    const handler = name === 'catch' ? call.args[0] : name === 'then' ? call.args[1] : undefined;
    if (!handler || way.absorbed) return { way };
    const meaning = resolver.meanings(handler.value, here).find((one) => one.k === 'fn');
    if (meaning?.k !== 'fn') return { way };
    const fn = facts.fns[meaning.fn]!;
    const error = errorAt({ fn: meaning.fn, around: undefined }, fn.params[0]?.var);
    const layer = resends(fn.body, meaning.fn, [...way.fns, here.fn]);
    if (layer) return { routes: resent(way, { ...layer, at: handler.value.at }) };
    const { exits: found, named } = exits(fn.body, error, resolver);
    if (found.some((one) => one.k === 'raise') || rejects(fn.body)) return { way };
    return {
      routes: end(note(way, handler.value.at, 'a `catch` callback takes the error'), {
        k: named ? 'handled' : 'lost',
        at: stmtOf(here),
      }),
    };
  };

  const throughStmt = (around: Around & { k: 'stmt' }, here: Place, way: Way): Step => {
    const { node, part } = around;
    const limiter = way.absorbed ? undefined : waitBefore(around.block.slice(0, around.index));
    if (limiter) return { routes: resent(way, limiter) };
    const step = throughNode(around, here, part === 'value' && node.k === 'return' ? { ...way, returned: true } : way);
    // What control meets behind the statement: for the loop's own body that is the loop again, and `throughLoop` has seen to it.
    return 'way' in step ? { way: goOn(around, step.way) } : step;
  };

  const throughNode = (around: Around & { k: 'stmt' }, here: Place, way: Way): Step => {
    const { node, part } = around;
    if (node.k === 'try' && part === 'body' && !way.absorbed)
      return throughTry(around as Around & { k: 'stmt'; node: Try & Stmt }, here, way);
    if (node.k === 'with' && part === 'body') return throughWith(node, here, after(way, around));
    if (node.k === 'loop' && (part === 'body' || part === 'test')) return throughLoop(node, around, here, way);
    if (node.k === 'assign' && part === 'value')
      return {
        way: after(
          { ...way, sets: [...way.sets, ...targets(node)], awaited: way.awaited || facts.language === 'typescript' },
          around,
        ),
      };
    return { way: after(way, around) };
  };

  /** Adds what follows `around` in its block to what success runs. */
  const after = (way: Way, around: Around & { k: 'stmt' }): Way => {
    const rest = around.block.slice(around.index + 1);
    return rest.length === 0 ? way : { ...way, after: [...way.after, rest] };
  };

  const throughTry = (around: Around & { k: 'stmt'; node: Try & Stmt }, here: Place, way: Way): Step => {
    const { node } = around;
    const outside = after({ ...way, after: [...way.after, node.orElse] }, around);
    const reaches = way.awaited || !request.async;
    if (!reaches)
      return {
        way: note(outside, node.at, 'the `try` does not await the request, so its handler never sees the error'),
      };
    for (const handler of node.handlers) {
      const place: Place = { fn: here.fn, around };
      const error = errorAt(place, handler.var);
      let named = false;
      if (handler.catches) {
        const answers = handler.catches.map((type) => coversLimit(type, error, resolver));
        if (answers.every((one) => one.catches === 'no')) continue;
        if (!answers.some((one) => one.catches === 'yes')) continue;
        named = answers.some((one) => one.named);
      }
      const layer = resends(handler.body, here.fn, [...way.fns, here.fn]);
      if (layer) return { routes: resent(outside, { ...layer, at: handler.at }) };
      const found = exits(handler.body, error, resolver);
      named ||= found.named;
      const raised = found.exits.filter((one) => one.k === 'raise' || one.k === 'ends');
      const kept = found.exits.filter((one) => one.k !== 'raise' && one.k !== 'ends');
      if (kept.length === 0) {
        // An error of the program's own in place of a 429 that was named is a decision; anything else lets it through.
        if (
          named &&
          raised.some((one) => one.k === 'raise' && one.value !== undefined && !rethrows(one.value, handler.var))
        )
          return { routes: end(outside, { k: 'handled', at: around }) };
        return { way: note(outside, handler.at, 'the handler lets the error through') };
      }
      const body = handler.body;
      return {
        way: {
          ...note(outside, handler.at, named ? 'a handler takes the 429' : 'a handler takes every error'),
          absorbed: { exits: kept, named, at: { ...around, handler }, body, mayRaise: raised.length > 0 },
        },
      };
    }
    return { way: outside };
  };

  /** Whether a raised value is the error in hand itself, or passes it on whole. */
  const rethrows = (value: Expr, variable: number | undefined): boolean => {
    if (value.k === 'name' && value.var === variable) return true;
    return (
      variable !== undefined &&
      [...within(value)].some((one) => one.k === 'name' && one.var === variable) &&
      !(value.k === 'call' && value.isNew)
    );
  };

  /** After a handler: what control meets behind statement `around`, as long as it just falls on. */
  const goOn = (around: Around & { k: 'stmt' }, way: Way): Way => {
    const { absorbed } = way;
    if (!absorbed) return way;
    const falls = absorbed.exits.some((one) => one.k === 'fall');
    if (!falls) return way;
    // Inside the `try` that took the error nothing follows; `around` is already outside it.
    const rest = around.block.slice(around.index + 1);
    const next = exits(rest, undefined, resolver).exits;
    const kept = absorbed.exits.filter((one) => one.k !== 'fall');
    // What follows may leave on success alone (`if response: break`): falling on stays possible then.
    return {
      ...way,
      absorbed: {
        ...absorbed,
        exits: [...kept, ...next.filter((one) => one.k !== 'raise' || next.every((other) => other.k === 'raise'))],
      },
    };
  };

  const throughLoop = (loop: Loop & Stmt, around: Around & { k: 'stmt' }, here: Place, way: Way): Step => {
    const library = loop.iter && layers.effect(loop.iter, here, errorAt(here), 'context');
    if (library?.k === 'layer' && library.layer.k === 'library') return { routes: resent(way, library.layer) };
    const { absorbed } = way;
    const outside = { ...after(way, around), sets: [], after: [] as readonly (readonly Stmt[])[] };
    if (!absorbed) return { way: after(repeat({ ...way, after: [], sets: [] }, 'loop', loop.at), around) };

    const ours = (one: Exit) => one.label === undefined || one.label === loop.label;
    const again = absorbed.exits.some((one) => one.k === 'fall' || (one.k === 'continue' && ours(one)));
    const leaves = absorbed.exits.filter(
      (one) => one.k === 'return' || ((one.k === 'break' || one.k === 'continue') && !ours(one)),
    );
    const breaks = absorbed.exits.some((one) => one.k === 'break' && ours(one));
    if (again && successLeaves(loop, way))
      return { routes: resent(way, { k: 'loop', at: loop.at, name: 'a loop round the call' }) };
    if (again && !breaks)
      return {
        routes: end(repeat(outside, 'loop', loop.at), { k: absorbed.named ? 'handled' : 'lost', at: absorbed.at }),
      };
    const next: Exit[] = [...leaves, ...(breaks || again ? [{ k: 'fall' } as const] : [])];
    return { way: { ...repeat(outside, 'loop', loop.at), absorbed: { ...absorbed, exits: next } } };
  };

  /** Whether the loop is left, or moves on to the next item, only when the request has succeeded. */
  const successLeaves = (loop: Loop, way: Way): boolean => {
    if (way.returned) return true;
    const after = way.after.flat();
    for (const stmt of leaving(after)) {
      if (stmt.k === 'return' || stmt.k === 'raise') return true;
      if (stmt.k === 'break' && (stmt.label === undefined || stmt.label === loop.label)) return true;
    }
    const tested = loop.test ? reads(loop.test) : new Set<number>();
    if (tested.size === 0) return false;
    const failed = assigned(way.absorbed?.body ?? []);
    const set = new Set([...way.sets, ...assigned(after)]);
    return [...tested].some((one) => set.has(one) && !failed.has(one));
  };

  const throughWith = (stmt: Stmt & { k: 'with' }, here: Place, way: Way): Step => {
    let next = way;
    for (const item of stmt.items) {
      const name = nameOf(item.value);
      const effect = layers.effect(item.value, here, errorAt(here), 'context');
      if (effect.k === 'layer' && (effect.layer.k === 'library' || effect.layer.k === 'rate'))
        return { routes: resent(next, effect.layer) };
      if (effect.k === 'layer' && effect.layer.k === 'concurrency')
        next = { ...next, limiters: [...next.limiters, effect.layer] };
      else if (/sem(aphore)?$|limiter$/i.test(name))
        next = { ...next, limiters: [...next.limiters, { k: 'concurrency', at: item.value.at, name }] };
      if (/(^|\.)suppress$/.test(name) && item.value.k === 'call' && !next.absorbed) {
        const caught = item.value.args.some((arg) => coversLimit(arg.value, errorAt(here), resolver).catches === 'yes');
        if (caught) return { routes: end(next, { k: 'lost', at: stmtOf(here, stmt) }) };
      }
    }
    return { way: next };
  };

  /** A handler's body that sends the request again by itself: recursion, or another call of the same path. */
  const resends = (body: readonly Stmt[], fn: number, fns: readonly number[]): Layer | undefined => {
    const last = request.path.split('.').at(-1);
    for (const stmt of statements(body)) {
      for (const expr of expressions(stmt)) {
        for (const one of deep(expr, program)) {
          if (one.k !== 'call') continue;
          if (one.callee.k === 'attr' && one.callee.name === last && nameOf(one.callee).endsWith(request.path))
            return { k: 'loop', at: one.at, name: 'the handler' };
          const name = nameOf(one.callee).split('.').at(-1);
          if (!name || !fns.some((id) => facts.fns[id]?.name === name || facts.fns[id]?.name === '')) continue;
          if (
            resolver
              .meanings(one.callee, { fn, around: undefined })
              .some((meaning) => meaning.k === 'fn' && fns.includes(meaning.fn))
          )
            return { k: 'recursion', at: one.at, name: 'a call of the function itself' };
        }
      }
    }
    return undefined;
  };

  const leaveFunction = (fn: number, way: Way): Route[] => {
    if (way.absorbed) return end(way, absorbedFate(way.absorbed));
    if (fn === edge) return end(way, { k: 'out' });
    if (fn === 0 || routes++ > mostRoutes) return end(way, { k: 'out' });
    const own = facts.fns[fn]!;
    for (const decorator of own.decorators) {
      const place: Place = { fn: own.parent ?? 0, around: undefined };
      const effect = layers.effect(decorator, place, errorAt(place), 'decorator');
      if (effect.k === 'layer' && effect.layer.k === 'concurrency')
        way = { ...way, limiters: [...way.limiters, effect.layer] };
      else if (effect.k === 'layer' && !(own.generator && effect.layer.k === 'library'))
        return resent(way, effect.layer);
      else if (effect.k === 'own') {
        const layer = wrapperLayer(effect.fn, way);
        if (layer) return resent(way, { ...layer, at: decorator.at });
      }
    }
    if (way.fns.includes(fn)) return [];
    if (way.fns.length >= mostFunctions) return end(way, { k: 'out' });
    const outer: Way = {
      fns: [...way.fns, fn],
      awaited: false,
      after: [],
      sets: [],
      returned: false,
      limiters: way.limiters,
      evidence: way.evidence,
      ...(way.repetition && { repetition: way.repetition }),
    };
    const found = [...asValue(fn, outer), ...callersRoutes(fn, outer)];
    return found.length > 0 ? found : end(way, { k: 'out' });
  };

  const callersRoutes = (fn: number, way: Way): Route[] =>
    resolver.callersOf(fn).flatMap(({ call, place }) => {
      if (way.fns.includes(place.fn)) return [];
      return climb(
        place,
        note(
          way,
          call.at,
          `called by ${facts.fns[place.fn]?.name || (place.fn === 0 ? 'the top level' : 'a function')}`,
        ),
      );
    });

  /** Ways on for a function that is handed on as a value. */
  const asValue = (fn: number, way: Way): Route[] => {
    const stands = program.functions.get(fn);
    const variables = facts.vars.flatMap((one, id) => (one.what.k === 'fn' && one.what.fn === fn ? [id] : []));
    if (stands)
      for (const [id, list] of program.bindings)
        if (list.some((binding) => binding.value === stands.expr)) variables.push(id);
    const places: { expr: Expr; place: Place }[] = [
      ...(stands ? [{ expr: stands.expr, place: stands as Place }] : []),
      ...variables.flatMap((id) =>
        (program.uses.get(id) ?? []).map((use) => ({ expr: use.expr, place: use as Place })),
      ),
      ...methodReferences(fn),
    ];
    return places.flatMap(({ place }) => handedTo(place, way));
  };

  const methodReferences = (fn: number): { expr: Expr; place: Place }[] => {
    const own = facts.fns[fn]!;
    if (own.cls === undefined || !own.name) return [];
    return (program.members.get(own.name) ?? [])
      .filter(
        (use) =>
          use.around?.k === 'expr' &&
          use.around.part !== 'callee' &&
          resolver.meanings(use.expr, use).some((one) => one.k === 'fn' && one.fn === fn),
      )
      .map((use) => ({ expr: use.expr, place: use as Place }));
  };

  /** The function stands as an argument of a call: what does that call do with it? */
  const handedTo = (place: Place, way: Way): Route[] => {
    const { around } = place;
    if (around?.k !== 'expr' || around.node.k !== 'call') return [];
    const call = around.node;
    const here: Place = { fn: place.fn, around: around.outer };
    if (around.part === 'callee') return call.callee.k === 'fn' ? climb(here, way) : [];
    if (around.part !== 'arg') return [];
    if (way.fns.includes(place.fn) && place.fn !== 0) return [];
    const effect = layers.effect(call, here, errorAt(here), 'call');
    switch (effect.k) {
      case 'layer':
        // A pool's `map` starts many, as many at once as the pool allows.
        if (effect.layer.k === 'concurrency')
          return climb(here, {
            ...(startsMany(call) ? repeat(way, 'fan-out', call.at) : way),
            limiters: [...way.limiters, effect.layer],
          });
        return resent(way, effect.layer);
      case 'fan-out':
        return climb(here, repeat(way, 'fan-out', call.at));
      case 'own': {
        const inner = parameterRoutes(effect.fn, around.index, way, call);
        const sent = inner.find((route) => route.fate.k === 'resent');
        if (sent) return [sent];
        const stopped = inner.filter((route) => route.fate.k !== 'out');
        return stopped.length > 0 ? stopped : climb(here, note(way, call.at, `handed to ${nameOf(call.callee)}`));
      }
      default:
        return climb(here, note(way, call.at, `handed to ${nameOf(call.callee) || 'a call'}`));
    }
  };

  /** How a 429 fares inside a function of the program that calls what it is given. */
  const parameterRoutes = (fn: number, at: number, way: Way, from: Expr): Route[] => {
    const own = facts.fns[fn]!;
    if (way.fns.includes(fn)) return [];
    const shift =
      facts.language === 'python' && own.cls !== undefined && !own.modifiers.includes('staticmethod') ? 1 : 0;
    const variable = own.params[at + shift]?.var;
    if (variable === undefined) return [];
    return (program.uses.get(variable) ?? []).flatMap((use) => {
      if (use.around?.k !== 'expr' || use.around.node.k !== 'call') return [];
      const inside: Way = {
        ...way,
        fns: [...way.fns, fn],
        evidence: [...way.evidence, { at: from.at, text: `handed to ${own.name}` }],
      };
      if (use.around.part === 'callee') return climbWithin({ fn: use.fn, around: use.around.outer }, inside, fn);
      // Handed on once more: `retry(fn)` inside.
      const next = layers.effect(use.around.node, { fn: use.fn, around: use.around.outer }, errorAt(use), 'call');
      if (next.k === 'layer' && next.layer.k !== 'concurrency') return resent(inside, next.layer);
      if (next.k === 'own') return parameterRoutes(next.fn, use.around.index, inside, from);
      return [];
    });
  };

  /** Climbs to the edge of `fn` and no further: callers of a helper are not this request's. */
  const climbWithin = (place: Place, way: Way, fn: number): Route[] => {
    const saved = edge;
    edge = fn;
    try {
      return climb(place, way);
    } finally {
      edge = saved;
    }
  };
  let edge = -1;

  /** Whether a decorator of the program's own sends again what it decorates. */
  const wrapperLayer = (fn: number, way: Way): Layer | undefined => {
    const family = facts.fns.flatMap((_, id) => (isInside(id, fn) ? [id] : []));
    const known = new Set(family);
    for (const id of family) {
      for (const param of facts.fns[id]!.params) {
        if (param.var === undefined) continue;
        for (const use of program.uses.get(param.var) ?? []) {
          if (!known.has(use.fn) || use.around?.k !== 'expr' || use.around.node.k !== 'call') continue;
          if (use.around.part === 'callee') {
            const routes = climbWithin(
              { fn: use.fn, around: use.around.outer },
              { ...way, fns: [...way.fns, ...family], awaited: false, after: [], sets: [], returned: false },
              use.fn,
            );
            const sent = routes.find((route) => route.fate.k === 'resent');
            if (sent?.fate.k === 'resent')
              return { ...sent.fate.layer, k: 'wrapper', name: `the decorator ${facts.fns[fn]!.name}` };
          } else {
            const next = layers.effect(use.around.node, { fn: use.fn, around: use.around.outer }, errorAt(use), 'call');
            if (next.k === 'layer' && next.layer.k !== 'concurrency') return next.layer;
          }
        }
      }
    }
    return undefined;
  };
  const isInside = (id: number | undefined, outer: number): boolean =>
    id !== undefined && (id === outer || isInside(facts.fns[id]?.parent, outer));

  return climb(start, {
    fns: [],
    awaited: !request.async,
    after: [],
    sets: [],
    returned: false,
    limiters: [],
    evidence: [],
  });

  function repeat(way: Way, k: Repetition['k'], at: { start: number; end: number }): Way {
    return way.repetition ? way : { ...way, repetition: { k, at } };
  }
  function note(way: Way, at: { start: number; end: number }, text: string): Way {
    return { ...way, evidence: [...way.evidence, { at, text }] };
  }
  function stmtOf(place: Place, stmt?: Stmt): Around & { k: 'stmt' } {
    for (let around = place.around; around; around = around.outer) if (around.k === 'stmt') return around;
    return {
      k: 'stmt',
      node: stmt ?? ({ k: 'expr', at: request.at, value: request.call } as Stmt),
      part: 'value',
      block: [],
      index: 0,
    };
  }
}

/** A handler that named the 429 has decided; one that may raise has not lost it; any other has. */
function absorbedFate({ named, mayRaise, at }: NonNullable<Way['absorbed']>): Route['fate'] {
  if (named) return { k: 'handled', at };
  return mayRaise ? { k: 'out' } : { k: 'lost', at };
}

/** The statements of a block that can leave the loop round it: those inside inner loops can't, but for `return`. */
function* leaving(block: readonly Stmt[]): Generator<Stmt> {
  for (const stmt of block) {
    if (stmt.k === 'loop') {
      for (const inner of statements(stmt.body)) if (inner.k === 'return') yield inner;
    } else if (stmt.k === 'if') yield* leaving([...stmt.then, ...stmt.else]);
    else if (stmt.k === 'try') yield* leaving([...stmt.body, ...stmt.orElse]);
    else if (stmt.k === 'with' || stmt.k === 'block') yield* leaving(stmt.body);
    else yield stmt;
  }
}

/** Every expression in `node`, the bodies of functions inside included. */
function* deep(node: Expr, program: Program): Generator<Expr> {
  for (const one of within(node)) {
    yield one;
    if (one.k !== 'fn') continue;
    for (const stmt of statements(program.facts.fns[one.fn]!.body))
      for (const expr of expressions(stmt)) yield* deep(expr, program);
  }
}

/** A rate limiter that is waited for in a statement before the request: `await limiter.acquire()`. */
function waitBefore(block: readonly Stmt[]): Layer | undefined {
  for (const stmt of block) {
    if (stmt.k !== 'expr' && stmt.k !== 'assign') continue;
    for (const one of within(stmt.value)) {
      if (one.k !== 'call') continue;
      const name = nameOf(one.callee);
      if (
        /(limit|throttl|bucket)\w*\.(acquire|removeTokens|wait|waitForToken|consume|try_acquire|throttle)$/i.test(
          name,
        ) &&
        !/sem/i.test(name)
      )
        return { k: 'rate', at: one.at, name };
    }
  }
  return undefined;
}

/** Whether a callback hands the error on: `reject(err)`, `next(err)`. */
function rejects(body: readonly Stmt[]): boolean {
  for (const stmt of statements(body))
    for (const expr of expressions(stmt))
      for (const one of within(expr))
        if (one.k === 'call' && /^(reject|next|callback|cb|done)$/.test(nameOf(one.callee))) return true;
  return false;
}

function targets(stmt: Stmt & { k: 'assign' }): number[] {
  return stmt.target.k === 'var' ? [stmt.target.var] : [];
}

/** Whether an argument stands where many of its kind do: in a spread, a list, a comprehension. */
function insideMany(around: Around & { k: 'expr' }): boolean {
  if (around.node.k !== 'call') return false;
  const arg = around.node.args[around.index];
  return (
    around.node.args.length > 1 || arg?.spread === 'list' || arg?.value.k === 'list' || arg?.value.k === 'comprehension'
  );
}
