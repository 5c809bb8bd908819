/** What an expression stands for: a client, something a module exports, a function, a class, a literal. */
import type { Catalogue, ClientClass, Sdk } from './catalogue.ts';
import type { Call, Expr } from './facts.ts';
import type { Around, Binding, Place, Program } from './program.ts';

export type Meaning =
  /** A client of a known SDK, and the way already gone into it: `client.chat` is `names: ['chat']`. */
  | {
      readonly k: 'client';
      readonly sdk: Sdk;
      readonly cls: ClientClass;
      readonly made?: Call;
      readonly derived: readonly Call[];
      readonly names: readonly string[];
    }
  /** Something that a module exports, whatever it is. */
  | { readonly k: 'export'; readonly module: string; readonly path: readonly string[] }
  | { readonly k: 'fn'; readonly fn: number; readonly cls?: number }
  | { readonly k: 'class'; readonly cls: number }
  | { readonly k: 'instance'; readonly cls: number }
  /** What calling something exported gives. */
  | {
      readonly k: 'result';
      readonly of: Meaning & { readonly k: 'export' };
      readonly call: Call;
      readonly names: readonly string[];
    }
  | { readonly k: 'literal'; readonly expr: Expr }
  | { readonly k: 'builtin'; readonly name: string }
  /** A parameter that nothing visible says more about. */
  | { readonly k: 'param'; readonly fn: number; readonly index: number }
  | { readonly k: 'unknown' };

export interface Resolver {
  /** All that `expr` can stand for at its place; never empty. */
  meanings(expr: Expr, place: Place): readonly Meaning[];
  /** The constant value, where all ways agree on one. */
  constant(expr: Expr, place: Place): string | number | boolean | null | undefined;
  /** Entries of an options object or of keyword arguments, spreads followed; `open` when some can't be known. */
  entry(expr: Expr, key: string, place: Place): { readonly value?: Expr; readonly open: boolean };
  callersOf(fn: number): readonly { readonly call: Call; readonly place: Place }[];
}

const unknown: readonly Meaning[] = [{ k: 'unknown' }];
const deepest = 24;

