/** Places where a program takes one of several keys, clients, proxies or addresses in turn. */
import type { Expr, Loop } from './facts.ts';
import { type Identity, type Taken, taken, takenAs } from './key-uses.ts';
import { type Around, type Binding, nameOf, type Place, type Program, statements, within } from './program.ts';
import type { Resolver } from './resolve.ts';
import type { Span } from './span.ts';
import type { Request } from './verdict.ts';

export interface KeyChoice {
  /** Where one is chosen. */
  readonly at: Span;
  readonly of: Identity;
  readonly how: 'at random' | 'in turn' | 'after a refusal';
}

interface Choice extends Place {
  readonly expr: Expr;
  /** What is chosen from. */
  readonly from: Expr;
  readonly how: KeyChoice['how'];
}

export function keyChoices(program: Program, requests: readonly Request[], resolver: Resolver): readonly KeyChoice[] {
  const all = [...chosen(program), ...tried(program, requests)];
  if (all.length === 0) return [];
  const uses = taken(program, requests);
  return all
    .flatMap((choice) => {
      const items = itemsOf(choice, resolver);
      const of = alikeClients(items) ? 'client' : identityOf(choice, uses, requests.length > 0);
      return of && isOfOneKind(items, of) ? [{ at: choice.expr.at, of, how: choice.how }] : [];
    })
    .sort((a, b) => a.at.start - b.at.start);
}

const pickers = /^(choice|choices|sample|pick|pickOne|pickRandom|randomItem|randomElement|getRandom)$/;

/** Expressions that take one of several, and another the next time. */
function chosen(program: Program): readonly Choice[] {
  const found: Choice[] = [];
  for (const { call, ...place } of program.calls) {
    const name = nameOf(call.callee).split('.').at(-1)!;
    const [first] = call.args;
    // One of one.
    if (first?.value.k === 'list' && first.value.items.length === 1 && first.value.items[0]!.k !== 'spread') continue;
    if (pickers.test(name) && first) found.push({ ...place, expr: call, from: plainly(first.value), how: 'at random' });
    else if (name === 'next' && call.callee.k === 'name' && first) {
      const cycled = [first.value, ...valuesOf(first.value, program)].map(cycledBy).find((one) => one !== undefined);
      if (cycled) found.push({ ...place, expr: call, from: plainly(cycled), how: 'in turn' });
    }
  }
  for (const { expr, ...place } of program.indexes) {
    const how = turns(expr.index, program);
    if (how) found.push({ ...place, expr, from: expr.of, how });
  }
  return found;
}

/** `itertools.cycle(keys)` → `keys` */
function cycledBy(expr: Expr): Expr | undefined {
  return expr.k === 'call' && /(^|\.)cycle$/.test(nameOf(expr.callee)) ? expr.args[0]?.value : undefined;
}

/** `list(keys)`, `keys.copy()` → `keys` */
function plainly(expr: Expr): Expr {
  if (expr.k !== 'call') return expr;
  const [first] = expr.args;
  return /^(list|tuple|sorted|set)$/.test(nameOf(expr.callee)) && first ? plainly(first.value) : expr;
}

/** How an index moves on: `i % len(keys)`, `Math.floor(Math.random() * keys.length)`, or a counter that does. */
function turns(index: Expr, program: Program): KeyChoice['how'] | undefined {
  const own = movesOn(index);
  if (own) return own;
  for (const binding of bindingsOf(index, program)) {
    const moved = binding.value && movesOn(binding.value);
    if (moved) return inHandler(binding) ? 'after a refusal' : moved;
    if (binding.how === 'augmented' && inHandler(binding)) return 'after a refusal';
  }
  return undefined;
}

function movesOn(index: Expr): 'at random' | 'in turn' | undefined {
  for (const one of within(index)) {
    if (one.k === 'call' && /(^|\.)(random|randint|randrange|randbelow|randomInt)$/.test(nameOf(one.callee)))
      return 'at random';
    if (one.k === 'binary' && one.op === '%') return 'in turn';
  }
  return undefined;
}

function inHandler({ around }: Place): boolean {
  for (let at: Around | undefined = around; at; at = at.outer)
    if (at.k === 'stmt' && at.part === 'handler') return true;
  return false;
}

function bindingsOf(expr: Expr, program: Program): readonly Binding[] {
  if (expr.k === 'name') return expr.var === undefined ? [] : (program.bindings.get(expr.var) ?? []);
  if (expr.k !== 'attr') return [];
  const own = [...program.fields.values()].flatMap((fields) => fields.get(expr.name) ?? []);
  return [...own, ...(program.attributes.get(expr.name) ?? [])];
}

function valuesOf(expr: Expr, program: Program): readonly Expr[] {
  return bindingsOf(expr, program).flatMap(({ value }) => (value ? [value] : []));
}

