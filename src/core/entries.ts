/** Reads one entry of an options object or dict, wherever its parts come from. */
import type { Expr } from './facts.ts';
import type { Meaning } from './meaning.ts';
import { namesIn } from './names.ts';
import type { Place, Program } from './program.ts';
import { conditional } from './reaching.ts';

export interface Entry {
  readonly value?: Expr;
  /** Where the value stands, which may be another file. */
  readonly place?: Place;
  /** It is set on some condition only. */
  readonly perhaps?: true;
  /** Whether some entries can't be known, so that the asked one may be among them. */
  readonly open: boolean;
}

export type EntryReader = (expr: Expr, key: string, place: Place) => Entry;

export function entryReader(meanings: (expr: Expr, place: Place) => readonly Meaning[]): EntryReader {
  const reading = new Set<Expr>();
  const entry: EntryReader = (expr, key, place) => {
    // `options = { ...options, more }` comes back to itself.
    if (reading.has(expr)) return { open: true };
    reading.add(expr);
    try {
      return read(expr, key, place);
    } finally {
      reading.delete(expr);
    }
  };

  const read: EntryReader = (expr, key, place) => {
    if (expr.k === 'object') return written(expr, key, place);
    // `{k: v for k, v in options.items() if v is not None}`
    if (expr.k === 'comprehension') {
      const from = expr.loops[0]?.iter;
      const source = from?.k === 'call' && from.callee.k === 'attr' && from.callee.name === 'items' && from.callee.of;
      return source ? entry(source, key, place) : { open: true };
    }
    const objects = meanings(expr, place).map((one) =>
      one.k === 'literal' && (one.expr.k === 'object' || one.expr.k === 'comprehension') ? one : undefined,
    );
    for (const one of objects) {
      if (!one) return { open: true };
      const later = addedLater(one.program, one.expr, key, place);
      if (later) return later;
      const inner = entry(one.expr, key, { program: one.program, fn: 0, around: undefined });
      if (inner.value || inner.open) return inner;
    }
    return { open: false };
  };

  /** The last one that is written wins, spreads included. */
  const written = (object: Expr & { k: 'object' }, key: string, place: Place): Entry => {
    let open = false;
    for (const one of object.entries.toReversed()) {
      if (one.key === key) return { value: one.value, place, open: false };
      if (one.key !== undefined) continue;
      const spread = one.value.k === 'spread' ? one.value.value : one.value;
      const inner: Entry = one.computed ? { open: true } : entry(spread, key, place);
      if (inner.value) return inner;
      open ||= inner.open;
    }
    return { open };
  };
  return entry;
}

/** An entry that an object gets after it is made: `options["retries"] = 5`, `options.retries = 5`. */
function addedLater(program: Program, object: Expr, key: string, place: Place): Entry | undefined {
  const { entries, attributes } = program;
  for (const id of namesIn(program).holders.get(object) ?? []) {
    const byKey = entries.get(id)?.find((one) => one.key === key);
    const byName = attributes.get(key)?.find(({ of }) => of.k === 'name' && of.var === id);
    const found = byKey ?? byName;
    if (!found?.value) continue;
    return { value: found.value, place: found, open: false, ...(conditional(found, place) && { perhaps: true }) };
  }
  return undefined;
}