export function resolver(program: Program, catalogue: Catalogue): Resolver {
  const { facts } = program;
  const sdks = catalogue.sdks.filter((sdk) => sdk.language === facts.language);
  const cache = new Map<Expr, readonly Meaning[]>();
  const open = new Set<Expr | string>();
  let depth = 0;

  const guarded = (key: Expr | string, find: () => readonly Meaning[]): readonly Meaning[] => {
    if (open.has(key) || depth > deepest) return unknown;
    open.add(key);
    depth++;
    try {
      return find();
    } finally {
      depth--;
      open.delete(key);
    }
  };

  const meanings = (expr: Expr, place: Place): readonly Meaning[] => {
    const known = cache.get(expr);
    if (known) return known;
    const found = distinct(guarded(expr, () => evaluate(expr, place)));
    // A result cut short by a cycle or the depth limit must not stay: asked from elsewhere it can be whole.
    if (depth === 0) cache.set(expr, found);
    return found;
  };

  const evaluate = (expr: Expr, place: Place): readonly Meaning[] => {
    switch (expr.k) {
      case 'name':
        return expr.var === undefined ? [{ k: 'builtin', name: expr.name }] : variable(expr.var, expr.at.start, place);
      case 'self':
        return expr.cls === undefined ? unknown : [{ k: 'instance', cls: expr.cls }];
      case 'super':
        return expr.cls === undefined
          ? unknown
          : basesOf(expr.cls).flatMap((base): Meaning[] =>
              base.k === 'class' ? [{ k: 'instance', cls: base.cls }] : [],
            );
      case 'module':
        return [{ k: 'export', module: expr.module, path: [] }];
      case 'attr':
        return meanings(expr.of, place).flatMap((of) => member(of, expr.name, place));
      case 'call':
        return meanings(expr.callee, place).flatMap((callee) => result(callee, expr));
      case 'await':
        return meanings(expr.value, place);
      case 'assign':
        return meanings(expr.value, place);
      case 'either':
        return expr.of.flatMap((one) => meanings(one, place));
      case 'and':
        return meanings(expr.right, place);
      case 'fn':
        return [{ k: 'fn', fn: expr.fn }];
      case 'class':
        return [{ k: 'class', cls: expr.cls }];
      case 'lit':
      case 'object':
      case 'list':
      case 'template':
      case 'comprehension':
        return [{ k: 'literal', expr }];
      default:
        return unknown;
    }
  };

  const variable = (id: number, at: number, place: Place): readonly Meaning[] => {
    const own = facts.vars[id]!;
    const bound = (program.bindings.get(id) ?? []).filter((binding) => binding.how !== 'augmented');
    const assigned = reaching(bound, own.fn, at, place).flatMap((binding) => heldBy(binding));
    const typed = own.type ? typeMeanings(own.type, place) : [];
    switch (own.what.k) {
      case 'import':
        return [...assigned, ...imported(own.what.module, own.what.name)];
      case 'fn':
        return [{ k: 'fn', fn: own.what.fn }, ...assigned];
      case 'class':
        return [{ k: 'class', cls: own.what.cls }, ...assigned];
      case 'param': {
        if (
          assigned.length > 0 &&
          own.fn === place.fn &&
          bound.some((binding) => !conditional(binding, place) && binding.at < at)
        )
          return assigned;
        const { fn, what } = { fn: own.fn, what: own.what };
        const fallback = facts.fns[fn]?.params[what.index]?.default;
        const given = typed.length > 0 ? typed : guarded(`param ${id}`, () => argumentMeanings(fn, what.index));
        const defaults =
          fallback && typed.length === 0
            ? meanings(fallback, { fn: facts.fns[fn]?.parent ?? 0, around: undefined })
            : [];
        const found = [...assigned, ...given, ...defaults.filter((one) => one.k === 'client' || one.k === 'export')];
        return found.some((one) => one.k !== 'unknown')
          ? found.filter((one) => one.k !== 'unknown')
          : [{ k: 'param', fn, index: what.index }];
      }
      default:
        if (assigned.some((one) => one.k !== 'unknown' && !(one.k === 'literal' && one.expr.k === 'lit')))
          return assigned;
        return typed.length > 0 ? typed : assigned.length > 0 ? assigned : unknown;
    }
  };

  const heldBy = (binding: Binding): readonly Meaning[] => {
    if (!binding.value || binding.how === 'loop') return unknown;
    let found = meanings(binding.value, binding);
    for (const key of binding.path) {
      found = found.flatMap((one) =>
        typeof key === 'string' && key !== '...' ? member(one, key, binding) : item(one, key, binding),
      );
    }
    return found;
  };

  const item = (of: Meaning, key: string | number, place: Place): readonly Meaning[] => {
    if (of.k !== 'literal' || of.expr.k !== 'list' || typeof key !== 'number') return unknown;
    const found = of.expr.items[key];
    return found ? meanings(found, place) : unknown;
  };

  const imported = (module: string, name: string): readonly Meaning[] => [
    { k: 'export', module, path: name === '*' ? [] : [name] },
  ];

  /** What visible callers give for a parameter. */
  const argumentMeanings = (fn: number, at: number): readonly Meaning[] => {
    const target = facts.fns[fn];
    const param = target?.params[at];
    if (!target || !param || param.rest) return unknown;
    return callersOf(fn).flatMap(({ call, place }) => {
      const named = call.args.find((arg) => arg.name === param.name);
      if (named) return meanings(named.value, place);
      // Python's `self` takes no argument at the call.
      const position =
        facts.language === 'python' && target.cls !== undefined && !target.modifiers.includes('staticmethod')
          ? at - 1
          : at;
      const given = call.args[position];
      return given && !given.spread && !given.name && !call.args.slice(0, position).some((arg) => arg.spread)
        ? meanings(given.value, place)
        : unknown;
    });
  };

  const callers = new Map<number, { call: Call; place: Place }[]>();
  const callersOf = (fn: number): readonly { call: Call; place: Place }[] => {
    const known = callers.get(fn);
    if (known) return known;
    const found: { call: Call; place: Place }[] = [];
    callers.set(fn, found);
    const names = new Set(nameOf(fn));
    if (names.size === 0) return found;
    for (const place of program.calls) {
      const { callee } = place.call;
      const name = callee.k === 'name' ? callee.name : callee.k === 'attr' ? callee.name : undefined;
      if (name === undefined || !names.has(name)) continue;
      if (meanings(callee, place).some((one) => calls(one, fn))) found.push({ call: place.call, place });
    }
    return found;
  };
  const calls = (callee: Meaning, fn: number): boolean => {
    if (callee.k === 'fn') return callee.fn === fn;
    return callee.k === 'class' && constructorOf(callee.cls) === fn;
  };

  /** The names by which a function can be called: its own, its variables', its class's for a constructor. */
  const nameOf = (fn: number): string[] => {
    const own = facts.fns[fn]!;
    const names = own.name ? [own.name] : [];
    for (const one of facts.vars) if (one.what.k === 'fn' && one.what.fn === fn) names.push(one.name);
    const stands = program.functions.get(fn);
    for (const [id, list] of program.bindings)
      if (stands && list.some((binding) => binding.value === stands.expr)) names.push(facts.vars[id]!.name);
    for (const fields of program.fields.values())
      for (const [name, list] of fields)
        if (stands && list.some((binding) => binding.value === stands.expr)) names.push(name);
    if (own.cls !== undefined) {
      for (const [name, method] of facts.classes[own.cls]!.methods) if (method === fn) names.push(name);
      if (names.some((name) => name === '__init__' || name === 'constructor')) names.push(facts.classes[own.cls]!.name);
      for (const field of facts.classes[own.cls]!.fields)
        if (field.value?.k === 'fn' && field.value.fn === fn) names.push(field.name);
    }
    return names;
  };

  const constructorOf = (cls: number): number | undefined => {
    const { methods } = facts.classes[cls]!;
    return methods.get('__init__') ?? methods.get('constructor');
  };

  const basesOf = (cls: number): readonly Meaning[] =>
    guarded(`bases ${cls}`, () =>
      facts.classes[cls]!.bases.flatMap((base) => meanings(base, { fn: 0, around: undefined })),
    );

  const member = (of: Meaning, name: string, place: Place): readonly Meaning[] => {
    switch (of.k) {
      case 'export':
        return [{ ...of, path: [...of.path, name] }];
      case 'client':
        return [{ ...of, names: [...of.names, name] }];
      case 'result':
        return [{ ...of, names: [...of.names, name] }];
      case 'class':
      case 'instance':
        return guarded(`member ${of.cls} ${name}`, () => classMember(of.cls, name, place));
      case 'literal':
        if (of.expr.k === 'object') {
          const found = entry(of.expr, name, place).value;
          return found ? meanings(found, place) : unknown;
        }
        return unknown;
      case 'fn':
        // `fn.retry_with(…)`, `fn.call(…)`, `fn.bind(…)`: the function itself, for who asks what it does.
        return ['bind', 'call', 'apply', 'retry_with', '__wrapped__'].includes(name) ? [of] : unknown;
      default:
        return unknown;
    }
  };

  const classMember = (cls: number, name: string, place: Place): readonly Meaning[] => {
    const own = facts.classes[cls]!;
    const method = own.methods.get(name);
    if (method !== undefined) {
      const getter = facts.fns[method]!.modifiers.some((one) => one === 'property' || one === 'get');
      return getter ? returned(method) : [{ k: 'fn', fn: method, cls }];
    }
    const field = own.fields.filter((one) => one.name === name);
    const found: Meaning[] = [];
    for (const one of field) {
      if (one.value) found.push(...meanings(one.value, { fn: 0, around: undefined }));
      else if (one.type) found.push(...typeMeanings(one.type, { fn: 0, around: undefined }));
    }
    for (const binding of program.fields.get(cls)?.get(name) ?? []) found.push(...heldBy(binding));
    const telling = found.filter(
      (one) => one.k !== 'unknown' && !(one.k === 'literal' && one.expr.k === 'lit' && one.expr.value === null),
    );
    if (telling.length > 0) return telling;
    const inherited = basesOf(cls).flatMap((base) =>
      base.k === 'class' ? member(base, name, place) : base.k === 'client' ? member(base, name, place) : [],
    );
    return inherited.length > 0 ? inherited : found.length > 0 ? found : unknown;
  };

  const returned = (fn: number): readonly Meaning[] =>
    guarded(`returns ${fn}`, () => {
      const found = (program.returns.get(fn) ?? []).flatMap((one) => meanings(one.value, one));
      const type = facts.fns[fn]?.returnType;
      const telling = found.filter((one) => one.k !== 'unknown' && one.k !== 'literal');
      if (telling.length > 0) return telling;
      return type ? typeMeanings(type, { fn, around: undefined }) : found.length > 0 ? found : unknown;
    });

  const result = (callee: Meaning, call: Call): readonly Meaning[] => {
    switch (callee.k) {
      case 'export': {
        const client = clientOf(callee);
        if (client) return [{ k: 'client', ...client, made: call, derived: [], names: [] }];
        return [{ k: 'result', of: callee, call, names: [] }];
      }
      case 'client': {
        const last = callee.names.at(-1);
        if (last !== undefined && callee.names.length === 1 && callee.sdk.derive.includes(last))
          return [{ ...callee, derived: [...callee.derived, call], names: [] }];
        return unknown;
      }
      case 'fn':
        return returned(callee.fn);
      case 'class': {
        const base = basesOf(callee.cls).find((one) => one.k === 'export' && clientOf(one) !== undefined);
        if (base?.k === 'export') {
          const client = clientOf(base)!;
          return [{ k: 'client', ...client, made: call, derived: [], names: [] }];
        }
        return [{ k: 'instance', cls: callee.cls }];
      }
      default:
        return callee.k === 'result' && callee.names.length > 0
          ? [{ ...callee, names: [...callee.names, '()'] }]
          : unknown;
    }
  };

  const clientOf = (exported: Meaning & { k: 'export' }): { sdk: Sdk; cls: ClientClass } | undefined => {
    for (const sdk of sdks) {
      if (!sdk.modules.includes(exported.module)) continue;
      // `require('openai')` and `import * as` give the module, whose own call makes the default export's client.
      const path = exported.path.length === 0 && facts.language === 'typescript' ? ['default'] : exported.path;
      const names = path.filter((name, at) => !(name === 'default' && at < path.length - 1));
      const name = names.join('.');
      const cls =
        sdk.clients.get(name) ??
        (names.length === 2 && sdk.clients.has(names[0]!) ? sdk.clients.get(names[1]!) : undefined);
      if (cls) return { sdk, cls };
    }
    return undefined;
  };

  /** What an annotation promises: an instance. */
  const typeMeanings = (type: Expr, place: Place): readonly Meaning[] => {
    if (type.k === 'either') return type.of.flatMap((one) => typeMeanings(one, place));
    // `Optional[OpenAI]`, `OpenAI | None`, `Annotated[OpenAI, …]`
    if (type.k === 'index')
      return typeMeanings(type.index.k === 'list' ? (type.index.items[0] ?? type.index) : type.index, place);
    if (type.k === 'binary' && type.op === '|')
      return [...typeMeanings(type.left, place), ...typeMeanings(type.right, place)];
    if (type.k !== 'name' && type.k !== 'attr') return [];
    return meanings(type, place).flatMap((one): Meaning[] => {
      if (one.k === 'class') return [{ k: 'instance', cls: one.cls }];
      if (one.k !== 'export') return [];
      const client = clientOf(one);
      return client ? [{ k: 'client', ...client, derived: [], names: [] }] : [];
    });
  };

  const constant = (expr: Expr, place: Place): string | number | boolean | null | undefined => {
    if (expr.k === 'lit') return expr.value;
    if (expr.k === 'either' && !expr.test) return undefined;
    const found = meanings(expr, place);
    const values = found.map((one) => (one.k === 'literal' && one.expr.k === 'lit' ? one.expr.value : undefined));
    return values.every((value) => value === values[0]) ? values[0] : undefined;
  };

  const entry = (expr: Expr, key: string, place: Place): { value?: Expr; open: boolean } => {
    if (expr.k === 'object') {
      let isOpen = false;
      for (const one of expr.entries.toReversed()) {
        if (one.key === key) return { value: one.value, open: false };
        if (one.key !== undefined) continue;
        const inner = one.computed
          ? { open: true }
          : entry(one.value.k === 'spread' ? one.value.value : one.value, key, place);
        if ('value' in inner && inner.value) return inner;
        isOpen ||= inner.open;
      }
      return { open: isOpen };
    }
    const found = meanings(expr, place);
    const objects = found.filter((one) => one.k === 'literal' && one.expr.k === 'object');
    if (objects.length !== found.length || objects.length === 0) return { open: true };
    for (const one of objects) {
      const inner = one.k === 'literal' ? entry(one.expr, key, place) : { open: true };
      if (inner.value || inner.open) return inner;
    }
    return { open: false };
  };

  return { meanings, constant, entry, callersOf };
}

