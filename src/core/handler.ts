/** What becomes of a 429 in a handler: which classes catch it, which conditions it meets, how control leaves. */
import type { Sdk } from './catalogue.ts';
import type { Expr, Stmt } from './facts.ts';
import type { Meaning } from './meaning.ts';
import { expressions, nameOf, type Place, statements, within } from './program.ts';
import type { Resolver } from './resolve.ts';
import { contains } from './span.ts';

export type Answer = 'yes' | 'no' | 'unknown';

export interface Caught {
  /** Whether a 429 comes in here. */
  readonly catches: Answer;
  /** Whether the handler speaks of rate limits: by class, status or text. */
  readonly named: boolean;
}

/** The error in hand, as far as tests can ask about it. */
export interface ErrorInHand {
  readonly sdk: Sdk;
  /** The variable that holds it. */
  readonly var: number | undefined;
  readonly place: Place;
  /** What is raised in the place of the SDK's own error. */
  readonly raised?: Raised;
}

/** An error of the program's own, or (`unspecific`) one that reading a refusal as an answer ends in: a missing key, say. */
export type Raised = 'unspecific' | readonly Meaning[];

const broad = new Set(['Exception', 'BaseException', 'Error', 'object']);

/** Whether a class expression covers the SDK's 429. */
export function coversLimit(type: Expr, error: ErrorInHand, resolver: Resolver): Caught {
  const { sdk, raised } = error;
  if (raised) return coversRaised(type, raised, error, resolver);
  let catches: Answer = 'no';
  let named = false;
  for (const one of resolver.meanings(type, error.place)) {
    if (one.k === 'builtin') catches = broad.has(one.name) || sdk.errors.bases.includes(one.name) ? 'yes' : catches;
    else if (one.k === 'export' || one.k === 'client') {
      const name = one.k === 'export' ? one.path.at(-1) : one.names.at(-1);
      if (name === undefined) catches = worse(catches, 'unknown');
      else if (one.k === 'export' && isOthers(one.module, sdk, resolver)) continue;
      else if (name === sdk.errors.rateLimit || /RateLimit|TooManyRequests/.test(name)) {
        catches = 'yes';
        named ||= name !== sdk.errors.rateLimit || !sdk.errors.shared;
      } else if (sdk.errors.bases.includes(name)) catches = 'yes';
      else if (one.k === 'export' && !sdk.modules.includes(one.module) && one.module.startsWith('.'))
        catches = worse(catches, 'unknown');
    } else if (one.k === 'literal' && one.expr.k === 'list') {
      for (const item of one.expr.items) {
        const inner = coversLimit(item, error, resolver);
        if (inner.catches !== 'no') catches = inner.catches === 'yes' ? 'yes' : worse(catches, inner.catches);
        named ||= inner.named;
      }
    } else if (one.k !== 'class') catches = worse(catches, 'unknown');
  }
  return { catches, named };
}

/** Whether a class expression covers an error of the program's own. */
function coversRaised(type: Expr, raised: Raised, error: ErrorInHand, resolver: Resolver): Caught {
  let catches: Answer = 'no';
  let named = false;
  for (const one of resolver.meanings(type, error.place)) {
    if (one.k === 'literal' && one.expr.k === 'list') {
      for (const item of one.expr.items) {
        const inner = coversRaised(item, raised, error, resolver);
        catches = worse(catches, inner.catches);
        named ||= inner.named;
      }
      continue;
    }
    const covers = raised === 'unspecific' ? coversUnspecific(one) : coversOne(one, raised, resolver);
    catches = worse(catches, covers);
    named ||= covers === 'yes' && one.k !== 'builtin' && limitText.test(nameOfClass(one));
  }
  return { catches, named };
}

const unspecific = new Set(['KeyError', 'IndexError', 'LookupError', 'TypeError', 'AttributeError']);

function coversUnspecific(one: Meaning): Answer {
  if (one.k !== 'builtin') return one.k === 'unknown' || one.k === 'param' ? 'unknown' : 'no';
  return broad.has(one.name) || unspecific.has(one.name) ? 'yes' : 'no';
}

function coversOne(one: Meaning, raised: readonly Meaning[], resolver: Resolver): Answer {
  if (one.k === 'builtin' && broad.has(one.name)) return 'yes';
  const known = raised.filter(({ k }) => k !== 'unknown' && k !== 'param');
  if (known.some((each) => isKindOf(each, one, resolver, 0))) return 'yes';
  return one.k === 'unknown' || one.k === 'param' || known.length < raised.length || raised.length === 0
    ? 'unknown'
    : 'no';
}

