/**
 * Takes a 429 outward while it is a response like any other: to where its status is looked at, to where reading it as an
 * answer ends in an error, or out of the function as its value.
 */
import { type Exit, errorJudge, exits } from './exits.ts';
import type { Expr, Fn, Stmt, Try } from './facts.ts';
import { type Raised, reports } from './handler.ts';
import { loopTimes } from './loop-times.ts';
import { throughLoop } from './loops.ts';
import type { Around, Place, StmtPart } from './program.ts';
import { resends } from './resends.ts';
import { isWhole, type Kind, type Kinds, type Notes, newNotes } from './response-kinds.ts';
import { isRaise, type Reader, readerOf } from './response-reader.ts';
import type { Span } from './span.ts';
import type { Layer } from './verdict.ts';
import {
  type Absorbed,
  errorAt,
  limited,
  note,
  type Route,
  repeat,
  resent,
  type Step,
  type Tracing,
  type Way,
} from './way.ts';
import { say } from './words.ts';

/** A response in hand, and what has been found out about it so far. */
export interface InHand {
  /** The expression that stands for it, and what that one has of it. */
  readonly expr: Expr;
  readonly kind: Kind | undefined;
  readonly kinds: Kinds;
  /** It has reached its statement, and what follows has been looked at. */
  readonly entered: boolean;
  /** Whether control runs on behind what has been looked at, and how else it leaves. */
  readonly falls: boolean;
  readonly kept: readonly Exit[];
  readonly returned?: Kind;
  readonly asked: boolean;
  readonly named: boolean;
  readonly escaped: boolean;
  readonly mayRaise: boolean;
  /** It comes back elsewhere than in the call's value: a callback settles the promise round it. */
  readonly elsewhere: boolean;
  /** Nobody will look at it any more. */
  readonly spent?: true;
}

export function inHand(expr: Expr, kind: Kind | undefined, elsewhere = false): InHand {
  return {
    expr,
    kind,
    kinds: new Map(),
    entered: false,
    falls: true,
    kept: [],
    asked: false,
    named: false,
    escaped: false,
    mayRaise: false,
    elsewhere,
  };
}

/** The way as it goes on where a function that has the response in hand is called: there the call stands for it. */
export function arriving(way: Way, call: Expr, kind = givenBack(way.response)): Way {
  const { response } = way;
  if (!response || response.spent) return way;
  const { asked, named, escaped, mayRaise } = response;
  const next = { ...inHand(call, kind), asked, named, escaped: escaped || kind === undefined, mayRaise };
  return kind === undefined ? spent({ ...way, response: next }) : { ...way, response: next };
}

/** What the function, or the call itself, gives of the response. */
export function givenBack(response: InHand | undefined): Kind | undefined {
  return response?.entered ? response.returned : response?.kind;
}

/** Nobody will look at the response any more; what makes requests rarer may still come. */
export function spent(way: Way): Way {
  const response = way.response!;
  const { asked, escaped, returned } = response;
  const followed = !escaped && !isWhole(returned);
  return { ...way, response: { ...response, spent: true }, returns: !asked && followed ? 'unchecked' : 'handed-on' };
}

/** What control does with the response at the end of its function, as a handler would have left it. */
function absorbedBy({ kept, falls, asked, named, mayRaise }: InHand, at: Span): Absorbed {
  return {
    exits: [...kept, ...(falls ? [{ k: 'fall' } as const] : [])],
    named,
    at,
    body: [],
    mayRaise,
    ...(!asked && { unasked: true }),
  };
}

/** Whether the function gives the response back, and does nothing else with it. */
export function isHandedOut({ returned, falls, kept, elsewhere }: InHand): boolean {
  if (elsewhere) return true;
  return returned !== undefined && !falls && kept.length > 0 && kept.every(({ k }) => k === 'return');
}

export function responseInExpr(around: Around & { k: 'expr' }, here: Place, way: Way, tracing: Tracing): Step {
  const response = way.response!;
  const { node } = around;
  if (response.elsewhere || response.spent) return { way };
  const reader = reading(response, here, way, tracing, 429);
  reader.kind(node);
  const { notes } = reader;
  if (notes.layer) return { routes: resent(way, notes.layer, here) };
  const next = { ...response, ...found(response, notes) };
  if (reader.raises() === 'raises') return { way: raisedWay({ ...way, response: next }, notes, node.at, here, []) };
  if (reader.raises() === undefined) return { way: { ...way, response: next } };
  return {
    raised: raisedWay({ ...way, response: next }, notes, node.at, here, []),
    way: { ...way, response: { ...next, mayRaise: true } },
  };
}

