/**
 * Follows a response that may be a refusal through expressions and conditions: what holds it, what was read of it, which
 * test on it holds at a given status, and where reading it as an answer ends in an error.
 */
import { type Exit, exits, type Judge } from './exits.ts';
import type { Call, Expr, Fn, Stmt, Target } from './facts.ts';
import {
  asksForLimit,
  type Caught,
  coversLimit,
  limitText,
  logging,
  logical,
  opposite,
  type Raised,
  textAnswer,
} from './handler.ts';
import { nameOf } from './layers.ts';
import type { FnMeaning, Meaning } from './meaning.ts';
import { children, expressions, type Place, within } from './program.ts';
import { resends } from './resends.ts';
import { implicit } from './resolve.ts';
import type { Layer } from './verdict.ts';
import type { Tracing } from './way.ts';
import { listed } from './written.ts';

/**
 * What an expression has of a response. `ok` and `failed`: whether it succeeded; `missing`: a part that only an answer
 * has; `error`: the part that only a refusal has; `holder`: something of the program's that holds parts of it; `made`:
 * something made of it.
 */
export type Kind = 'response' | 'body' | 'text' | 'status' | 'ok' | 'failed' | 'missing' | 'error' | 'holder' | 'made';

export type Kinds = ReadonlyMap<number, Kind>;

/** What a run over statements finds out. */
export interface Notes {
  /** The status, or what tells it, was looked at. */
  asked: boolean;
  /** The status 429 in particular. */
  named: boolean;
  /** The response went where it can't be followed. */
  escaped: boolean;
  /** It is sent again. */
  layer?: Layer;
  /** What is raised; empty for the client's own error. */
  raised: Meaning[];
  /** Only reading it as an answer raises. */
  unspecific: boolean;
  /** Somebody is told of the refusal. */
  told: boolean;
  /** What the run's `return`s give. */
  returned: (Kind | undefined)[];
}

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

const unknown: Caught = { catches: 'unknown', named: false };
const yes: Caught = { catches: 'yes', named: false };
const no: Caught = { catches: 'no', named: false };

const deepest = 3;

