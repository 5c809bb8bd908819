/** Where a program takes something into use that counts as an identity: a key, a proxy, an address, a client. */
import type { Expr } from './facts.ts';
import { type Around, expressions, nameOf, type Place, type Program, statements, within } from './program.ts';
import type { Request } from './verdict.ts';

export type Identity = 'key' | 'proxy' | 'address' | 'client';

export interface Taken {
  readonly as: Identity;
  readonly value: Expr;
}

const keyName =
  /^(x-)?((azure|open_?ai|google|gemini|anthropic|claude|mistral|groq|cohere|together|deepseek|openrouter|xai|fireworks|nvidia)_?)?(api_?-?)key$|^(api_?|auth_?)token$/i;
const proxyName = /^(https?_?)?prox(y|ies)(_?url)?$|^http(s)?Agent$|^httpAgent$/i;
const addressName = /^(api_?)?base_?(url|path)?$|^(azure_?)?endpoint$/i;

/** Every value that is taken into use as an identity, in the order of the file's functions. */
export function taken(program: Program, requests: readonly Request[]): readonly Taken[] {
  const found: Taken[] = [];
  const add = (as: Identity | undefined, value: Expr | undefined) => {
    if (as && value) found.push({ as, value });
  };
  for (const { call } of program.calls) {
    for (const { name, value } of call.args) {
      if (name !== undefined) add(identity(name), value);
      for (const one of within(value)) {
        if (one.k === 'object') for (const entry of one.entries) add(identity(entry.key ?? ''), entry.value);
      }
    }
    // `ProxyAgent(url)`
    if (call.isNew && /Prox(y|ies)Agent$/.test(nameOf(call.callee))) add('proxy', call.args[0]?.value);
  }
  for (const [name, bindings] of program.attributes) for (const { value } of bindings) add(identity(name), value);
  for (const fn of program.facts.fns) {
    for (const stmt of statements(fn.body)) {
      if (stmt.k === 'assign' && stmt.target.k === 'index' && stmt.target.index.k === 'lit')
        if (/_(API_KEY|TOKEN)$|^Authorization$|^(x-)?api-key$/i.test(String(stmt.target.index.value)))
          add('key', stmt.value);
      for (const expr of expressions(stmt)) for (const one of within(expr)) if (isBearer(one)) add('key', one);
    }
  }
  for (const { client, call } of requests) {
    const holder = [...within(call)].find((one) => one.at.start === client.at.start && one.at.end === client.at.end);
    add('client', holder);
  }
  return found;
}

function identity(name: string): Identity | undefined {
  if (keyName.test(name)) return 'key';
  if (proxyName.test(name)) return 'proxy';
  return addressName.test(name) ? 'address' : undefined;
}

/** `f"Bearer {key}"`, `"Bearer " + key` */
function isBearer(expr: Expr): boolean {
  if (expr.k === 'template') return /^Bearer\s/.test(expr.text.replace(/^[frb]*['"`]/i, ''));
  return expr.k === 'binary' && expr.op === '+' && expr.left.k === 'lit' && /^Bearer\s/.test(String(expr.left.value));
}

/** As what the value of an expression is taken into use: on the spot, through a variable or attribute, or as a function's value. */
export function takenAs(expr: Expr, { program, fn, around }: Place, uses: readonly Taken[]): Identity | undefined {
  const holds = (test: (one: Expr) => boolean): Identity | undefined =>
    uses.find(({ value }) => [...within(value)].some(test))?.as;
  const here = holds((one) => one === expr);
  if (here) return here;
  const statement = innermost(around);
  if (statement?.node.k === 'assign') {
    const { target } = statement.node;
    if (target.k === 'var') return holds((one) => one.k === 'name' && one.var === target.var) ?? returnedAs(target.var);
    if (target.k === 'attr') return holds((one) => one.k === 'attr' && one.name === target.name);
    return undefined;
  }
  return statement?.node.k === 'return' ? callsTaken(program, fn, holds) : undefined;

  /** A variable that its function gives back. */
  function returnedAs(variable: number): Identity | undefined {
    const gives = program.returns.get(fn)?.some(({ value }) => value.k === 'name' && value.var === variable);
    return gives ? callsTaken(program, fn, holds) : undefined;
  }
}

function callsTaken(
  { facts }: Program,
  fn: number,
  holds: (test: (one: Expr) => boolean) => Identity | undefined,
): Identity | undefined {
  const { name } = facts.fns[fn]!;
  if (!name) return undefined;
  return holds((one) => one.k === 'call' && nameOf(one.callee).split('.').at(-1) === name);
}

function innermost(around: Around | undefined): (Around & { k: 'stmt' }) | undefined {
  for (let at = around; at; at = at.outer) if (at.k === 'stmt') return at;
  return undefined;
}