/** Whether an error, by what was constructed or by its class, is of a class or of one that extends it. */
function isKindOf(error: Meaning, type: Meaning, resolver: Resolver, depth: number): boolean {
  if (error.k === 'class' || error.k === 'instance') {
    if (type.k === 'class' && type.program === error.program && type.cls === error.cls) return true;
    if (depth > 6) return false;
    const place: Place = { program: error.program, fn: 0, around: undefined };
    const { bases } = error.program.facts.classes[error.cls]!;
    return bases.some((base) => resolver.meanings(base, place).some((one) => isKindOf(one, type, resolver, depth + 1)));
  }
  const name = nameOfClass(error);
  return name !== '' && name === nameOfClass(type);
}

function nameOfClass(one: Meaning): string {
  if (one.k === 'builtin') return one.name;
  if (one.k === 'class' || one.k === 'instance') return one.program.facts.classes[one.cls]!.name;
  return (one.k === 'export' ? one.path.at(-1) : one.k === 'result' ? one.of.path.at(-1) : '') ?? '';
}

/** Whether a module is another SDK's, whose errors this one never raises. */
function isOthers(module: string, { modules, errors }: Sdk, resolver: Resolver): boolean {
  const own = modules.includes(module) || module === errors.module || errors.alsoOf?.includes(module);
  return !own && resolver.isSdk(module);
}

function worse(a: Answer, b: Answer): Answer {
  return a === 'yes' || b === 'yes' ? 'yes' : a === 'unknown' || b === 'unknown' ? 'unknown' : 'no';
}

/**
 * Whether a condition holds for a 429. `named` says that it asks for rate limits in particular.
 * A quota test (`insufficient_quota`) is answered “no”: the 429 looked at here is one that passes.
 */
export function asksForLimit(test: Expr, error: ErrorInHand, resolver: Resolver): Caught {
  const combined = logical(test, (one) => asksForLimit(one, error, resolver));
  if (combined) return combined;
  switch (test.k) {
    case 'binary':
      return compare(test, error, resolver);
    case 'call':
      return callTest(test, error, resolver);
    case 'name': {
      const value = onlyValue(test, error);
      return value ? asksForLimit(value, error, resolver) : { catches: 'unknown', named: false };
    }
    default:
      return { catches: 'unknown', named: false };
  }
}

/** What a variable of the function holds, where it is assigned once. */
function onlyValue(expr: Expr, { place, var: variable }: ErrorInHand): Expr | undefined {
  if (expr.k !== 'name' || expr.var === undefined || expr.var === variable) return undefined;
  const [only, ...others] = place.program.bindings.get(expr.var) ?? [];
  const own = only?.how === 'assign' && only.fn === place.fn && only.path.length === 0 && only.at < expr.at.start;
  // A variable may be made of itself: `text = text + str(error)`.
  return own && others.length === 0 && only.value && !contains(only.value.at, expr.at) ? only.value : undefined;
}

/** A condition made of others by `not`, `and`, `or`. */
export function logical(test: Expr, ask: (one: Expr) => Caught): Caught | undefined {
  switch (test.k) {
    case 'not': {
      const inner = ask(test.value);
      return { catches: opposite(inner.catches), named: inner.named };
    }
    case 'and': {
      const left = ask(test.left);
      if (left.catches === 'no') return left;
      const right = ask(test.right);
      const catches =
        right.catches === 'no' ? 'no' : left.catches === 'yes' && right.catches === 'yes' ? 'yes' : 'unknown';
      return { catches, named: left.named || right.named };
    }
    case 'either': {
      if (test.test) return { catches: 'unknown', named: false };
      const all = test.of.map(ask);
      const catches = all.some((one) => one.catches === 'yes')
        ? 'yes'
        : all.every((one) => one.catches === 'no')
          ? 'no'
          : 'unknown';
      return { catches, named: all.some((one) => one.named) };
    }
    default:
      return undefined;
  }
}

export function opposite(answer: Answer): Answer {
  return answer === 'yes' ? 'no' : answer === 'no' ? 'yes' : 'unknown';
}

export const limitText = /429|rate.?limit|too.?many.?requests|RateLimit|throttl|RESOURCE_EXHAUSTED/i;
const quotaText = /quota|billing|balance|spend/i;
const otherText =
  /\b(400|401|403|404|408|422|500|502|503|504)\b|time(?:d )?-?out|network|fetch failed|socket|hang up|EPIPE|EAI_AGAIN|goaway|bad gateway|ECONN|ETIMEDOUT|ENOTFOUND|context.?length|abort|parameter|unsupported|not support|invalid|unauthori[sz]ed|authenticat|forbidden|not found/i;

