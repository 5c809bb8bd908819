/** Finds out what an expression stands for, through variables, attributes, calls, classes and files. */
import { type CallerPlace, callerFinder } from './callers.ts';
import type { Catalogue, ClientClass, Sdk } from './catalogue.ts';
import { clientFinder } from './clients.ts';
import { type Entry, entryReader } from './entries.ts';
import type { Call, Expr } from './facts.ts';
import { distinct, type ExportMeaning, type FnMeaning, type Meaning, unknown } from './meaning.ts';
import type { Binding, Place, Program, Use } from './program.ts';
import type { Project } from './project.ts';
import { putOn, stateOf, storedIn, validated } from './put.ts';
import { conditional, reaching } from './reaching.ts';

export interface Resolver {
  /** All that `expr` can stand for at its place; never empty. */
  meanings(expr: Expr, place: Place): readonly Meaning[];
  /** The constant value, where all ways agree on one. */
  constant(expr: Expr, place: Place): string | number | boolean | null | undefined;
  /** An entry of an options object or dict, spreads followed; `open` when some entries can't be known. */
  entry(expr: Expr, key: string, place: Place): Entry;
  /** Whether a module is an SDK's. */
  isSdk(module: string): boolean;
  /** Every visible call of a function, in any file of the project. */
  callersOf(fn: FnMeaning): readonly CallerPlace[];
  /** Every place where a method is read from its object, in any file of the project, without being called there. */
  readersOf(fn: FnMeaning): readonly Use[];
}

const deepest = 24;

/** How large a table may be to be looked through for what it can give. */
const mostEntries = 40;

/** What gives the function back that it is given, with arguments already in. */
const appliers = new Set(['partial']);

