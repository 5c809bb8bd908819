/** What an address's expression says: its text, with the parts that can't be told in braces. */

import type { CallerPlace } from './callers.ts';
import type { Call, Expr } from './facts.ts';
import type { FnMeaning } from './meaning.ts';
import { type Binding, nameOf, type Place, type Program } from './program.ts';
import { conditional, reaching } from './reaching.ts';
import { implicit, type Resolver } from './resolve.ts';

/** One caller of one function: what it gives for the parameters. */
export interface Given {
  readonly fn: FnMeaning;
  readonly caller: CallerPlace;
}

export interface Urls {
  /** The texts that `expr` can have at its place; never empty. */
  texts(expr: Expr, place: Place, given?: Given): readonly string[];
}

const mostTexts = 8;

/** Functions that give the text back that they are given, or one that begins alike. */
const passing = /^(str|String|URL|Url|encodeURI|quote|rstrip|lstrip|strip|trim|trimEnd|toString|replace|removesuffix)$/;

export function urlReader(resolver: Resolver): Urls {
  const open = new Set<Expr>();

  const texts: Urls['texts'] = (expr, place, given) => {
    if (open.has(expr) || open.size > 40) return [hole(expr)];
    open.add(expr);
    try {
      return [...new Set(read(expr, place, given))].slice(0, mostTexts);
    } finally {
      open.delete(expr);
    }
  };

  const read = (expr: Expr, place: Place, given: Given | undefined): readonly string[] => {
    const inner = (one: Expr, at: Place = place) => texts(one, at, given);
    switch (expr.k) {
      case 'lit':
        return [typeof expr.value === 'string' || typeof expr.value === 'number' ? String(expr.value) : hole(expr)];
      case 'template':
        return filled(
          expr.text,
          expr.parts.map((part) => inner(part)),
        );
      case 'binary':
        if (expr.op === '+') return joined(inner(expr.left), inner(expr.right));
        // `URL(base) / "chat"`, and `"%s/chat" % base`
        if (expr.op === '/') return joined(inner(expr.left), ['/'], inner(expr.right));
        return expr.op === '%' ? inner(expr.left).map((text) => text.replace(/%[sd]/g, '{}')) : [hole(expr)];
      case 'either':
        return expr.of.flatMap((one) => inner(one));
      case 'and':
        return inner(expr.right);
      case 'await':
      case 'assign':
        return inner(expr.value);
      case 'call':
        return ofCall(expr, place, given);
      case 'name':
        return expr.var === undefined ? [hole(expr)] : ofVariable(expr, expr.var, place, given);
      case 'attr':
      case 'index':
        return ofMember(expr, place, given);
      default:
        return [hole(expr)];
    }
  };

  /** With what is added to it: `url += '/chat/completions'`. */
  const ofVariable = (
    expr: Expr & { k: 'name' },
    id: number,
    place: Place,
    given: Given | undefined,
  ): readonly string[] => {
    const bindings = place.program.bindings.get(id) ?? [];
    const added = bindings.filter(({ how, fn, at }) => how === 'augmented' && fn === place.fn && at < expr.at.start);
    let found = ofAssigned(expr, id, place, given);
    for (const one of added) {
      const longer = one.value ? joined(found, texts(one.value, one, given)) : found;
      found = conditional(one, place) ? [...longer, ...found] : longer;
    }
    return [...pathsOf(id, place, found, given), ...found];
  };

  /** `url.pathname = '/v1/chat/completions'`: another path at the same host. */
  const pathsOf = (
    id: number,
    { program }: Place,
    found: readonly string[],
    given: Given | undefined,
  ): readonly string[] => {
    const set = (program.attributes.get('pathname') ?? []).filter(({ of }) => of.k === 'name' && of.var === id);
    const hosts = [...new Set(found.map((text) => /^[a-z]+:\/\/[^/]+/.exec(text)?.[0] ?? text))];
    return set.flatMap((one) => (one.value ? joined(hosts, ['/'], texts(one.value, one, given)) : []));
  };

  const ofAssigned = (
    expr: Expr & { k: 'name' },
    id: number,
    place: Place,
    given: Given | undefined,
  ): readonly string[] => {
    const { program } = place;
    const own = program.facts.vars[id]!;
    const bound = (program.bindings.get(id) ?? []).filter((one) => one.how !== 'augmented' && one.how !== 'error');
    const seen = reaching(bound, own.fn, expr.at.start, place).filter((one) => one.value && one.path.length === 0);
    const assigned = seen.flatMap((one) => texts(one.value!, one, given));
    if (own.what.k === 'param') {
      const sure = bound.some((one) => own.fn === place.fn && one.at < expr.at.start && !conditional(one, place));
      if (sure && assigned.length > 0) return assigned;
      return [...assigned, ...ofParameter(expr, own.fn, own.what.index, place, given)];
    }
    return assigned.length > 0 ? assigned : ofMeanings(expr, place, given);
  };

  const ofParameter = (
    expr: Expr,
    fn: number,
    index: number,
    { program }: Place,
    given: Given | undefined,
  ): readonly string[] => {
    const own = program.facts.fns[fn]!;
    const param = own.params[index];
    if (given && given.fn.program === program && given.fn.fn === fn && param) {
      const { call, place } = given.caller;
      const argument = argumentOf(call, param.name, index - implicit(program, fn));
      if (argument) {
        const direct = texts(argument, place);
        return direct.every(untold) ? ofMeanings(argument, place, undefined) : direct;
      }
    }
    const top: Place = { program, fn: own.parent ?? 0, around: undefined };
    return param?.default ? texts(param.default, top, given) : [hole(expr)];
  };

  const ofMember = (
    expr: Expr & { k: 'attr' | 'index' },
    place: Place,
    given: Given | undefined,
  ): readonly string[] => {
    if (expr.k === 'attr' && expr.of.k === 'self' && expr.of.cls !== undefined) {
      const getter = getterOf(place.program, expr.of.cls, expr.name);
      if (getter !== undefined) return ofReturns(expr, { k: 'fn', program: place.program, fn: getter });
      const set: readonly Binding[] = place.program.fields.get(expr.of.cls)?.get(expr.name) ?? [];
      const found = set.flatMap((one) => (one.value && one.path.length === 0 ? texts(one.value, one, given) : []));
      if (!found.every(untold)) return found;
    }
    const key = expr.k === 'index' ? resolver.constant(expr.index, place) : undefined;
    if (expr.k === 'index' && typeof key === 'string') {
      const { value, place: from } = resolver.entry(expr.of, key, place);
      if (value) return texts(value, from ?? place, given);
    }
    // By a key that can't be told: any entry.
    if (expr.k === 'index') {
      for (const one of resolver.meanings(expr.of, place)) {
        if (one.k !== 'literal' || one.expr.k !== 'object') continue;
        const top: Place = { program: one.program, fn: 0, around: undefined };
        return one.expr.entries.flatMap((entry) => texts(entry.value, top, given));
      }
    }
    return ofMeanings(expr, place, given);
  };

  const ofCall = (call: Call, place: Place, given: Given | undefined): readonly string[] => {
    const { callee } = call;
    const name = callee.k === 'attr' || callee.k === 'name' ? callee.name : '';
    const inner = (one: Expr | undefined) => (one ? texts(one, place, given) : []);
    const [first, second] = call.args.map(({ value }) => value);
    // `os.getenv('OPENAI_URL', 'https://…')`, `config.get('url', …)`
    if (/^(get|getenv|env|getEnv)$/.test(name)) return second ? inner(second) : [hole(first ?? call)];
    if (name === 'format' && callee.k === 'attr') return inner(callee.of).map((text) => text.replace(/\{\w*\}/g, '{}'));
    if (name === 'URL' && call.isNew && first && second) return joined(inner(second), ['/'], inner(first));
    if (/^(urlJoin|joinUrl|joinURL)$/.test(name) && second)
      return joined(...call.args.flatMap(({ value }) => [['/'], inner(value)]).slice(1));
    if (name === 'urljoin' && first && second) return joined(inner(first), ['/'], inner(second));
    if (name === 'join' && first?.k === 'list')
      return joined(...first.items.flatMap((one) => [['/'], inner(one)]).slice(1));
    if (name === 'urljoin' || name === 'join') return [hole(call)];
    if (passing.test(name)) return inner(callee.k === 'attr' && name !== 'URL' && name !== 'quote' ? callee.of : first);
    const made = resolver.meanings(callee, place).flatMap((fn) => (fn.k === 'fn' ? ofResult(fn, { call, place }) : []));
    return made.length > 0 && !made.every(untold) ? made : ofMeanings(call, place, given);
  };

  /** What a function makes of what this caller gives it. */
  const ofResult = (fn: FnMeaning, caller: CallerPlace): readonly string[] =>
    (fn.program.returns.get(fn.fn) ?? []).flatMap((one) => texts(one.value, one, { fn, caller }));

  /** What a property gives, read where it is written: a setting that it asks for first may be anything. */
  const ofReturns = (expr: Expr, fn: FnMeaning): readonly string[] => {
    const found = (fn.program.returns.get(fn.fn) ?? []).flatMap((one) => texts(one.value, one));
    return found.length > 0 ? found : [hole(expr)];
  };

  /** Through other files, classes and functions. */
  const ofMeanings = (expr: Expr, place: Place, given: Given | undefined): readonly string[] => {
    const found = resolver.meanings(expr, place).flatMap((one) => {
      if (one.k !== 'literal' || one.expr === expr || one.expr.k === 'object' || one.expr.k === 'list') return [];
      if (one.expr.k === 'lit' && one.expr.value === null) return [];
      return texts(one.expr, { program: one.program, fn: 0, around: undefined }, given);
    });
    return found.length > 0 ? found : [hole(expr)];
  };

  return { texts };
}

