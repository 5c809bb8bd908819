/**
 * Follows a response that may be a refusal through expressions and statements: what holds it, what was read of it, and
 * where reading it as an answer ends in an error.
 */
import { type Exit, exits, type Judge } from './exits.ts';
import type { Call, Expr, Fn, Stmt, Target } from './facts.ts';
import { coversLimit, logging, type Raised } from './handler.ts';
import type { FnMeaning, Meaning } from './meaning.ts';
import { children, expressions, nameOf, type Place, within } from './program.ts';
import { resends } from './resends.ts';
import { implicit } from './resolve.ts';
import {
  carries,
  heldAs,
  isWhole,
  type Kind,
  type Kinds,
  type Notes,
  newNotes,
  partOfBody,
  partOfResponse,
} from './response-kinds.ts';
import { testsOf } from './response-tests.ts';
import type { Tracing } from './way.ts';
import { say } from './words.ts';

export interface Reader {
  readonly judge: Judge;
  readonly notes: Notes;
  readonly kinds: Map<number, Kind>;
  kind(expr: Expr): Kind | undefined;
  /** Whether evaluating the last expression raises. */
  raises(): 'raises' | 'may-raise' | undefined;
}

export interface ReaderOptions {
  readonly place: Place;
  readonly tracing: Tracing;
  /** Expressions of which it is known what they have. */
  readonly seeds: ReadonlyMap<Expr, Kind | undefined>;
  readonly kinds: Kinds;
  /** Functions on the request's way: calling one of them sends it again. */
  readonly fns: readonly Fn[];
  /** Functions that are being looked into. */
  readonly open?: readonly Fn[];
  readonly status: number;
  readonly notes?: Notes;
}

const deepest = 3;