export function resolver(project: Project, catalogue: Catalogue): Resolver {
  const clientOf = clientFinder(catalogue);
  const operators = new Set(catalogue.sdks.flatMap(({ joins }) => (joins === undefined ? [] : [joins])));
  const entry = entryReader((expr, place) => meanings(expr, place));
  const cache = new Map<Expr, readonly Meaning[]>();
  /** Results cut short, for as long as one question is looked into. */
  const provisional = new Map<Expr, readonly Meaning[]>();
  const open = new Set<Expr | string>();
  let depth = 0;
  /** How often a cycle or the depth limit has cut an answer short. */
  let cuts = 0;

  const guarded = (key: Expr | string, find: () => readonly Meaning[]): readonly Meaning[] => {
    if (open.has(key) || depth > deepest) {
      cuts++;
      return unknown;
    }
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
    const known = cache.get(expr) ?? provisional.get(expr);
    if (known) return known;
    const before = cuts;
    const found = distinct(guarded(expr, () => evaluate(expr, place)));
    // A result cut short must not stay: asked from elsewhere it can be whole. Within one question it does, or functions
    // that call each other would be gone through on every way there is.
    if (cuts === before) cache.set(expr, found);
    else if (depth > 0) provisional.set(expr, found);
    if (depth === 0) provisional.clear();
    return found;
  };

  const evaluate = (expr: Expr, place: Place): readonly Meaning[] => {
    const { program } = place;
    switch (expr.k) {
      case 'name':
        return expr.var === undefined ? unbound(expr.name, program) : variable(expr.var, expr.at.start, place);
      case 'self':
        return expr.cls === undefined ? unknown : [{ k: 'instance', program, cls: expr.cls }];
      case 'super':
        if (expr.cls === undefined) return unknown;
        return basesOf(program, expr.cls).flatMap((base): Meaning[] =>
          base.k === 'class' ? [{ ...base, k: 'instance' }] : [],
        );
      case 'module':
        return moduleMeaning(program, expr.module);
      case 'attr': {
        const found = present(meanings(expr.of, place)).flatMap((of) => member(of, expr.name, place));
        const foreign = found.every((one) => one.k === 'result' || !telling(one));
        const put = foreign ? putOn(expr, program).flatMap(heldBy) : [];
        return put.some(telling) ? put : found;
      }
      case 'index': {
        const found = meanings(expr.of, place).flatMap((of) => entriesOf(of, keysOf(expr.index, place), place));
        return found.some(telling) ? found : [...stored(expr.of, place), ...found];
      }
      case 'call': {
        const given = [...settledBy(expr, place), ...lookedUp(expr, place)];
        if (given.some(telling)) return given;
        return meanings(expr.callee, place).flatMap((callee) => result(callee, expr, program));
      }
      case 'await':
      case 'assign':
        return meanings(expr.value, place);
      case 'either':
        return expr.of.flatMap((one) => meanings(one, place));
      case 'and':
        return meanings(expr.right, place);
      case 'binary':
        return joined(expr, place);
      case 'fn':
        return [{ k: 'fn', program, fn: expr.fn }];
      case 'class':
        return [{ k: 'class', program, cls: expr.cls }];
      case 'lit':
      case 'object':
      case 'list':
      case 'template':
      case 'comprehension':
        return [{ k: 'literal', program, expr }];
      default:
        return unknown;
    }
  };

  /** `prompt | model | parser` is a client of the model's methods. */
  const joined = (expr: Expr & { k: 'binary' }, place: Place): readonly Meaning[] => {
    if (!operators.has(expr.op)) return unknown;
    return [expr.left, expr.right]
      .flatMap((one) => meanings(one, place))
      .filter((one) => one.k === 'client' && one.sdk.joins === expr.op && one.names.length === 0);
  };

  const variable = (id: number, at: number, place: Place): readonly Meaning[] => {
    const { program } = place;
    const own = program.facts.vars[id]!;
    const bound = (program.bindings.get(id) ?? []).filter((binding) => binding.how !== 'augmented');
    const assigned = reaching(bound, own.fn, at, place).flatMap((binding) => heldBy(binding));
    const typed = () => (own.type ? typeMeanings(own.type, place) : []);
    switch (own.what.k) {
      case 'import':
        return [...assigned, ...imported(program, own.what.module, own.what.name)];
      case 'fn':
        return [{ k: 'fn', program, fn: own.what.fn }, ...assigned];
      case 'class':
        return [{ k: 'class', program, cls: own.what.cls }, ...assigned];
      case 'param': {
        const rebound = bound.some((one) => one.at < at && !conditional(one, place)) && own.fn === place.fn;
        if (assigned.length > 0 && rebound) return assigned;
        return parameter(program, own.fn, own.what.index, assigned, typed());
      }
      default: {
        if (assigned.some(telling)) return assigned;
        const promised = typed();
        return promised.length > 0 ? promised : assigned;
      }
    }
  };

  /** A parameter is what its annotation promises, else what visible callers and the default give. */
  const parameter = (
    program: Program,
    fn: number,
    index: number,
    assigned: readonly Meaning[],
    typed: readonly Meaning[],
  ): readonly Meaning[] => {
    const own = program.facts.fns[fn]!;
    const visible = () => guarded(`param ${program.path} ${fn} ${index}`, () => givenBy(program, fn, index));
    // Of a base class alone, all that callers give says more.
    const abstract = typed.some((one) => one.k === 'client' && one.cls.abstract);
    const seen = abstract ? visible().filter((one) => telling(one) && one.k !== 'param') : [];
    if (seen.length > 0) return [...assigned, ...seen];
    // Of a client, the call that makes it says more than its annotation.
    const given =
      typed.length > 0 && !typed.every(isPromised)
        ? typed
        : typed.length > 0
          ? withoutPromised([...visible().filter(isMade), ...typed])
          : visible();
    const fallback = own.params[index]?.default;
    const inside = program.facts.language === 'python' ? (own.parent ?? 0) : fn;
    const defaults =
      fallback && typed.length === 0
        ? meanings(fallback, { program, fn: inside, around: undefined }).filter(telling)
        : [];
    const found = [...assigned, ...given, ...defaults].filter((one) => one.k !== 'unknown');
    return found.length > 0 ? found : [{ k: 'param', program, fn, index }];
  };

  /** What visible callers give for a parameter. */
  const givenBy = (program: Program, fn: number, index: number): readonly Meaning[] => {
    const own = program.facts.fns[fn]!;
    const param = own.params[index];
    if (!param || param.rest) return unknown;
    const settled = index === 0 ? settledInto(program, fn) : [];
    if (settled.some(telling)) return settled;
    return callersOf({ k: 'fn', program, fn }).flatMap(({ call, place }) => {
      const named = call.args.find((arg) => arg.name === param.name);
      if (named) return meanings(named.value, place);
      const position = index - implicit(program, fn);
      const given = call.args[position];
      const spread = call.args.slice(0, position + 1).some((arg) => arg.spread || arg.name);
      return given && !spread ? meanings(given.value, place) : unknown;
    });
  };

  const heldBy = (binding: Binding): readonly Meaning[] => {
    if (!binding.value || binding.how === 'loop') return unknown;
    const state = stateOf(binding, binding.value);
    if (state) return state.flatMap(({ value, place }) => meanings(value, place));
    let found = meanings(binding.value, binding);
    for (const key of binding.path) {
      found = found.flatMap((one) =>
        typeof key === 'string' && key !== '...' ? member(one, key, binding) : item(one, key),
      );
    }
    return found;
  };

  /** `TABLE.get(key, fallback)` is what stands in the table; `setdefault` puts it there. */
  const lookedUp = ({ callee, args }: Call, place: Place): readonly Meaning[] => {
    const [key, fallback] = args;
    if (callee.k !== 'attr' || !key || args.length > 2) return [];
    if (callee.name !== 'get' && callee.name !== 'setdefault') return [];
    const put = stored(callee.of, place);
    const tables = meanings(callee.of, place);
    if (!tables.every((one) => one.k === 'literal' && one.expr.k === 'object')) return put;
    const found = tables.flatMap((one) => entriesOf(one, keysOf(key.value, place), place));
    return [...found, ...put, ...(fallback ? meanings(fallback.value, place) : [])];
  };

  const stored = (table: Expr, { program }: Place): readonly Meaning[] =>
    storedIn(table, program)
      .flatMap(({ value, place }) => meanings(value, place))
      .filter((one) => one.k === 'client' || one.k === 'instance' || one.k === 'fn' || one.k === 'class');

  /** `promise.then(callback)` is what the callback gives; `promise.catch(callback)` is what the promise is of. */
  const settledBy = ({ callee, args }: Call, place: Place): readonly Meaning[] => {
    if (place.program.facts.language !== 'typescript' || callee.k !== 'attr') return [];
    if (callee.name === 'catch' || callee.name === 'finally') return meanings(callee.of, place);
    if (callee.name !== 'then') return [];
    const [done] = args;
    return done
      ? meanings(done.value, place).flatMap((one) => (one.k === 'fn' ? returned(one.program, one.fn) : []))
      : [];
  };

  /** What a callback of `promise.then(…)` is given. */
  const settledInto = (program: Program, fn: number): readonly Meaning[] => {
    const stands = program.functions.get(fn);
    if (stands?.around?.k !== 'expr' || stands.around.part !== 'arg' || stands.around.index !== 0) return [];
    const { node, outer } = stands.around;
    if (node.k !== 'call' || node.callee.k !== 'attr' || node.callee.name !== 'then') return [];
    return meanings(node.callee.of, { program, fn: stands.fn, around: outer });
  };

  const item = (of: Meaning, key: string | number): readonly Meaning[] => {
    if (of.k !== 'literal' || of.expr.k !== 'list' || typeof key !== 'number') return unknown;
    const found = of.expr.items[key];
    return found ? meanings(found, { program: of.program, fn: 0, around: undefined }) : unknown;
  };

  /** The keys that an index can be; undefined where it can be any. */
  const keysOf = (index: Expr, place: Place): readonly (string | number)[] | undefined => {
    const found = meanings(index, place).map((one) =>
      one.k === 'literal' && one.expr.k === 'lit' ? one.expr.value : undefined,
    );
    return found.every((key) => typeof key === 'string' || typeof key === 'number') ? found : undefined;
  };

  /** What stands in a table under some of its keys, or under any. */
  const entriesOf = (of: Meaning, keys: readonly (string | number)[] | undefined, place: Place): readonly Meaning[] => {
    if (of.k !== 'literal')
      return keys && of.k !== 'unknown' ? keys.flatMap((key) => member(of, String(key), place)) : unknown;
    const { expr, program } = of;
    const inside: Place = { program, fn: 0, around: undefined };
    if (expr.k === 'list' && keys) return keys.flatMap((key) => item(of, key));
    if (expr.k === 'object' && keys) return keys.flatMap((key) => member(of, String(key), place));
    const held = expr.k === 'list' ? expr.items : expr.k === 'object' ? expr.entries.map(({ value }) => value) : [];
    return held.length > mostEntries ? unknown : held.flatMap((value) => meanings(value, inside));
  };

  /** A name that nothing in the file binds: one that `from module import *` brings in, or a built-in. */
  const unbound = (name: string, program: Program): readonly Meaning[] => {
    for (const one of program.facts.imports) {
      if (!one.all) continue;
      const source = project.resolve(program, one.module);
      const gives = source
        ? source.facts.exports.has(name)
        : clientOf({ k: 'export', module: one.module, path: [name] }, program.facts.language) !== undefined;
      if (gives) return imported(program, one.module, name);
    }
    return [{ k: 'builtin', name }];
  };

  const imported = (from: Program, module: string, name: string): readonly Meaning[] => {
    // `from package import module`, where the package has no file of its own.
    const inside = project.resolve(from, module.endsWith('.') ? module + name : `${module}.${name}`);
    if (inside && !project.resolve(from, module)) return [{ k: 'module', program: inside }];
    const whole = moduleMeaning(from, module);
    return name === '*'
      ? whole
      : whole.flatMap((one) => member(one, name, { program: from, fn: 0, around: undefined }));
  };

  const moduleMeaning = (from: Program, module: string): readonly Meaning[] => {
    const program = project.resolve(from, module);
    return [program ? { k: 'module', program } : { k: 'export', module, path: [] }];
  };

  /** What a file of the project exports under a name: its own, then what it passes on from others. */
  const exported = (program: Program, name: string): readonly Meaning[] =>
    guarded(`export ${program.path} ${name}`, () => {
      const place: Place = { program, fn: 0, around: undefined };
      const own = program.facts.exports.get(name);
      if (own !== undefined) return variable(own, Number.POSITIVE_INFINITY, place);
      // CommonJS: `exports.name = …`, `module.exports = { name }`.
      for (const binding of program.attributes.get(name) ?? []) {
        if (binding.value && isExports(binding.of)) return meanings(binding.value, binding);
      }
      for (const binding of program.attributes.get('exports') ?? []) {
        if (!binding.value) continue;
        if (name === 'default') return meanings(binding.value, binding);
        const found = entry(binding.value, name, binding);
        if (found.value) return meanings(found.value, found.place ?? binding);
      }
      for (const [passed, id] of program.facts.exports) {
        if (!passed.startsWith('*')) continue;
        const found = variable(id, Number.POSITIVE_INFINITY, place)
          .flatMap((one) => member(one, name, place))
          .filter((one) => one.k !== 'unknown' && one.k !== 'export');
        if (found.length > 0) return found;
      }
      for (const one of program.facts.imports) {
        const source = one.all ? project.resolve(program, one.module) : undefined;
        if (source?.facts.exports.has(name)) return exported(source, name);
      }
      // A package's `__init__` gives its modules as attributes.
      const inside = project.resolve(program, program.facts.language === 'python' ? `.${name}` : `./${name}`);
      return inside ? [{ k: 'module', program: inside }] : unknown;
    });

  const basesOf = (program: Program, cls: number): readonly Meaning[] =>
    guarded(`bases ${program.path} ${cls}`, () =>
      program.facts.classes[cls]!.bases.flatMap((base) => meanings(base, { program, fn: 0, around: undefined })),
    );

  const member = (of: Meaning, name: string, place: Place): readonly Meaning[] => {
    switch (of.k) {
      case 'export':
        return [{ ...of, path: [...of.path, name] }];
      case 'module':
        return exported(of.program, name);
      case 'client':
      case 'result':
        return [{ ...of, names: [...of.names, name] }];
      case 'class':
      case 'instance':
        return guarded(`member ${of.program.path} ${of.cls} ${name}`, () =>
          classMember(of.program, of.cls, name, place),
        );
      case 'literal': {
        const found = of.expr.k === 'object' ? entry(of.expr, name, { ...place, program: of.program }) : undefined;
        return found?.value ? meanings(found.value, found.place ?? place) : unknown;
      }
      case 'fn':
        // `fn.retry_with(…)`, `fn.call(…)`, `fn.bind(…)`: the function itself, for who asks what it does.
        return ['bind', 'call', 'apply', 'retry_with', '__wrapped__'].includes(name) ? [of] : unknown;
      default:
        return unknown;
    }
  };

  const classMember = (program: Program, cls: number, name: string, place: Place): readonly Meaning[] => {
    const own = program.facts.classes[cls]!;
    const top: Place = { program, fn: 0, around: undefined };
    const method = own.methods.get(name);
    if (method !== undefined) {
      const getter = program.facts.fns[method]!.modifiers.some((one) => one === 'property' || one === 'get');
      return getter ? returned(program, method) : [{ k: 'fn', program, fn: method }];
    }
    const found: Meaning[] = [];
    for (const field of own.fields) {
      if (field.name !== name) continue;
      // `client: OpenAI = field(default_factory=OpenAI)`: the annotation says more than the value.
      const promised = field.type ? typeMeanings(field.type, top) : [];
      found.push(...(promised.length > 0 ? promised : field.value ? meanings(field.value, top) : []));
    }
    for (const binding of program.fields.get(cls)?.get(name) ?? []) found.push(...heldBy(binding));
    for (const binding of validated(program, cls, name)) found.push(...heldBy(binding));
    if (!found.some(isSure)) found.push(...givenToField(program, cls, name));
    if (found.some(telling)) return withoutPromised(found.filter(telling));
    const inherited = basesOf(program, cls).flatMap((base) => (base.k === 'class' ? member(base, name, place) : []));
    if (inherited.some(telling)) return inherited.filter(telling);
    if (found.length > 0) return found;
    const passed = passedOn(program, own.methods.get('__getattr__'), name);
    return passed.length > 0 ? passed : inherited;
  };

  /** What a field without a constructor of its class is given where an object is made: `Tools(model=ChatOpenAI())`. */
  const givenToField = (program: Program, cls: number, name: string): readonly Meaning[] => {
    const own = program.facts.classes[cls]!;
    const declared = own.fields.some((field) => field.name === name);
    if (program.facts.language !== 'python' || !declared || own.methods.has('__init__')) return [];
    return project.programs.flatMap((one) =>
      (one.callsByName.get(own.name) ?? []).flatMap((place) => {
        const given = place.call.args.find((arg) => arg.name === name);
        const makes = (callee: Meaning) => callee.k === 'class' && callee.program === program && callee.cls === cls;
        return given && meanings(place.call.callee, place).some(makes) ? meanings(given.value, place) : [];
      }),
    );
  };

  /** What a class gives for attributes that it has not: `return getattr(self._module, name)`. */
  const passedOn = (program: Program, fn: number | undefined, name: string): readonly Meaning[] => {
    if (fn === undefined) return [];
    return (program.returns.get(fn) ?? []).flatMap((place) => {
      const { value } = place;
      const asks = value.k === 'call' && value.callee.k === 'name' && value.callee.name === 'getattr';
      const holder = asks ? value.args[0]?.value : undefined;
      return holder ? meanings(holder, place).flatMap((one) => member(one, name, place)) : [];
    });
  };

  const returned = (program: Program, fn: number): readonly Meaning[] =>
    guarded(`returns ${program.path} ${fn}`, () => {
      const found = (program.returns.get(fn) ?? []).flatMap((one) => meanings(one.value, one));
      if (found.some((one) => telling(one) && one.k !== 'literal')) return found.filter(telling);
      const overriding = found.some(telling) ? [] : overridersOf({ k: 'fn', program, fn });
      const given = overriding.flatMap((one) => returned(one.program, one.fn)).filter(telling);
      if (given.some((one) => one.k !== 'literal')) return given;
      const type = program.facts.fns[fn]?.returnType;
      const promised = type ? typeMeanings(type, { program, fn, around: undefined }) : [];
      return promised.length > 0 ? promised : found;
    });

  const result = (callee: Meaning, call: Call, program: Program): readonly Meaning[] => {
    switch (callee.k) {
      case 'export': {
        const client = clientOf(callee, program.facts.language);
        if (client) return constructed(client, call, program);
        const [first, second] = call.args;
        const inside: Place = { program, fn: 0, around: undefined };
        if (first && second && isCast(callee)) {
          const found = meanings(second.value, inside);
          const promised = found.some((one) => telling(one) && one.k !== 'param')
            ? []
            : typeMeanings(first.value, inside);
          return promised.length > 0 ? promised : found;
        }
        if (first && appliers.has(callee.path.at(-1) ?? '')) {
          const applied = meanings(first.value, inside);
          // Arguments filled in by position would shift those that a function is called with.
          const inPlace = call.args.slice(1).every((arg) => arg.name !== undefined);
          if (applied.every((one) => one.k === 'client' || (one.k === 'fn' && inPlace))) return applied;
        }
        return [{ k: 'result', of: callee, call, names: [] }];
      }
      case 'client': {
        const [last] = callee.names;
        if (callee.names.length === 0) return unknown;
        if (callee.names.at(-1) === 'bind' && callee.sdk.language === 'typescript')
          return [{ ...callee, names: callee.names.slice(0, -1) }];
        // What a method of the client gives, a chat say, may have methods of its own: `chats.create.().sendMessage`.
        if (callee.names.length > 1 || !callee.sdk.derive.includes(last!))
          return [{ ...callee, names: [...callee.names, '()'] }];
        return [{ ...callee, derived: [...callee.derived, { call, program }], names: [] }];
      }
      case 'result':
        return [{ ...callee, names: [...callee.names, '()'] }];
      case 'fn':
        return returned(callee.program, callee.fn);
      case 'class':
        return [instanceOf(callee.program, callee.cls, call)];
      case 'instance':
        return call.callee.k === 'self' ? [instanceOf(callee.program, callee.cls, call)] : unknown;
      default:
        return unknown;
    }
  };

  /** A client from its construction; one that wraps another has that one's options. */
  const constructed = (
    found: { readonly sdk: Sdk; readonly cls: ClientClass },
    call: Call,
    program: Program,
  ): readonly Meaning[] => {
    const place: Place = { program, fn: 0, around: undefined };
    const made = { call, program };
    const { wraps: key, abstract } = found.cls;
    const given =
      key === undefined
        ? undefined
        : typeof key === 'number'
          ? call.args[key]?.value
          : (call.args.find(({ name }) => name === key)?.value ??
            call.args.map(({ value }) => entry(value, key, place).value).find((one) => one !== undefined) ??
            (abstract && call.args[0]?.name === undefined ? call.args[0]?.value : undefined));
    const wrapped = given && meanings(given, place).find((one) => one.k === 'client' && one.names.length === 0);
    if (abstract) return wrapped ? [wrapped] : unknown;
    if (wrapped?.k !== 'client') return [{ k: 'client', ...found, made, derived: [], names: [] }];
    const derived = [...(wrapped.made ? [wrapped.made] : []), ...wrapped.derived];
    return [{ k: 'client', sdk: found.sdk, cls: wrapped.cls, made, derived, names: [] }];
  };

  /** An object of a class of the project; of a class that extends an SDK's client, a client. */
  const instanceOf = (program: Program, cls: number, call: Call): Meaning => {
    for (const base of basesOf(program, cls)) {
      const client = base.k === 'export' ? clientOf(base, program.facts.language) : undefined;
      if (client && !client.cls.abstract)
        return { k: 'client', ...client, made: { call, program }, derived: [], names: [] };
    }
    return { k: 'instance', program, cls };
  };

  /** What an annotation promises: an instance. */
  const typeMeanings = (type: Expr, place: Place): readonly Meaning[] => {
    if (type.k === 'either') return type.of.flatMap((one) => typeMeanings(one, place));
    // `Optional[OpenAI]`, `Annotated[OpenAI, …]`, `OpenAI | None`
    if (type.k === 'index') {
      return typeMeanings(type.index.k === 'list' ? (type.index.items[0] ?? type.index) : type.index, place);
    }
    if (type.k === 'binary') return [...typeMeanings(type.left, place), ...typeMeanings(type.right, place)];
    if (type.k !== 'name' && type.k !== 'attr') return [];
    return meanings(type, place).flatMap((one): Meaning[] => {
      if (one.k === 'class') return [{ ...one, k: 'instance' }];
      const client = one.k === 'export' ? clientOf(one, place.program.facts.language) : undefined;
      return client ? [{ k: 'client', ...client, derived: [], names: [] }] : [];
    });
  };

  const constant = (expr: Expr, place: Place): string | number | boolean | null | undefined => {
    if (expr.k === 'lit') return expr.value;
    const values = meanings(expr, place).map((one) =>
      one.k === 'literal' && one.expr.k === 'lit' ? one.expr.value : undefined,
    );
    return values.every((value) => value === values[0]) ? values[0] : undefined;
  };

  const { callersOf, readersOf, overridersOf } = callerFinder(project, { meanings, basesOf, cut: () => cuts++ });
  const sdkModules = new Set(catalogue.sdks.flatMap(({ modules }) => modules));
  const isSdk = (module: string) => sdkModules.has(module);

  return { meanings, constant, entry, isSdk, callersOf, readersOf };
}