/**
 * The bindings that a use can see. In the function that owns the variable the last certain one before the use hides
 * those before it; from elsewhere, and where no certain one comes first, all count.
 */
function reaching(bindings: readonly Binding[], owner: number, at: number, place: Place): readonly Binding[] {
  if (bindings.length < 2 || owner !== place.fn) return bindings;
  const before = bindings.filter((binding) => binding.fn === place.fn && binding.at < at);
  const certain = before.findLastIndex((binding) => !conditional(binding, place));
  if (certain < 0) return bindings;
  return before.slice(certain);
}

/** Whether `binding` may not have happened when the use at `place` runs. */
function conditional(binding: Place, place: Place): boolean {
  const shared = new Set<string>();
  for (let around = place.around; around; around = around.outer)
    if (around.k === 'stmt') shared.add(`${around.node.at.start}:${around.part}:${around.handler?.at.start ?? ''}`);
  for (let around: Around | undefined = binding.around; around; around = around.outer) {
    if (around.k !== 'stmt') continue;
    const branches =
      ['then', 'else', 'case', 'handler'].includes(around.part) || (around.node.k === 'loop' && around.part === 'body');
    if (branches && !shared.has(`${around.node.at.start}:${around.part}:${around.handler?.at.start ?? ''}`))
      return true;
  }
  return false;
}

function distinct(found: readonly Meaning[]): readonly Meaning[] {
  if (found.length === 0) return unknown;
  if (found.length === 1) return found;
  const seen = new Set<string>();
  return found.filter((one) => {
    const key =
      one.k === 'client'
        ? `client ${one.sdk.id} ${one.made?.at.start} ${one.derived.length} ${one.names.join('.')}`
        : one.k === 'literal'
          ? `literal ${one.expr.at.start}`
          : one.k === 'result'
            ? `result ${one.call.at.start} ${one.names.join('.')}`
            : JSON.stringify(one);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
