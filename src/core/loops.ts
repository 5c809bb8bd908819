/** Tells loops that send one request until it succeeds from loops that send many. */
import { exhausted, nextRound } from './dropped.ts';
import { type Exit, exits } from './exits.ts';
import type { Loop, Stmt } from './facts.ts';
import { assigned, reads } from './handler.ts';
import type { FoundLayer } from './layer-source.ts';
import { loopTimes } from './loop-times.ts';
import type { Around, Place } from './program.ts';
import { expressions, statements } from './program.ts';
import { repeatsItself, takesItems } from './rounds.ts';
import {
  type Absorbed,
  absorbedFate,
  after,
  end,
  errorAt,
  repeat,
  resent,
  type Step,
  type Tracing,
  type Way,
} from './way.ts';
import { say } from './words.ts';

export function throughLoop(
  loop: Loop & Stmt,
  around: Around & { k: 'stmt' },
  here: Place,
  way: Way,
  tracing: Tracing,
): Step {
  const attempts = loop.iter && tracing.layers.effect(loop.iter, here, errorAt(tracing, way, here), 'context');
  if (attempts?.k === 'layer' && attempts.layer.k === 'library')
    return { routes: resent(way, attempts.layer, here), beyond: { ...way, after: [], sets: [] } };
  const { absorbed } = way;
  const outside = after(
    repeat({ ...way, after: [], sets: [] }, 'loop', loop.at, loopTimes(loop, here, tracing.resolver)),
    around,
  );
  if (!absorbed) return { way: outside };
  const layer = attemptLoop(loop, absorbed, way, here);

  const ours = (exit: Exit) => exit.label === undefined || exit.label === loop.label;
  const again = absorbed.exits.some((exit) => exit.k === 'fall' || (exit.k === 'continue' && ours(exit)));
  const breaks = absorbed.exits.some((exit) => exit.k === 'break' && ours(exit));
  if (again && !absorbed.unasked && (successLeaves(loop, way, here) || successIsReplaced(loop, around, way, here))) {
    const { absorbed: taken, ...beyond } = outside;
    const goesOn = letsOut(loop, absorbed, around) && { beyond };
    return { routes: resent(way, layer, here, exhausted(loop, around, way, here, tracing)), ...goesOn };
  }
  if (again && !breaks) {
    const fate = absorbedFate(absorbed);
    if (fate.k !== 'dropped') return { routes: end(outside, fate) };
    const next = nextRound(loop, absorbed, way, here.program.facts);
    if (next === 'again') return { routes: resent(way, layer, here) };
    if (next === 'refill') return { routes: resent(way, layer, here, exhausted(loop, around, way, here, tracing)) };
    if (next === 'kept') return { routes: end(outside, { k: 'handled', at: absorbed.at }) };
    return { routes: end(outside, { ...fate, same: next === 'same' }) };
  }
  const leaves = absorbed.exits.filter((exit) => exit.k === 'return' || (exit.k !== 'fall' && !ours(exit)));
  return { way: { ...outside, absorbed: { ...absorbed, exits: [...leaves, { k: 'fall' }] } } };
}

function attemptLoop(loop: Loop, absorbed: Absorbed, way: Way, place: Place): FoundLayer {
  const { at, body, error, clauses = [], attempt = [] } = absorbed;
  const layer: FoundLayer = { k: 'loop', at: loop.at, name: say('a loop round the call') };
  return error && repeatsItself(loop, attempt, body, way.after.flat(), place)
    ? { ...layer, source: { k: 'loop', loop, place, handler: { at, body }, error, clauses } }
    : layer;
}

/** Whether an error comes out when the loop gives up. */
function letsOut(loop: Loop, { raises }: Absorbed, { block, index }: Around & { k: 'stmt' }): boolean {
  return raises === true || exits([...loop.orElse, ...block.slice(index + 1)]).exits.some(({ k }) => k === 'raise');
}

/** Whether the loop is left, or moves on to the next item, only when the request has succeeded. */
function successLeaves(loop: Loop, way: Way, { program: { facts } }: Place): boolean {
  if (way.returned) return true;
  const done = way.after.flat();
  // Who goes through items may stop for many reasons: those that ask what has come back count.
  const told = takesItems(loop, way.absorbed?.attempt ?? [], facts)
    ? new Set([...way.sets, ...plainly(done)])
    : undefined;
  for (const stmt of leaving(done, told)) {
    if (stmt.k === 'return') return true;
    if (stmt.k === 'break' && (stmt.label === undefined || stmt.label === loop.label)) return true;
  }
  const tested = loop.test ? reads(loop.test) : new Set<number>();
  if (tested.size === 0) return false;
  const failed = assigned(way.absorbed?.body ?? []);
  const set = new Set([...way.sets, ...assigned(done)]);
  return [...tested].some((one) => set.has(one) && !failed.has(one));
}

/**
 * Whether each round sends the same request for one answer: `for` over a count that nothing reads, success does nothing
 * but set variables, and one of them is read behind the loop.
 */
function successIsReplaced(loop: Loop, around: Around & { k: 'stmt' }, way: Way, { program }: Place): boolean {
  if (loop.form !== 'for' || loop.target?.k !== 'var' || (program.uses.get(loop.target.var)?.length ?? 0) > 0)
    return false;
  const done = way.after.flat();
  if (!done.every((stmt) => stmt.k === 'assign' && stmt.target.k === 'var' && !stmt.augmented)) return false;
  const set = new Set([...way.sets, ...assigned(done)]);
  const behind = around.block.slice(around.index + 1).flatMap((stmt) => [...statements([stmt])]);
  return behind.some((stmt) => expressions(stmt).some((expr) => [...reads(expr)].some((one) => set.has(one))));
}

/** The variables that a block assigns once a round, without those that it counts with. */
function plainly(block: readonly Stmt[]): ReadonlySet<number> {
  return assigned([...statements(block)].filter((stmt) => stmt.k === 'assign' && !stmt.augmented));
}

/**
 * The statements of a block that can leave the loop round it: those inside inner loops can't, but for `return`. With
 * `told` only conditions count that read any of these variables.
 */
export function* leaving(block: readonly Stmt[], told?: ReadonlySet<number>): Generator<Stmt> {
  for (const stmt of block) {
    if (stmt.k === 'loop') {
      for (const inner of statements(stmt.body)) if (inner.k === 'return') yield inner;
    } else if (stmt.k === 'if') {
      const asks = !told || [...reads(stmt.test)].some((one) => told.has(one));
      if (asks) yield* leaving([...stmt.then, ...stmt.else], told);
    } else if (stmt.k === 'try') yield* leaving([...stmt.body, ...stmt.orElse], told);
    else if (stmt.k === 'with' || stmt.k === 'block') yield* leaving(stmt.body, told);
    else yield stmt;
  }
}