/** How many first parameters take no argument at a call: Python's `self`. */
export function implicit(program: Program, fn: number): number {
  const own = program.facts.fns[fn]!;
  return program.facts.language === 'python' && own.cls !== undefined && !own.modifiers.includes('staticmethod')
    ? 1
    : 0;
}

/** `typing.cast(type, value)`. */
function isCast({ module, path }: ExportMeaning): boolean {
  return /^typing(_extensions)?$/.test(module) && path.join('.') === 'cast';
}

/** A client that only an annotation promises. */
function isPromised(one: Meaning): boolean {
  return one.k === 'client' && one.made === undefined && one.names.length === 0;
}

/** Says what an object is, and not only what base class it has. */
function isSure(one: Meaning): boolean {
  return telling(one) && !(one.k === 'client' && one.made === undefined && one.cls.abstract);
}

/** A client whose construction is seen. */
function isMade(one: Meaning): boolean {
  return one.k === 'client' && one.made !== undefined && one.names.length === 0;
}

/** Without clients that are only promised, where the construction of one is seen. */
function withoutPromised(found: readonly Meaning[]): readonly Meaning[] {
  return found.some(isMade) ? found.filter((one) => !isPromised(one)) : found;
}

/** Without `None`, which has no attributes, where it can be something else: a module that may not be installed, say. */
function present(found: readonly Meaning[]): readonly Meaning[] {
  const others = found.filter((one) => !(one.k === 'literal' && one.expr.k === 'lit' && one.expr.value === null));
  return others.length > 0 ? others : found;
}

function isExports(of: Expr): boolean {
  return (of.k === 'name' && of.name === 'exports') || (of.k === 'attr' && of.name === 'exports');
}

/** Says more than “something”, and more than a placeholder like `None`. */
function telling(one: Meaning): boolean {
  return one.k !== 'unknown' && !(one.k === 'literal' && one.expr.k === 'lit' && one.expr.value === null);
}