/** What a call gives for a parameter, by name or position. */
export function argumentOf(call: Call, name: string, position: number): Expr | undefined {
  const named = call.args.find((arg) => arg.name === name);
  if (named) return named.value;
  const before = call.args.slice(0, position + 1);
  return before.some((arg) => arg.spread || arg.name !== undefined) ? undefined : before[position]?.value;
}

function getterOf({ facts }: Program, cls: number, name: string): number | undefined {
  const method = facts.classes[cls]!.methods.get(name);
  if (method === undefined) return undefined;
  return facts.fns[method]!.modifiers.some((one) => one === 'property' || one === 'get') ? method : undefined;
}

/** A part that can't be told keeps its name, which may say something all the same. */
function hole(expr: Expr): string {
  const name = expr.k === 'lit' ? String(expr.value) : nameOf(expr.k === 'index' ? expr.of : expr);
  return `{${name.replace(/[{}]/g, '')}}`;
}

function untold(text: string): boolean {
  return /^(\{[^}]*\})+$/.test(text);
}

function joined(...parts: readonly (readonly string[])[]): readonly string[] {
  let found: readonly string[] = [''];
  for (const part of parts) found = found.flatMap((left) => part.map((right) => left + right)).slice(0, mostTexts);
  return found.map((text) => text.replace(/(?<!:)\/{2,}/g, '/'));
}

/** A template's text has `{}` for each part. */
function filled(text: string, parts: readonly (readonly string[])[]): readonly string[] {
  const pieces = text.split('{}');
  return joined(...pieces.flatMap((piece, at) => (at === 0 ? [[piece]] : [parts[at - 1] ?? ['{}'], [piece]])));
}