export function readerOf(options: ReaderOptions): Reader {
  const { place, tracing, seeds, fns, open = [], status } = options;
  const { resolver, request } = tracing;
  const { program } = place;
  const { vars } = program.facts;
  const isPython = program.facts.language === 'python';
  const notes = options.notes ?? newNotes();
  const kinds = new Map(options.kinds);
  const failing = status >= 400;
  let raising: 'raises' | 'may-raise' | undefined;

  const breaks = (): undefined => {
    if (!failing || raising === 'raises') return;
    raising = 'raises';
    notes.unspecific = true;
    return undefined;
  };

  const kind = (expr: Expr): Kind | undefined => {
    if (seeds.has(expr)) return seeds.get(expr);
    switch (expr.k) {
      case 'name':
        return expr.var === undefined ? undefined : kinds.get(expr.var);
      case 'await':
        return kind(expr.value);
      case 'attr':
        return memberOf(kind(expr.of), expr.name, isStrict(expr, [1, 4], expr.name.length), false);
      case 'index': {
        const of = kind(expr.of);
        kind(expr.index);
        const key = expr.index.k === 'lit' ? String(expr.index.value) : '';
        return memberOf(of, key, isStrict(expr, [2], expr.index.at.end - expr.index.at.start), true);
      }
      case 'call':
        return calling(expr);
      case 'assign': {
        const value = kind(expr.value);
        bind(expr.target, value);
        return value;
      }
      case 'either':
        return choice(expr);
      case 'and':
        return test(expr.left).catches === 'no' ? undefined : kind(expr.right);
      case 'not':
      case 'binary': {
        if (expr.k === 'binary' && expr.op === '+')
          return [expr.left, expr.right].map(kind).some(carries) ? 'made' : undefined;
        const { catches } = test(expr);
        return catches === 'unknown' ? undefined : (catches === 'yes') === failing ? 'failed' : 'ok';
      }
      case 'object':
      case 'list': {
        const held = children(expr).map(({ child }) => kind(child));
        return held.some((one) => carries(one) || one === 'ok' || one === 'failed') ? 'holder' : undefined;
      }
      case 'comprehension':
      case 'yield': {
        for (const { child } of children(expr)) handOn(kind(child));
        return undefined;
      }
      case 'template':
      case 'spread':
      case 'other':
        return children(expr)
          .map(({ child }) => kind(child))
          .some(carries)
          ? 'made'
          : undefined;
      default:
        for (const { child } of children(expr)) kind(child);
        return undefined;
    }
  };

  /** A part of the response goes where it can't be followed; once it is known as a refusal, somebody is told so. */
  const handOn = (one: Kind | undefined): void => {
    if (carries(one) && failing && notes.asked) notes.told = true;
    if (isWhole(one) || one === 'status') notes.escaped = true;
  };

  /** Whether nothing stands between an object and its member but the sign: no `?.`. */
  const isStrict = (expr: Expr & { k: 'attr' | 'index' }, gaps: readonly number[], length: number): boolean =>
    isPython || gaps.includes(expr.at.end - expr.of.at.end - length);

  const memberOf = (of: Kind | undefined, name: string, strict: boolean, indexed: boolean): Kind | undefined => {
    switch (of) {
      case 'response':
        return partOfResponse(name);
      case 'body': {
        const part = partOfBody(name);
        return part === 'missing' && indexed && isPython ? breaks() : part;
      }
      case 'missing':
        return strict ? breaks() : 'missing';
      case 'error':
        return 'error';
      case 'holder':
        return heldAs(name);
      default:
        return undefined;
    }
  };

  const choice = (expr: Expr & { k: 'either' }): Kind | undefined => {
    if (!expr.test) {
      const first = kind(expr.of[0]!);
      return first === undefined || first === 'missing' ? (expr.of.slice(1).map(kind).find(Boolean) ?? first) : first;
    }
    const { catches } = test(expr.test);
    const taken = catches === 'yes' ? expr.of.slice(0, 1) : catches === 'no' ? expr.of.slice(1) : expr.of;
    return taken.map(kind).find(Boolean);
  };

  const calling = (call: Call): Kind | undefined => {
    const { callee, args } = call;
    if (callee.k === 'attr' && callee.name === 'getresponse' && request.http?.refusal === 'elsewhere')
      return 'response';
    const of = callee.k === 'attr' ? kind(callee.of) : undefined;
    const given = args.map(({ value }) => kind(value));
    if (callee.k === 'attr' && of) return method(call, callee, of);
    if (!given.some(carries)) return undefined;
    const name = nameOf(callee);
    if (/(^|\.)(parse|loads|load)$/.test(name)) return 'body';
    // What waits for a value, or for the first of several, gives it back.
    if (/(^|\.)(race|any|wait_for|shield|ensure_future|create_task|cast)$/.test(name)) {
      const first = args[0]!.value;
      return first.k === 'list' ? first.items.map(kind).find(isWhole) : given.find(isWhole);
    }
    if (/^(bool|Boolean)$/.test(name)) return given[0];
    if (/^(int|str|String|Number|len|print|type|isinstance|enumerate|iter|repr)$/.test(name) || logging.test(name))
      return /^(int|Number|str|String)$/.test(name) && !isWhole(given[0]) ? given[0] : undefined;
    if (/(^|\.)(stringify|dumps|isArray|format|([A-Z]\w*)?Error)$/.test(name)) return 'made';
    for (const one of resolver.meanings(callee, place)) if (one.k === 'fn') return inside(one, given);
    if (!given.some(isWhole)) {
      for (const one of given) handOn(one);
      return 'made';
    }
    if (/raise|check|throw|assert|ensure|handle|verify|validate/i.test(name)) {
      notes.asked = true;
      if (failing) raising ??= 'may-raise';
    } else for (const one of given) handOn(one);
    return 'made';
  };

  const method = (call: Call, callee: Expr & { k: 'attr' }, of: Kind): Kind | undefined => {
    const { name } = callee;
    const [first] = call.args;
    if (name === 'then') {
      const meaning = first && resolver.meanings(first.value, place).find((one) => one.k === 'fn');
      return meaning?.k === 'fn' ? inside(meaning, [of]) : undefined;
    }
    if (name === 'catch' || name === 'finally') return of;
    if (of === 'response') {
      if (/^(raise_for_status|raiseForStatus)$/.test(name)) {
        notes.asked = true;
        if (failing) raising = 'raises';
        return 'response';
      }
      if (name === 'json') return 'body';
      if (/^(text|read|aread|decode)$/.test(name)) return 'text';
      if (name === 'getcode') return 'status';
      return name === 'clone' ? 'response' : undefined;
    }
    if (of === 'text') return /^(decode|strip|trim|lower|toLowerCase)$/.test(name) ? 'text' : undefined;
    if (of === 'body' && name === 'get' && first) {
      const key = resolver.constant(first.value, place);
      return typeof key === 'string' ? memberOf('body', key, false, false) : undefined;
    }
    if (of === 'body' && name === 'json') return 'body';
    if (of === 'missing') return memberOf('missing', name, isStrict(callee, [1], name.length), false);
    return of === 'error' ? 'error' : undefined;
  };

  /** A function of the program that is given parts of the response. */
  const inside = (fn: FnMeaning, given: readonly (Kind | undefined)[]): Kind | undefined => {
    const own = fn.program.facts.fns[fn.fn]!;
    const inner = fns.includes(own) ? undefined : readerWithin(fn, given, notes);
    if (!inner) {
      for (const one of given) handOn(one);
      return undefined;
    }
    const outside = notes.returned;
    notes.returned = [];
    const run = exits(own.body, inner.judge);
    const [value] = notes.returned.filter((one) => one !== undefined);
    notes.returned = outside;
    if (run.named) notes.named = true;
    const raised = run.exits.filter(isRaise).length;
    if (failing && raised > 0) raising = raised === run.exits.length ? 'raises' : (raising ?? 'may-raise');
    return value;
  };

  const readerWithin = (
    fn: FnMeaning,
    given: readonly (Kind | undefined)[],
    notesInside: Notes,
  ): Reader | undefined => {
    const own = fn.program.facts.fns[fn.fn]!;
    if (open.length >= deepest || open.includes(own)) return undefined;
    const held = new Map<number, Kind>(fn.program === program ? kinds : []);
    for (const [at, one] of given.entries()) {
      const variable = own.params[at + implicit(fn.program, fn.fn)]?.var;
      if (one !== undefined && variable !== undefined) held.set(variable, one);
    }
    const inside: Place = { program: fn.program, fn: fn.fn, around: undefined };
    return readerOf({ ...options, place: inside, kinds: held, open: [...open, own], notes: notesInside });
  };

  const bind = (target: Target, value: Kind | undefined): void => {
    if (target.k === 'var') {
      if (value === undefined) kinds.delete(target.var);
      else kinds.set(target.var, value);
    } else if (target.k === 'pattern') {
      for (const part of target.parts) {
        const name =
          typeof part.key === 'string' ? part.key : part.target.k === 'var' ? vars[part.target.var]!.name : '';
        bind(part.target, value && memberOf(typeof part.key === 'number' ? 'holder' : value, name, false, false));
      }
    } else handOn(value);
  };

  const test = testsOf({
    place,
    tracing,
    status,
    notes,
    kind,
    within: (fn, given, own) => readerWithin(fn, given, own)?.judge,
  });

  const evaluate = (stmt: Stmt): 'raises' | 'may-raise' | undefined => {
    raising = undefined;
    read(stmt);
    const simple = stmt.k === 'expr' || stmt.k === 'assign' || stmt.k === 'return';
    if (failing && notes.asked && !notes.layer && simple && !holdsSeed(stmt)) {
      const layer = resends([stmt], place, fns, tracing);
      if (layer)
        notes.layer = { ...layer, name: layer.k === 'loop' ? say('the branch for a refused request') : layer.name };
    }
    return raising;
  };

  /** The request's own statement sends it for the first time. */
  const holdsSeed = (stmt: Stmt): boolean =>
    expressions(stmt).some((expr) => [...within(expr)].some((one) => seeds.has(one)));

  const read = (stmt: Stmt): void => {
    switch (stmt.k) {
      case 'expr':
        kind(stmt.value);
        return;
      case 'assign':
        if (stmt.augmented) kind(stmt.value);
        else bind(stmt.target, kind(stmt.value));
        return;
      case 'if':
        test(stmt.test);
        return;
      case 'loop':
        if (stmt.iter) kind(stmt.iter);
        if (stmt.test) test(stmt.test);
        return;
      case 'with':
        for (const item of stmt.items) {
          const value = kind(item.value);
          if (item.target) bind(item.target, value);
        }
        return;
      case 'switch':
        if (kind(stmt.subject) === 'status') {
          notes.asked = true;
          notes.named = true;
        }
        return;
      case 'return':
        returning(stmt.value && kind(stmt.value));
        return;
      case 'raise':
        if (stmt.value && failing) {
          notes.raised.push(...raisedBy(stmt.value));
          // What reading the answer ended in has been caught on the way here.
          notes.unspecific = false;
        }
        return;
      default:
        return;
    }
  };

  const returning = (value: Kind | undefined): void => {
    if (carries(value) && failing && notes.asked) notes.told = true;
    notes.returned.push(value);
  };

  const raisedBy = (value: Expr): readonly Meaning[] =>
    resolver.meanings(value.k === 'call' ? value.callee : value, place);

  const judge: Judge = {
    test: (expr) => {
      const answer = test(expr);
      if (answer.named && answer.catches !== 'no') notes.named = true;
      return answer;
    },
    evaluate,
    takes: ({ catches }) => {
      if (!catches) return true;
      const raised: Raised | undefined = notes.unspecific
        ? 'unspecific'
        : notes.raised.length > 0
          ? notes.raised
          : undefined;
      const error = { sdk: request.sdk, var: undefined, place, ...(raised && { raised }) };
      return catches.some((type) => coversLimit(type, error, resolver).catches !== 'no');
    },
  };
  return { judge, notes, kinds, kind, raises: () => raising };
}

export function isRaise({ k }: Exit): boolean {
  return k === 'raise' || k === 'ends';
}
