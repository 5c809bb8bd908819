/** Finds what is put into objects elsewhere than where they are made: by assignment, by React's setters, by validators. */
import type { Expr } from './facts.ts';
import { type Binding, nameOf, type Place, type Program } from './program.ts';

/** What is put on an object that a variable holds: `app.client = …`, `ref.current = …`. */
export function putOn({ of, name }: Expr & { k: 'attr' }, { attributes }: Program): readonly Binding[] {
  if (of.k !== 'name' || of.var === undefined) return [];
  return (attributes.get(name) ?? []).filter((one) => one.of.k === 'name' && one.of.var === of.var);
}

/** Methods that put their second argument into a table, under a key that is their first. */
const storing = ['set', 'setdefault'];

/** What a table is given under keys that can't be told: `clients[name] = OpenAI()`, `clients.set(name, new OpenAI())`. */
export function storedIn(table: Expr, { stored, callsByName }: Program): readonly Stored[] {
  if (table.k !== 'name' && table.k !== 'attr') return [];
  const assigned = (stored.get(table.name) ?? []).flatMap(({ of, value, ...place }) =>
    value && isSameTable(of, table) ? [{ value, place }] : [],
  );
  const handed = storing.flatMap((name) =>
    (callsByName.get(name) ?? []).flatMap(({ call, ...place }) => {
      const given = call.args[1]?.value;
      return given && call.callee.k === 'attr' && isSameTable(call.callee.of, table) ? [{ value: given, place }] : [];
    }),
  );
  return [...assigned, ...handed];
}

interface Stored {
  readonly value: Expr;
  readonly place: Place;
}

function isSameTable(a: Expr, b: Expr): boolean {
  if (a.k === 'name' && b.k === 'name') return a.var !== undefined && a.var === b.var;
  return a.k === 'attr' && b.k === 'attr' && nameOf(a) === nameOf(b);
}

/** What React's state can be: `const [client, setClient] = useState()` holds what `setClient` is called with. */
export function stateOf(
  { program, fn, around, path }: Binding,
  value: Expr,
): readonly { readonly value: Expr; readonly place: Place }[] | undefined {
  if (value.k !== 'call' || path[0] !== 0 || nameOf(value.callee).split('.').at(-1) !== 'useState') return undefined;
  const target = around?.k === 'stmt' && around.node.k === 'assign' ? around.node.target : undefined;
  const setter = target?.k === 'pattern' ? target.parts.find(({ key }) => key === 1)?.target : undefined;
  const uses = setter?.k === 'var' ? (program.uses.get(setter.var) ?? []) : [];
  const set = uses.flatMap(({ around: use, ...place }) => {
    const call = use?.k === 'expr' && use.part === 'callee' && use.node.k === 'call' ? use.node : undefined;
    const given = call?.args[0]?.value;
    return given ? [{ value: given, place: { ...place, around: use?.outer } }] : [];
  });
  const [first] = value.args;
  return [...(first ? [{ value: first.value, place: { program, fn, around } }] : []), ...set];
}

/** What a validator of pydantic's puts into a field: `values["client"] = …` in a method under `@root_validator()`. */
export function validated({ facts, entries }: Program, cls: number, name: string): readonly Binding[] {
  const own = facts.classes[cls]!;
  if (facts.language !== 'python' || own.bases.length === 0) return [];
  const validators = new Set(
    [...own.methods.values()].filter((id) =>
      facts.fns[id]!.decorators.some((one) => /(^|\.)(root|model)_validator$/.test(nameOf(one))),
    ),
  );
  if (validators.size === 0) return [];
  return [...entries.values()].flat().filter(({ fn, key }) => key === name && validators.has(fn));
}