export function newNotes(): Notes {
  return { asked: false, named: false, escaped: false, raised: [], unspecific: false, told: false, returned: [] };
}

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
    if (isWhole(one)) notes.escaped = true;
  };

  /** Whether nothing stands between an object and its member but the sign: no `?.`. */
  const isStrict = (expr: Expr & { k: 'attr' | 'index' }, gaps: readonly number[], length: number): boolean =>
    isPython || gaps.includes(expr.at.end - expr.of.at.end - length);

  const memberOf = (of: Kind | undefined, name: string, strict: boolean, indexed: boolean): Kind | undefined => {
    switch (of) {
      case 'response':
        if (/^(ok|is_success|isSuccess)$/.test(name)) return 'ok';
        if (/^(is_error|is_client_error|isError)$/.test(name)) return 'failed';
        if (/^(status|status_code|statusCode|code)$/.test(name)) return 'status';
        if (/^(text|content)$/.test(name)) return 'text';
        return /^(data|body|_data)$/.test(name) ? 'body' : undefined;
      case 'body':
        if (/^errors?$/.test(name)) return 'error';
        if (/^(type|message|detail|code|status|object|request_id|id|)$/.test(name)) return undefined;
        return indexed && isPython ? breaks() : 'missing';
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
    if (/^(bool|Boolean)$/.test(name)) return given[0];
    if (/^(int|str|String|Number|len|print|type|isinstance|enumerate|iter|repr)$/.test(name) || logging.test(name))
      return name === 'int' || name === 'Number' ? given[0] : undefined;
    if (/(^|\.)(stringify|dumps|isArray|format)$|Error$/.test(name)) return 'made';
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
    if (open.length >= deepest || open.includes(own) || fns.includes(own)) {
      for (const one of given) handOn(one);
      return undefined;
    }
    const held = new Map<number, Kind>(fn.program === program ? kinds : []);
    for (const [at, one] of given.entries()) {
      const variable = own.params[at + implicit(fn.program, fn.fn)]?.var;
      if (one !== undefined && variable !== undefined) held.set(variable, one);
    }
    const returned = notes.returned;
    notes.returned = [];
    const inner = readerOf({
      ...options,
      place: { program: fn.program, fn: fn.fn, around: undefined },
      kinds: held,
      open: [...open, own],
      notes,
    });
    const run = exits(own.body, inner.judge);
    if (run.named) notes.named = true;
    const given2 = notes.returned;
    notes.returned = returned;
    const raised = run.exits.filter(isRaise);
    if (failing && raised.length > 0)
      raising = raised.length === run.exits.length ? 'raises' : (raising ?? 'may-raise');
    return given2.find((one) => one !== undefined);
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

  const holds = (answer: boolean): Caught => {
    notes.asked = true;
    return answer ? yes : no;
  };

  /** Whether a condition holds at the reader's status. */
  const test = (expr: Expr): Caught => {
    const combined = logical(expr, test);
    if (combined) return combined;
    const answer = expr.k === 'binary' ? compare(expr) : expr.k === 'call' ? callTest(expr) : ranged(expr);
    if (answer) return answer;
    const read = expr.k === 'binary' ? undefined : kind(expr);
    switch (read) {
      case 'ok':
      case 'missing':
        return holds(!failing);
      case 'failed':
      case 'error':
        return holds(failing);
      case 'response':
        // A response of `requests` is false when it is a refusal.
        return isPython && request.sdk.id === 'http-requests' ? holds(!failing) : yes;
      case undefined:
        break;
      default:
        return yes;
    }
    const general = asksForLimit(expr, { sdk: request.sdk, var: undefined, place }, resolver);
    if (!general.named || !failing) return unknown;
    notes.asked = true;
    return general;
  };

  const compare = (expr: Expr & { k: 'binary' }): Caught | undefined => {
    const [left, right] = [kind(expr.left), kind(expr.right)];
    if (expr.op === 'in') return membership(expr.left, left, expr.right, right);
    const about = left ?? right;
    if (about === undefined) return undefined;
    const other = left === undefined ? expr.left : expr.right;
    const constant = codeOf(other);
    if (about === 'status') {
      const code = Number(constant);
      if (constant === undefined || constant === null || Number.isNaN(code)) return undefined;
      const op = left === undefined ? (flipped[expr.op] ?? expr.op) : expr.op;
      const answer = comparisons[op]?.(status, code);
      if (answer === undefined) return undefined;
      const named = code === 429 && failing && (op === '===' || op === '!==');
      return { ...holds(answer), named };
    }
    if (expr.op !== '===' && expr.op !== '!==') return undefined;
    const nothing = constant === null || (other.k === 'name' && other.name === 'undefined');
    if (nothing || typeof constant === 'boolean') {
      const present =
        about === 'ok' || about === 'missing' ? !failing : about === 'failed' || about === 'error' ? failing : true;
      const equal = nothing ? !present : present === constant;
      return about === 'response' || about === 'body' ? unknown : holds(equal === (expr.op === '==='));
    }
    if (typeof constant === 'string' && (about === 'error' || about === 'text')) {
      const { catches, named } = textAnswer(constant, true);
      notes.asked = true;
      const answer = failing ? catches : 'no';
      return { catches: expr.op === '===' ? answer : opposite(answer), named };
    }
    return undefined;
  };

  const membership = (
    item: Expr,
    itemKind: Kind | undefined,
    set: Expr,
    setKind: Kind | undefined,
  ): Caught | undefined => {
    if (itemKind === 'status') return among(set);
    if (setKind === undefined) return undefined;
    const key = resolver.constant(item, place);
    if (typeof key !== 'string') return undefined;
    if (setKind === 'body') {
      const part = memberOf('body', key, false, false);
      return part === 'error' ? holds(failing) : part === 'missing' ? holds(!failing) : undefined;
    }
    if (setKind === 'text' && /choices|content|candidates/.test(key)) return holds(!failing);
    const { catches, named } = textAnswer(key, true);
    notes.asked = true;
    return { catches: failing ? catches : 'no', named };
  };

  const among = (set: Expr): Caught => {
    notes.asked = true;
    const codes =
      listed(set, place, resolver) ?? (set.k === 'call' && nameOf(set.callee) === 'range' ? codesIn(set) : undefined);
    if (!codes) return unknown;
    const numbers = codes.map(Number);
    return { catches: numbers.includes(status) ? 'yes' : 'no', named: failing && numbers.includes(429) };
  };

  const codesIn = (range: Call): readonly number[] | undefined => {
    const [from, to] = range.args.map(({ value }) => Number(codeOf(value)));
    if (from === undefined || to === undefined || !(to - from <= 600)) return undefined;
    // A whole range names no status.
    return Array.from({ length: to - from }, (_, at) => from + at).filter((code) => code !== 429 || status === 429);
  };

  const callTest = (call: Call): Caught | undefined => {
    const { callee, args } = call;
    const [first] = args;
    const name = nameOf(callee).split('.').at(-1) ?? '';
    const given = args.map(({ value }) => kind(value));
    if (callee.k === 'attr' && given[0] === 'status' && /^(includes|has|indexOf|contains|__contains__)$/.test(name))
      return among(callee.of);
    if (callee.k === 'attr' && first && /^(includes|has|hasOwnProperty)$/.test(name))
      return membership(first.value, given[0], callee.of, kind(callee.of));
    if (/^(isArray|isinstance|hasOwn|bool|Boolean)$/.test(name) && given[0] === 'missing') return holds(!failing);
    if (!given.some((one) => one !== undefined && one !== 'missing')) return undefined;
    for (const one of resolver.meanings(callee, place)) {
      const answer = one.k === 'fn' ? predicate(one, given) : undefined;
      if (answer) return answer;
    }
    if (logging.test(nameOf(callee))) return undefined;
    notes.asked = true;
    return { catches: 'unknown', named: limitText.test(name) || /retr/i.test(name) };
  };

  /** A predicate of the program's own, where all that it returns is known. */
  const predicate = (fn: FnMeaning, given: readonly (Kind | undefined)[]): Caught | undefined => {
    const own = fn.program.facts.fns[fn.fn]!;
    if (open.length >= deepest || open.includes(own)) return undefined;
    const held = new Map<number, Kind>();
    for (const [at, one] of given.entries()) {
      const variable = own.params[at + implicit(fn.program, fn.fn)]?.var;
      if (one !== undefined && variable !== undefined) held.set(variable, one);
    }
    const inner = readerOf({
      ...options,
      place: { program: fn.program, fn: fn.fn, around: undefined },
      kinds: held,
      open: [...open, own],
      notes: { ...newNotes(), asked: true },
    });
    const run = exits(own.body, inner.judge);
    const answers = run.exits.map(({ k, value }) => {
      if (k !== 'return' || !value) return unknown;
      return value.k === 'lit' ? (value.value ? yes : no) : inner.judge.test(value);
    });
    const [one] = answers;
    notes.asked = true;
    if (!one) return undefined;
    const catches = answers.every((each) => each.catches === one.catches) ? one.catches : 'unknown';
    return { catches, named: run.named || answers.some((each) => each.named) };
  };

  /** `200 <= status < 300`, which is read as its parts. */
  const ranged = (expr: Expr): Caught | undefined => {
    if (expr.k !== 'other' || expr.parts.length !== 3 || kind(expr.parts[1]!) !== 'status') return undefined;
    const [from, to] = [Number(codeOf(expr.parts[0]!)), Number(codeOf(expr.parts[2]!))];
    return Number.isNaN(from) || Number.isNaN(to) ? undefined : holds(from <= status && status < to);
  };

  /** A constant, or a status by its name: `HTTPStatus.OK`, `requests.codes.too_many_requests`. */
  const codeOf = (expr: Expr): string | number | boolean | null | undefined => {
    const name = nameOf(expr);
    if (/too_?many_?requests|429/i.test(name)) return 429;
    if (/(codes|HTTPStatus|StatusCodes|status)\.(\w*_)?ok$/i.test(name)) return 200;
    return resolver.constant(expr, place);
  };

  const evaluate = (stmt: Stmt): 'raises' | 'may-raise' | undefined => {
    raising = undefined;
    read(stmt);
    const simple = stmt.k === 'expr' || stmt.k === 'assign' || stmt.k === 'return';
    if (failing && notes.asked && !notes.layer && simple && !holdsSeed(stmt)) {
      const layer = resends([stmt], place, fns, tracing);
      if (layer) notes.layer = { ...layer, name: layer.k === 'loop' ? 'the branch for a refused request' : layer.name };
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
        if (stmt.value && failing) notes.raised.push(...raisedBy(stmt.value));
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

function carries(kind: Kind | undefined): boolean {
  return isWhole(kind) || kind === 'text' || kind === 'status' || kind === 'error' || kind === 'made';
}

export function isWhole(kind: Kind | undefined): boolean {
  return kind === 'response' || kind === 'body' || kind === 'holder';
}

export function isRaise({ k }: Exit): boolean {
  return k === 'raise' || k === 'ends';
}

/** What a part of an object of the program's own has, by its name. */
function heldAs(name: string): Kind | undefined {
  if (/status|code/i.test(name)) return 'status';
  if (/^(ok|success)$/i.test(name)) return 'ok';
  if (/err/i.test(name)) return 'error';
  if (/^(res|resp|response)$/i.test(name)) return 'response';
  return /data|body|json|content|result|payload/i.test(name) ? 'body' : undefined;
}

const flipped: Readonly<Record<string, string>> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=' };

const comparisons: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  '===': (left, right) => left === right,
  '!==': (left, right) => left !== right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};
