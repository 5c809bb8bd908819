/** One way of a 429 outward: what it has met so far, and how it ends. */
import type { Catalogue } from './catalogue.ts';
import { dropsAfterWait } from './dropped.ts';
import type { Exit } from './exits.ts';
import type { Fn, Handler, Stmt } from './facts.ts';
import type { ErrorInHand, Raised } from './handler.ts';
import type { FoundLayer } from './layer-source.ts';
import { type Layers, layersOf } from './layers.ts';
import type { Around, Place } from './program.ts';
import type { Resolver } from './resolve.ts';
import type { InHand } from './responses.ts';
import type { Span } from './span.ts';
import type { Evidence, Layer, Repetition, Request, Returns } from './verdict.ts';
import { say, type Words } from './words.ts';

/** How the 429 ends on one way: sent again, decided on by name, lost, or out at the program's edge. */
export interface Route {
  readonly fate:
    | {
        readonly k: 'resent';
        readonly layer: FoundLayer;
        /** Where the last failure ends in silence. */
        readonly exhausted?: Span;
        /** What sends it again once that layer has given up, from inside outward. */
        readonly outer: readonly FoundLayer[];
        /** Whether the last error comes out of all of them. */
        readonly out: boolean;
      }
    | { readonly k: 'dropped'; readonly at: Span; readonly same: boolean }
    | { readonly k: 'handled' | 'lost'; readonly at: Span; readonly response?: true }
    | { readonly k: 'out'; readonly returns?: Returns };
  readonly repetition?: Repetition;
  readonly limiters: readonly Layer[];
  readonly evidence: readonly Evidence[];
}

export interface Way {
  /** Functions gone through, to see recursion. */
  readonly fns: readonly Fn[];
  /** Whether the error has come out of its promise or coroutine. */
  readonly awaited: boolean;
  /** Statements that run once the request has succeeded, up to the loop looked at. */
  readonly after: readonly (readonly Stmt[])[];
  /** The variables that success sets: the request's own target. */
  readonly sets: readonly number[];
  readonly returned: boolean;
  readonly repetition?: Repetition;
  readonly limiters: readonly Layer[];
  readonly evidence: readonly Evidence[];
  readonly absorbed?: Absorbed;
  /** The 429 is a response still, and no error yet. */
  readonly response?: InHand;
  /** What was raised where the response turned into an error. */
  readonly raised?: Raised;
  /** Where the program has named the 429 before it raised an error of its own. */
  readonly decided?: Span;
  /** How it came back as a response. */
  readonly returns?: Returns;
}

/** A handler has taken the error; control goes on by one of `exits`. */
export interface Absorbed {
  readonly exits: readonly Exit[];
  readonly named: boolean;
  readonly at: Span;
  /** The handler's statements. */
  readonly body: readonly Stmt[];
  /** On the way of a 429 the handler waits. */
  readonly waits?: boolean;
  /** The statements whose errors it takes. */
  readonly attempt?: readonly Stmt[];
  /** The handler prints the error: at the end of a program that is how an error comes out. */
  readonly printed?: boolean;
  /** On some condition that can't be judged here the handler raises after all. */
  readonly mayRaise: boolean;
  /** A success may leave the function where it is handled. */
  readonly leaves?: true;
  /** A statement of the handler raises, perhaps. */
  readonly raises?: true;
  /** The error as the handler sees it; absent where it is a response. */
  readonly error?: ErrorInHand;
  /** The handlers of the same `try`. */
  readonly clauses?: readonly Handler[];
  /** It is a response that nothing has looked at. */
  readonly unasked?: true;
}

/** One step outward: further on the way, or the routes at its end. */
export type Step =
  | { readonly way: Way }
  /** `beyond`: how the last error goes on outward, where something gives up sending again. */
  | { readonly routes: readonly Route[]; readonly beyond?: Way }
  /** On some condition the response is raised: `raised` counts if it ends well on every route, else `way`. */
  | { readonly raised: Way; readonly way: Way };

/** What every step needs to know. */
export interface Tracing {
  readonly request: Request;
  readonly resolver: Resolver;
  readonly layers: Layers;
}

export function tracing(request: Request, resolver: Resolver, catalogue: Catalogue): Tracing {
  return { request, resolver, layers: layersOf(resolver, catalogue) };
}

/** A way that starts inside a function that was entered from `way`. */
export function entering(way: Way, ...fns: readonly Fn[]): Way {
  const { limiters, evidence, repetition, raised, decided, returns } = way;
  return {
    fns: [...way.fns, ...fns],
    awaited: false,
    after: [],
    sets: [],
    returned: false,
    limiters,
    evidence,
    ...(repetition && { repetition }),
    ...(raised && { raised }),
    ...(decided && { decided }),
    ...(returns && { returns }),
  };
}

export function end({ limiters, evidence, repetition, decided, returns }: Way, fate: Route['fate']): readonly Route[] {
  const out: Route['fate'] = decided
    ? { k: 'handled', at: decided, response: true }
    : { k: 'out', ...(returns && { returns }) };
  // Whoever drops the error that a named 429 was turned into drops one of the program's own.
  return [
    {
      fate: fate.k === 'out' || (decided && (fate.k === 'lost' || fate.k === 'dropped')) ? out : fate,
      limiters,
      evidence,
      ...(repetition && { repetition }),
    },
  ];
}

export function resent(way: Way, found: FoundLayer, { program: { path } }: Place, exhausted?: Span): readonly Route[] {
  const layer = { path, ...found };
  const fate: Route['fate'] = { k: 'resent', layer, ...(exhausted && { exhausted }), outer: [], out: false };
  return end(note(way, layer.at, say`${layer.name} sends the request again`, path), fate);
}

/** The innermost repetition counts, but for a loop that only makes what then starts at once; `times` of all multiply. */
export function repeat(way: Way, k: Repetition['k'], at: Span, times?: number): Way {
  const { repetition: known } = way;
  if (!known) return { ...way, repetition: { k, at, ...(times !== undefined && { times }) } };
  const startsAll = known.k === 'loop' && k === 'fan-out';
  const all = startsAll
    ? (known.times ?? times)
    : known.times !== undefined && times !== undefined
      ? known.times * times
      : known.times;
  const base = startsAll ? { k, at } : { k: known.k, at: known.at };
  return { ...way, repetition: { ...base, ...(all !== undefined && { times: all }) } };
}

export function note(way: Way, at: Span, text: Words, path: string): Way {
  return { ...way, evidence: [...way.evidence, { at, text, path }] };
}

export function limited(way: Way, layer: Layer): Way {
  return { ...way, limiters: [...way.limiters, layer] };
}

/** Adds what follows `around` in its block to what success runs. */
export function after(way: Way, around: Around & { k: 'stmt' }): Way {
  const rest = around.block.slice(around.index + 1);
  return rest.length === 0 ? way : { ...way, after: [...way.after, rest] };
}

export function errorAt({ request }: Tracing, { raised }: Way, place: Place, variable?: number): ErrorInHand {
  return { sdk: request.sdk, var: variable, place, ...(raised && { raised }) };
}

/** A handler that waits in vain has dropped it; one that names it has decided; one that may raise has not lost it; any other has. */
export function absorbedFate(absorbed: Absorbed): Route['fate'] {
  const { named, mayRaise, unasked, at } = absorbed;
  if (dropsAfterWait(absorbed)) return { k: 'dropped', at, same: false };
  if (named) return { k: 'handled', at };
  return mayRaise || unasked ? { k: 'out' } : { k: 'lost', at };
}