export function responseInStmt(around: Around & { k: 'stmt' }, here: Place, way: Way, tracing: Tracing): Step {
  const { node, part, block, index } = around;
  const response = way.response!;
  if (response.spent) return throughSpent(node, part, here, way, tracing);
  let now = way;
  if (response.entered && node.k === 'loop' && part === 'body') {
    const step = roundLoop(node, around, here, way, tracing);
    if (!('way' in step) || !step.way.response) return step;
    now = step.way;
  } else if (response.entered && node.k === 'with' && part === 'body') {
    const step = throughLimiters(node, here, way, tracing);
    if (!('way' in step)) return step;
    now = step.way;
  }
  const state = now.response!;
  if (state.entered && !state.falls) return { way: now };

  const after = node.k === 'try' && part === 'body' ? [...node.orElse, ...node.final] : [];
  const rest = [...(state.entered ? after : [node]), ...block.slice(index + 1)];
  const reader = reading(state, here, now, tracing, 429);
  const run = exits(rest, reader.judge);
  const { notes } = reader;
  if (notes.layer) return { routes: resent(now, notes.layer, here) };
  const left = run.exits.filter((exit) => !isRaise(exit));
  const success = succeeding(rest, reader, state, here, now, tracing);
  const next: InHand = {
    ...state,
    ...found(state, notes),
    kinds: reader.kinds,
    entered: true,
    falls: left.some(({ k }) => k === 'fall'),
    kept: [...state.kept, ...left.filter(({ k }) => k !== 'fall')],
    mayRaise: state.mayRaise || notes.told || (notes.asked && reports(rest, undefined)),
    ...(notes.returned.some((one) => one !== undefined) && {
      returned: notes.returned.find((one) => one !== undefined)!,
    }),
  };
  const sets =
    node.k === 'assign' && node.target.k === 'var' && !state.entered ? [...now.sets, node.target.var] : now.sets;
  const onward: Way = { ...now, sets, response: next, after: [...now.after, success] };
  if (left.length === run.exits.length) return { way: onward };
  const raised = raisedWay({ ...onward, response: next }, notes, node.at, here, [success]);
  if (left.length === 0 && next.kept.length === 0) return { way: raised };
  return { raised, way: { ...onward, response: { ...next, mayRaise: true } } };
}

/** At a loop's end: the loop again, or on behind it. */
function roundLoop(
  loop: Stmt & { k: 'loop' },
  around: Around & { k: 'stmt' },
  here: Place,
  way: Way,
  tracing: Tracing,
): Step {
  const { response, ...rest } = way;
  if (loop.test) {
    const reader = reading(response!, here, way, tracing, 429);
    const again = reader.judge.test(loop.test).catches !== 'no' && reader.notes.asked;
    const done = reading({ ...response!, kinds: reader.kinds }, here, way, tracing, 200).judge.test(loop.test);
    if (again && done.catches === 'no' && response!.falls)
      return { routes: resent(way, { k: 'loop', at: loop.at, name: say('a loop round the call') }, here) };
  }
  const step = throughLoop(loop, around, here, { ...rest, absorbed: absorbedBy(response!, loop.at) }, tracing);
  if (!('way' in step) || !step.way.absorbed) return step;
  const { absorbed, ...outside } = step.way;
  const kept = absorbed.exits.filter(({ k }) => k !== 'fall');
  return { way: { ...outside, after: [], response: { ...response!, kept, falls: true } } };
}

function throughSpent(node: Stmt, part: StmtPart, here: Place, way: Way, tracing: Tracing): Step {
  if (part !== 'body') return { way };
  if (node.k === 'try' && way.returns === 'handed-on') {
    const layer = resendsByName(node, here, way, tracing);
    if (layer) return { routes: resent(way, layer, here) };
  }
  if (node.k === 'loop') return { way: repeat(way, 'loop', node.at, loopTimes(node, here, tracing.resolver)) };
  return node.k === 'with' ? throughLimiters(node, here, way, tracing) : { way };
}