function compare(test: Expr & { k: 'binary' }, error: ErrorInHand, resolver: Resolver): Caught {
  if (test.op === 'instanceof') return coversLimit(test.right, error, resolver);
  const unknown: Caught = { catches: 'unknown', named: false };
  const value = (one: Expr) => resolver.constant(one, error.place);
  const [left, right] = [value(test.left), value(test.right)];
  const constant = right ?? left;
  const other = right !== undefined && right !== null ? test.left : test.right;
  if (test.op === 'in') {
    // `'429' in str(e)`, `e.status in (429, 503)`
    if (typeof left === 'string') return textAnswer(left, mentions(test.right, error));
    const set = resolver.meanings(test.right, error.place).find((one) => one.k === 'literal' && one.expr.k === 'list');
    if (set?.k === 'literal' && set.expr.k === 'list') return setAnswer(set.expr.items.map(value));
    return unknown;
  }
  if (constant === undefined || constant === null) return unknown;
  if (test.op === '===' || test.op === '!==') {
    const equal =
      typeof constant === 'number'
        ? statusAnswer(constant)
        : textAnswer(String(constant), mentions(other, error) || isStatus(other));
    if (test.op === '===') return equal;
    return { catches: equal.catches === 'yes' ? 'no' : equal.catches === 'no' ? 'yes' : 'unknown', named: equal.named };
  }
  if (typeof constant === 'number' && isStatus(other) && right !== undefined) {
    const holds = { '>=': 429 >= constant, '>': 429 > constant, '<': 429 < constant, '<=': 429 <= constant }[test.op];
    if (holds !== undefined) return { catches: holds ? 'yes' : 'no', named: false };
  }
  return unknown;
}

/** A status compared with a number: anything but an HTTP status (an attempt counter, say) says nothing. */
function statusAnswer(status: number): Caught {
  if (status === 429) return { catches: 'yes', named: true };
  return { catches: status >= 300 && status < 600 ? 'no' : 'unknown', named: false };
}

export function textAnswer(text: string, aboutError: boolean): Caught {
  if (!aboutError && !limitText.test(text)) return { catches: 'unknown', named: false };
  if (quotaText.test(text)) return { catches: 'no', named: false };
  if (limitText.test(text)) return { catches: 'yes', named: true };
  return { catches: otherText.test(text) ? 'no' : 'unknown', named: false };
}

function setAnswer(values: readonly unknown[]): Caught {
  if (
    values.some(
      (one) => one === 429 || one === '429' || (typeof one === 'string' && limitText.test(one) && !quotaText.test(one)),
    )
  )
    return { catches: 'yes', named: true };
  const known = values.length > 0 && values.every((one) => typeof one === 'number' || typeof one === 'string');
  return { catches: known ? 'no' : 'unknown', named: false };
}

function callTest(test: Expr & { k: 'call' }, error: ErrorInHand, resolver: Resolver): Caught {
  const name = test.callee.k === 'name' ? test.callee.name : test.callee.k === 'attr' ? test.callee.name : '';
  const values = test.args.map((arg) => arg.value);
  if (name === 'isinstance' && values[1]) return coversLimit(values[1], error, resolver);
  if (name === 'isInstance' && test.callee.k === 'attr') return coversLimit(test.callee.of, error, resolver);
  if (
    [
      'includes',
      'has',
      'startsWith',
      'startswith',
      'endsWith',
      'match',
      'test',
      'search',
      'indexOf',
      '__contains__',
    ].includes(name) &&
    test.callee.k === 'attr'
  ) {
    // `/timeout/i.test(message)`
    const pattern = name === 'test' ? resolver.constant(test.callee.of, error.place) : undefined;
    if (typeof pattern === 'string' && values[0]) return textAnswer(pattern, mentions(values[0], error));
    const asked = values[0] && resolver.constant(values[0], error.place);
    if (typeof asked === 'string') return textAnswer(asked, mentions(test.callee.of, error));
    for (const one of resolver.meanings(test.callee.of, error.place)) {
      const list = one.k === 'literal' && one.expr.k === 'list' ? one.expr.items : undefined;
      if (list) return setAnswer(list.map((item) => resolver.constant(item, error.place)));
    }
    return { catches: 'unknown', named: false };
  }
  const asked = anyOf(test, error);
  if (asked) {
    const list = resolver
      .meanings(asked.words, error.place)
      .find((one) => one.k === 'literal' && one.expr.k === 'list');
    const items = list?.k === 'literal' && list.expr.k === 'list' ? list.expr.items : [];
    const answer = setAnswer(items.map((item) => resolver.constant(item, error.place)));
    // Other words, in a text that is not the error's, say nothing.
    return answer.named || mentions(asked.text, error) ? answer : { catches: 'unknown', named: false };
  }
  // A predicate of the program's own: its name is all that is seen of it here.
  return { catches: 'unknown', named: limitText.test(name) };
}