/** Loops that try one after the other until a request is answered: `for key in keys: try … return … except: continue`. */
function tried(program: Program, requests: readonly Request[]): readonly Choice[] {
  return program.facts.fns.flatMap(({ body }, fn) =>
    [...statements(body)].flatMap((stmt) => {
      if (stmt.k !== 'loop' || !stmt.iter || stmt.target?.k !== 'var' || !triesOn(stmt, requests)) return [];
      const from = plainly(stmt.iter);
      return [{ program, fn, around: undefined, expr: stmt.iter, from, how: 'after a refusal' as const }];
    }),
  );
}

function triesOn(loop: Loop, requests: readonly Request[]): boolean {
  const asks = requests.some(
    ({ at, method }) => method.plane === 'inference' && loop.at.start <= at.start && at.end <= loop.at.end,
  );
  return (
    asks &&
    loop.body.some(
      (stmt) =>
        stmt.k === 'try' &&
        stmt.handlers.length > 0 &&
        [...statements([...stmt.body, ...stmt.orElse])].some(({ k }) => k === 'return' || k === 'break'),
    )
  );
}

/** What the chosen one serves as, by its use, or by the name of what it is chosen from. */
function identityOf(
  { expr, from, how, ...place }: Choice,
  uses: readonly Taken[],
  asks: boolean,
): Identity | undefined {
  const used = loopVariable(place.program, expr, uses) ?? takenAs(expr, place, uses);
  if (used) return used;
  if (!asks) return undefined;
  return /(^|[._])(api_?|secret_?|access_?)(keys|tokens)(_?(list|pool|array))?$/i.test(nameOf(from)) &&
    how !== 'after a refusal'
    ? 'key'
    : undefined;
}

/** The variable of a loop that runs over the expression. */
function loopVariable({ facts }: Program, iter: Expr, uses: readonly Taken[]): Identity | undefined {
  for (const { body } of facts.fns) {
    for (const stmt of statements(body)) {
      if (stmt.k !== 'loop' || stmt.iter !== iter || stmt.target?.k !== 'var') continue;
      const { target } = stmt;
      return uses.find(({ value }) => [...within(value)].some((one) => one.k === 'name' && one.var === target.var))?.as;
    }
  }
  return undefined;
}

/** What is chosen from, as far as it is written out. */
function itemsOf({ from, program, fn }: Choice, resolver: Resolver): readonly Expr[] {
  const place = { program, fn, around: undefined };
  const values = resolver.meanings(from, place).flatMap((one) => (one.k === 'literal' ? [one.expr] : []));
  return [...values, ...valuesOf(from, program)].flatMap((one) => {
    if (one.k === 'list') return one.items;
    if (one.k === 'comprehension') return [one.element];
    // `keys.map((key) => new Client({ key }))`
    const made = one.k === 'call' && /(^|\.)map$/.test(nameOf(one.callee)) ? one.args[0]?.value : undefined;
    if (made?.k !== 'fn') return [];
    return (program.returns.get(made.fn) ?? []).map(({ value }) => value);
  });
}

/** Whether all are of one kind: keys of one provider, addresses on the net, clients that differ in nothing but their keys. */
function isOfOneKind(items: readonly Expr[], of: Identity): boolean {
  if (of === 'address') return items.length > 0 && items.every(isPublic);
  if (of === 'client') return alikeClients(items);
  return new Set(items.map(stem).filter((one) => one !== undefined)).size <= 1;
}

function isPublic(expr: Expr): boolean {
  return (
    expr.k === 'lit' &&
    /^https:\/\/(?!localhost|127\.|10\.|192\.168\.)[\w-]+(\.[\w-]+)*\.[a-z]{2,}/.test(String(expr.value))
  );
}

/** Clients that are alike but for their keys. */
function alikeClients(items: readonly Expr[]): boolean {
  return (
    items.length > 0 &&
    items.every((one) => {
      if (one.k !== 'call') return false;
      const options = one.args.flatMap(({ name, value }) =>
        name !== undefined ? [name] : value.k === 'object' ? value.entries.map(({ key }) => key ?? '') : [''],
      );
      return (
        options.some((each) => /key$|token$/i.test(each)) &&
        !options.some((each) => /base|endpoint|url|region|deployment/i.test(each))
      );
    })
  );
}

/** Whose key a list's item is, as far as its name tells: the same for `OPENAI_API_KEY_1` and `OPENAI_KEY_BACKUP`. */
function stem(expr: Expr): string | undefined {
  const named = [...within(expr)].flatMap((one) =>
    one.k === 'lit' && /^[A-Z][A-Z\d_]*$/.test(String(one.value))
      ? [String(one.value)]
      : one.k === 'name' || one.k === 'attr'
        ? [one.name]
        : [],
  );
  const name = named.find((one) => /key|token/i.test(one));
  return name
    ?.replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split('_')
    .map((word) => word.replace(/\d+$/, ''))
    .find(
      (word) =>
        word !== '' && !/^(my|the|api|key|keys|token|secret|primary|backup|main|first|second|third)$/.test(word),
    );
}
