/** Which conditions on a response hold at a given status. */

import type { Judge } from './exits.ts';
import { exits } from './exits.ts';
import type { Call, Expr } from './facts.ts';
import { asksForLimit, type Caught, limitText, logging, logical, opposite, textAnswer } from './handler.ts';
import type { FnMeaning } from './meaning.ts';
import { nameOf, type Place } from './program.ts';
import { type Kind, type Notes, newNotes, partOfBody } from './response-kinds.ts';
import type { Tracing } from './way.ts';
import { listed } from './written.ts';

export interface TestContext {
  readonly place: Place;
  readonly tracing: Tracing;
  readonly status: number;
  readonly notes: Notes;
  kind(expr: Expr): Kind | undefined;
  /** The judge of a function that is given parts of the response; undefined where it is too deep to look into. */
  within(fn: FnMeaning, given: readonly (Kind | undefined)[], notes: Notes): Judge | undefined;
}

const unknown: Caught = { catches: 'unknown', named: false };
const yes: Caught = { catches: 'yes', named: false };
const no: Caught = { catches: 'no', named: false };

export function testsOf({ place, tracing, status, notes, kind, within }: TestContext): (expr: Expr) => Caught {
  const { resolver, request } = tracing;
  const isPython = place.program.facts.language === 'python';
  const failing = status >= 400;

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
      // That there is a response says nothing of its status.
      if (about === 'response' || about === 'body') return equal === (expr.op === '===') ? yes : no;
      return holds(equal === (expr.op === '==='));
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
      const part = partOfBody(key);
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
    const judge = within(fn, given, { ...newNotes(), asked: true });
    if (!judge) return undefined;
    const run = exits(fn.program.facts.fns[fn.fn]!.body, judge);
    const answers = run.exits.map(({ k, value }) => {
      if (k !== 'return' || !value) return unknown;
      return value.k === 'lit' ? (value.value ? yes : no) : judge.test(value);
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

  return test;
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