/** The words of which a text must hold any: `any(word in text for word in words)`, `words.some((word) => text.includes(word))`. */
function anyOf(
  { callee, args }: Expr & { k: 'call' },
  { place }: ErrorInHand,
): { readonly words: Expr; readonly text: Expr } | undefined {
  const asked = args[0]?.value;
  if (nameOf(callee) === 'any' && asked?.k === 'comprehension') {
    const [loop, ...inner] = asked.loops;
    const { element } = asked;
    if (loop?.target.k !== 'var' || inner.length > 0 || element.k !== 'binary' || element.op !== 'in') return undefined;
    const isWord = element.left.k === 'name' && element.left.var === loop.target.var;
    return isWord ? { words: loop.iter, text: element.right } : undefined;
  }
  if (callee.k !== 'attr' || callee.name !== 'some' || asked?.k !== 'fn') return undefined;
  const { params, body } = place.program.facts.fns[asked.fn]!;
  const [only] = body;
  const answer = body.length === 1 && only?.k === 'return' ? only.value : undefined;
  if (answer?.k !== 'call' || answer.callee.k !== 'attr') return undefined;
  const [of, given] = [answer.callee.of, answer.args[0]?.value];
  const [word, text] = answer.callee.name === 'test' ? [of, given] : [given, of];
  const isWord = word?.k === 'name' && word.var !== undefined && word.var === params[0]?.var;
  if (!isWord || !text || !/^(includes|indexOf|match|search|test)$/.test(answer.callee.name)) return undefined;
  return { words: callee.of, text };
}

function mentions(expr: Expr, error: ErrorInHand): boolean {
  if (error.var === undefined) return false;
  for (const one of within(expr)) {
    if (one.k === 'name' && one.var === error.var) return true;
    const value = onlyValue(one, error);
    if (value && mentions(value, error)) return true;
  }
  return false;
}

function isStatus(expr: Expr): boolean {
  return /status|code/i.test(expr.k === 'attr' ? expr.name : expr.k === 'name' ? expr.name : '');
}

/** The variables that a block assigns, nested blocks included. */
export function assigned(block: readonly Stmt[]): Set<number> {
  const found = new Set<number>();
  const add = (target: Extract<Stmt, { k: 'assign' }>['target']): void => {
    if (target.k === 'var') found.add(target.var);
    else if (target.k === 'pattern') for (const part of target.parts) add(part.target);
  };
  for (const stmt of statements(block)) {
    if (stmt.k === 'assign') add(stmt.target);
    for (const expr of expressions(stmt)) {
      for (const one of within(expr)) {
        if (one.k === 'assign') add(one.target);
        // `queue.pop()`, `items.shift()`: the collection changes.
        else if (
          one.k === 'call' &&
          one.callee.k === 'attr' &&
          one.callee.of.k === 'name' &&
          one.callee.of.var !== undefined &&
          /^(pop|shift|popleft|splice|remove|get|get_nowait|append|push|add|delete)$/.test(one.callee.name)
        )
          found.add(one.callee.of.var);
      }
    }
  }
  return found;
}

/** The variables that an expression reads. */
export function reads(expr: Expr): Set<number> {
  const found = new Set<number>();
  for (const one of within(expr)) if (one.k === 'name' && one.var !== undefined) found.add(one.var);
  return found;
}

/** Calls that only write a line for a developer: whoever waits for the answer learns nothing from them. */
export const logging =
  /^(c?print|console\.\w+|pprint|warn|(\w+\.)*(log|logging|(\w*_)?logger|\w*Logger|LOG|winston|pino)(\.\w+)*|traceback\.\w+|warnings\.warn|Sentry\.\w+|sentry_sdk\.\w+)$/;

export function isLogging(expr: Expr): boolean {
  return expr.k === 'call' && logging.test(nameOf(expr.callee));
}