/** A handler that names the 429 and sends again is there for what the code before it raises of a refusal in its hands. */
function resendsByName(stmt: Try, here: Place, way: Way, tracing: Tracing): Layer | undefined {
  for (const { var: variable, body, at } of stmt.handlers) {
    const error = errorAt(tracing, way, here, variable);
    if (!exits(body, errorJudge(error, tracing.resolver)).named) continue;
    const layer = resends(body, here, [...way.fns, here.program.facts.fns[here.fn]!], tracing, error);
    if (layer) return { ...layer, at };
  }
  return undefined;
}

/** Contexts round the request bound it, whatever comes back. */
function throughLimiters(stmt: Stmt & { k: 'with' }, here: Place, way: Way, tracing: Tracing): Step {
  let now = way;
  for (const { value } of stmt.items) {
    const effect = tracing.layers.effect(value, here, errorAt(tracing, way, here), 'context');
    if (effect.k !== 'layer') continue;
    if (effect.layer.k === 'rate') return { routes: resent(now, effect.layer, here) };
    if (effect.layer.k === 'concurrency') now = limited(now, effect.layer);
  }
  return { way: now };
}

function reading(response: InHand, place: Place, way: Way, tracing: Tracing, status: number): Reader {
  const own: Fn = place.program.facts.fns[place.fn]!;
  return readerOf({
    place,
    tracing,
    seeds: new Map(response.entered ? [] : [[response.expr, response.kind]]),
    kinds: response.kinds,
    fns: [...way.fns, own],
    status,
    notes: { ...newNotes(), asked: response.asked, named: response.named, escaped: response.escaped },
  });
}

function found(
  response: InHand,
  { asked, named, escaped, told }: Notes,
): Pick<InHand, 'asked' | 'named' | 'escaped' | 'mayRaise'> {
  return {
    asked: response.asked || asked,
    named: response.named || named,
    escaped: response.escaped || escaped,
    mayRaise: response.mayRaise || told,
  };
}

/** What of the statements runs when the request has succeeded. */
function succeeding(
  block: readonly Stmt[],
  reader: Reader,
  response: InHand,
  place: Place,
  way: Way,
  tracing: Tracing,
): readonly Stmt[] {
  const { judge } = readerOf({
    place,
    tracing,
    seeds: new Map(response.entered ? [] : [[response.expr, response.kind]]),
    kinds: reader.kinds,
    fns: way.fns,
    status: 200,
  });
  const prune = (stmts: readonly Stmt[]): readonly Stmt[] =>
    stmts.flatMap((stmt): readonly Stmt[] => {
      if (stmt.k === 'with' || stmt.k === 'block') return prune(stmt.body);
      if (stmt.k === 'try') return [{ ...stmt, body: prune(stmt.body), handlers: [] }];
      if (stmt.k !== 'if') return [stmt];
      const { catches } = judge.test(stmt.test);
      if (catches === 'yes') return prune(stmt.then);
      return catches === 'no' ? prune(stmt.else) : [...prune(stmt.then), ...prune(stmt.else)];
    });
  return prune(block);
}

/** From here on the 429 is an error: the client's own, the program's, or one that reading it as an answer ends in. */
function raisedWay(way: Way, notes: Notes, at: Span, here: Place, success: readonly (readonly Stmt[])[]): Way {
  const { response, absorbed, ...rest } = way;
  const raised: Raised | undefined = notes.unspecific
    ? 'unspecific'
    : notes.raised.length > 0
      ? notes.raised
      : undefined;
  const unchecked = notes.unspecific && !notes.asked && !response?.escaped;
  const text = unchecked
    ? say('the 429 comes back as a response, and reading it as an answer raises an error')
    : say('the status is looked at, and a 429 raised as an error');
  return {
    ...note(rest, at, text, here.program.path),
    awaited: true,
    after: success,
    ...(raised && { raised }),
    ...(notes.named && notes.raised.length > 0 && { decided: at }),
    ...(unchecked && { returns: 'unchecked' as const }),
  };
}

/** How a function ends in which the 429 stayed a response. */
export function fateOfResponse({ asked, named, mayRaise, expr }: InHand): Route['fate'] {
  if (named) return { k: 'handled', at: expr.at, response: true };
  return asked && !mayRaise ? { k: 'lost', at: expr.at, response: true } : { k: 'out' };
}
