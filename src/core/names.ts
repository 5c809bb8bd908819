/** The names under which the functions of a file are kept, looked up once a file and not once a request. */
import type { Expr } from './facts.ts';
import type { Program } from './program.ts';
import { isPartial } from './references.ts';

export interface Names {
  /** Variables that are a function, by its index. */
  readonly variables: ReadonlyMap<number, readonly number[]>;
  /** Variables that hold an expression. */
  readonly holders: ReadonlyMap<Expr, readonly number[]>;
  /** Variables, attributes and fields that hold an expression. */
  readonly named: ReadonlyMap<Expr, ReadonlySet<string>>;
  /** Other names for what has a name: `ask = self._ask`, `self.ask = partial(self._ask, model=…)`. */
  readonly others: ReadonlyMap<string, ReadonlySet<string>>;
}

const known = new WeakMap<Program, Names>();

export function namesIn(program: Program): Names {
  const found = known.get(program) ?? read(program);
  known.set(program, found);
  return found;
}

function read({ facts, bindings, fields, attributes }: Program): Names {
  const variables = new Map<number, number[]>();
  const holders = new Map<Expr, number[]>();
  const named = new Map<Expr, Set<string>>();
  const others = new Map<string, Set<string>>();
  const hold = (name: string, value: Expr | undefined): void => {
    if (!value) return;
    add(named, value, name);
    const first = value.k === 'call' && isPartial(value) ? value.args[0]?.value : value;
    if (first?.k === 'name' || first?.k === 'attr') add(others, first.name, name);
  };
  for (const [id, { what }] of facts.vars.entries()) if (what.k === 'fn') push(variables, what.fn, id);
  for (const [id, list] of bindings) {
    for (const { value } of list) {
      hold(facts.vars[id]!.name, value);
      if (value && holders.get(value)?.at(-1) !== id) push(holders, value, id);
    }
  }
  for (const [name, list] of [...attributes, ...[...fields.values()].flatMap((own) => [...own])])
    for (const { value } of list) hold(name, value);
  for (const { fields: declared } of facts.classes)
    for (const { name, value } of declared) if (value) add(named, value, name);
  return { variables, holders, named, others };
}

function add<K>(map: Map<K, Set<string>>, key: K, name: string): void {
  const names = map.get(key);
  if (names) names.add(name);
  else map.set(key, new Set([name]));
}

function push<K>(map: Map<K, number[]>, key: K, id: number): void {
  const ids = map.get(key);
  if (ids) ids.push(id);
  else map.set(key, [id]);
}