/** Calls that show whoever waits that it failed, or fail what stands round: `toast.error(…)`, `setError(…)`, `reject(…)`. */
const showing =
  /(^|\.)(alert|reject|toast|(toast|message|notification|notifications|spinner)\.(error|warning|fail)|notify\w*|show\w*(Error|Warning)\w*|set\w*Error(Message|Text)?)$/;

/**
 * Whether a handler tells somebody of the error: it returns, keeps or hands on something made of it, answers with an
 * HTTP error or a failed result, or shows it. Writing a log line is not telling.
 */
export function reports(body: readonly Stmt[], variable: number | undefined): boolean {
  const ofError = (expr: Expr): boolean =>
    [...within(expr)].some(
      (one) =>
        (one.k === 'name' && one.var !== undefined && one.var === variable) || isHttpError(one) || isFailedResult(one),
    );
  for (const stmt of statements(body)) {
    if (stmt.k === 'return' && stmt.value && ofError(stmt.value)) return true;
    if (stmt.k === 'assign' && (ofError(stmt.value) || setsHttpError(stmt))) return true;
    if (stmt.k !== 'expr') continue;
    for (const one of within(stmt.value, isLogging)) {
      if (one.k !== 'call') continue;
      if (showing.test(nameOf(one.callee)) && !clears(one)) return true;
      if (/(^|\.)emit$/.test(nameOf(one.callee)) && one.args.some(({ value }) => /error|fail/i.test(textOf(value))))
        return true;
      if (one.args.some((arg) => ofError(arg.value))) return true;
    }
  }
  return false;
}

/** Whether a handler writes the error itself out for whoever watches the program. */
export function prints(body: readonly Stmt[], variable: number | undefined): boolean {
  for (const stmt of statements(body)) {
    for (const expr of expressions(stmt)) {
      for (const one of within(expr)) {
        if (one.k !== 'call' || !logging.test(nameOf(one.callee))) continue;
        const named = one.args.some((arg) =>
          [...within(arg.value)].some((part) => part.k === 'name' && part.var !== undefined && part.var === variable),
        );
        if (named || /(^|\.)(exception|print_exc)$/.test(nameOf(one.callee))) return true;
      }
    }
  }
  return false;
}

/** `{ status: 500 }`, `status(502)`, `status_code=503`. */
function isHttpError(expr: Expr): boolean {
  if (expr.k === 'object')
    return expr.entries.some(({ key, value }) => /^status(_?code)?$/i.test(key ?? '') && isErrorStatus(value));
  if (expr.k !== 'call') return false;
  if (
    /(^|\.)(status|sendStatus|writeHead|abort)$/.test(nameOf(expr.callee)) &&
    expr.args[0] &&
    isErrorStatus(expr.args[0].value)
  )
    return true;
  return expr.args.some(({ name, value }) => /^status(_?code)?$/i.test(name ?? '') && isErrorStatus(value));
}

/** The words of a literal or template. */
function textOf(expr: Expr): string {
  if (expr.k === 'template') return expr.text;
  return expr.k === 'lit' && typeof expr.value === 'string' ? expr.value : '';
}

/** `setError(null)`, `setError('')` and the like show nothing. */
function clears({ args }: Expr & { k: 'call' }): boolean {
  const [first] = args;
  return first?.value.k === 'lit' && !first.value.value;
}

const failing = /\b(fail(ed|ure)?|could ?n['’o]?t|cannot|unable|error)\b/i;

/** `{ error: 'It failed.' }`, `{ success: false }`, `{ warning: 'No code could be made: it failed.' }`. */
function isFailedResult(expr: Expr): boolean {
  if (expr.k !== 'object') return false;
  return expr.entries.some(({ key, value }) => {
    if (key === undefined) return false;
    if (/^(ok|success|isSuccess|is_success|succeeded)$/.test(key)) return value.k === 'lit' && value.value === false;
    if (/^(warnings?|message|reason|details?)$/.test(key))
      return failing.test(value.k === 'template' ? value.text : value.k === 'lit' ? String(value.value) : '');
    if (!/^(error|errors|err|errorMessage|error_message)$/.test(key)) return false;
    return value.k === 'template' || (value.k === 'lit' && Boolean(value.value));
  });
}

function setsHttpError({ target, value }: Stmt & { k: 'assign' }): boolean {
  return target.k === 'attr' && /^status(_?code)?$/i.test(target.name) && isErrorStatus(value);
}

function isErrorStatus(expr: Expr): boolean {
  return expr.k === 'lit' && typeof expr.value === 'number' && expr.value >= 400 && expr.value < 600;
}
