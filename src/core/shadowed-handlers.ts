/** Handlers and branches for a rate limit that an earlier, broader one leaves nothing to. */
import type { Sdk } from './catalogue.ts';
import type { Expr, Handler, Stmt, Try } from './facts.ts';
import type { Meaning } from './meaning.ts';
import { nameOf, type Place, type Program, statements } from './program.ts';
import type { Resolver } from './resolve.ts';
import type { Span } from './span.ts';

export interface ShadowedHandler {
  /** The class that asks for a rate limit and never gets one, and the one before it that takes it. */
  readonly at: Span;
  readonly name: string;
  readonly by: { readonly at: Span; readonly name: string };
  /** The two clauses, in the order of the text. */
  readonly clauses: readonly [Span, Span];
}

interface Asked {
  readonly type: Expr;
  readonly clause: Span;
  /** Nothing that it takes goes on to the next one. */
  readonly keeps: boolean;
}

export function shadowedHandlers(
  program: Program,
  resolver: Resolver,
  sdks: readonly Sdk[],
): readonly ShadowedHandler[] {
  const own = sdks.filter(({ language, errors }) => language === program.facts.language && !errors.shared);
  const found: ShadowedHandler[] = [];
  for (const [fn, { body }] of program.facts.fns.entries()) {
    const place: Place = { program, fn, around: undefined };
    for (const stmt of statements(body)) {
      if (stmt.k !== 'try') continue;
      found.push(...shadowed(handlersOf(stmt), place, resolver, own));
      for (const handler of stmt.handlers)
        for (const chain of chainsOf(handler)) found.push(...shadowed(chain, place, resolver, own));
    }
  }
  return found.sort((a, b) => a.at.start - b.at.start);
}

function shadowed(
  asked: readonly Asked[],
  place: Place,
  resolver: Resolver,
  sdks: readonly Sdk[],
): readonly ShadowedHandler[] {
  return asked.flatMap(({ type, clause }, at) => {
    const sdk = sdks.find((one) => namesLimit(resolver.meanings(type, place), one));
    const first =
      sdk &&
      asked.slice(0, at).find((one) => one.keeps && one.clause !== clause && covers(one.type, place, resolver, sdk));
    if (!first) return [];
    const by = { at: first.type.at, name: nameOf(first.type) };
    return [{ at: type.at, name: nameOf(type), by, clauses: [first.clause, clause] as const }];
  });
}

function handlersOf({ handlers }: Try): readonly Asked[] {
  return handlers.flatMap(({ at, catches }) => (catches ?? []).map((type) => ({ type, clause: at, keeps: true })));
}

/** `if … else if …`, and conditions one after another of which each leaves the handler. */
function chainsOf({ body, var: error }: Handler): readonly (readonly Asked[])[] {
  if (error === undefined) return [];
  const chain: Asked[] = [];
  const walk = (block: readonly Stmt[]): void => {
    for (const stmt of block) {
      if (stmt.k !== 'if') continue;
      const type = classAskedFor(stmt.test, error);
      if (type) chain.push({ type, clause: stmt.at, keeps: stmt.else.length > 0 || leaves(stmt.then) });
      if (stmt.else.length === 0) continue;
      // What stands behind a branch of another kind is reached on other ways.
      if (stmt.else.length === 1 && stmt.else[0]!.k === 'if') walk(stmt.else);
      return;
    }
  };
  walk(body);
  return [chain];
}

/** The class in `isinstance(error, Class)` and `error instanceof Class`, and nothing besides. */
function classAskedFor(test: Expr, error: number): Expr | undefined {
  const isError = (one: Expr | undefined) => one?.k === 'name' && one.var === error;
  if (test.k === 'binary' && test.op === 'instanceof') return isError(test.left) ? test.right : undefined;
  if (test.k !== 'call' || nameOf(test.callee) !== 'isinstance') return undefined;
  return isError(test.args[0]?.value) && test.args[1]?.value.k !== 'list' ? test.args[1]?.value : undefined;
}

function leaves(block: readonly Stmt[]): boolean {
  const last = block.at(-1)?.k;
  return last === 'return' || last === 'raise' || last === 'continue' || last === 'break';
}

export function namesLimit(meanings: readonly Meaning[], sdk: Sdk): boolean {
  return meanings.length > 0 && meanings.every((one) => classIn(one, sdk) === sdk.errors.rateLimit);
}

function covers(type: Expr, place: Place, resolver: Resolver, sdk: Sdk): boolean {
  const meanings = resolver.meanings(type, place);
  return (
    meanings.length > 0 &&
    meanings.every((one) =>
      one.k === 'builtin'
        ? /^(Exception|BaseException|Error)$/.test(one.name)
        : sdk.errors.bases.includes(classIn(one, sdk) ?? ''),
    )
  );
}

function classIn(one: Meaning, { modules, errors }: Sdk): string | undefined {
  if (one.k === 'client') return one.names.length === 1 ? one.names[0] : undefined;
  if (one.k !== 'export') return undefined;
  const inside = (module: string) =>
    one.module === module || one.module.startsWith(`${module}.`) || one.module.startsWith(`${module}/`);
  return [errors.module, ...modules].some(inside) ? one.path.at(-1) : undefined;
}
