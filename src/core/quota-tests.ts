/** Whether a retry tells refusals that last, such as a quota used up, from those that pass. */
import type { LoopSource, RecursionSource } from './attempt-variables.ts';
import type { Expr, Stmt } from './facts.ts';
import { logging } from './handler.ts';
import { expressions, nameOf, type Place, statements, within } from './program.ts';
import type { Resolver } from './resolve.ts';
import type { Quota } from './retry-use.ts';

const lasting = /quota|billing|credit|spend|balance|should.?retry|slow_down|rate_limit_exceeded|plan and/i;
const limits = /rate.?limit|too.?many/i;

/** The variable that holds the error, or `any` one where that isn’t told. */
type InHand = number | 'any' | undefined;

/** How deep functions are looked into. */
const deepest = 3;

export function quotaOf({ handler, clauses, place, error }: LoopSource | RecursionSource, resolver: Resolver): Quota {
  const named = clauses.flatMap(({ catches = [] }) => catches).some((one) => lasting.test(nameOf(one)));
  if (named) return 'let-through';
  return quotaIn(handler.body, error.var, place, resolver, 0);
}

/** What statements that have the error in hand say of it. */
export function quotaIn(body: readonly Stmt[], error: InHand, place: Place, resolver: Resolver, depth: number): Quota {
  const answers: Quota[] = [];
  for (const stmt of statements(body)) {
    for (const expr of expressions(stmt)) {
      // What is only written down decides nothing.
      const decides = stmt.k !== 'expr' || expr.k !== 'call' || !logging.test(nameOf(expr.callee));
      if (decides)
        answers.push(quotaAsked(expr, error, place, resolver, depth, stmt.k === 'if' || stmt.k === 'return'));
    }
  }
  return strongest(answers);
}

export function strongest(answers: readonly Quota[]): Quota {
  return answers.find((one) => one === 'let-through') ?? answers.find((one) => one === 'unknown') ?? 'repeated';
}

function quotaAsked(
  expr: Expr,
  error: InHand,
  place: Place,
  resolver: Resolver,
  depth: number,
  isTest: boolean,
): Quota {
  let answer: Quota = 'repeated';
  for (const one of within(expr)) {
    const text = one.k === 'lit' && typeof one.value === 'string' ? one.value : nameOf(one);
    if (lasting.test(text)) return 'let-through';
    // Texts of quota errors do not speak of a rate limit.
    if (isTest && one.k === 'lit' && limits.test(text)) answer = 'unknown';
    if (one.k === 'fn') {
      const { program } = place;
      const inner = quotaIn(
        program.facts.fns[one.fn]!.body,
        'any',
        { program, fn: one.fn, around: undefined },
        resolver,
        depth,
      );
      if (inner === 'let-through') return inner;
    }
    if (one.k !== 'call' || logging.test(nameOf(one.callee))) continue;
    const position = one.args.findIndex(
      ({ value }) => value.k === 'name' && value.var !== undefined && (error === 'any' || value.var === error),
    );
    if (position < 0 || one.isNew || plain.test(nameOf(one.callee))) continue;
    const inner = callOf(one.callee, position, place, resolver, depth);
    if (inner === 'let-through') return inner;
    if (inner === 'unknown') answer = inner;
  }
  return answer;
}

const plain = /(^|\.)(str|repr|print|isinstance|type|getattr|hasattr|String|reject|format|append|push|Error|[A-Z]\w*)$/;

function callOf(callee: Expr, position: number, place: Place, resolver: Resolver, depth: number): Quota {
  if (depth >= deepest) return 'unknown';
  const answers = resolver.meanings(callee, place).map((meaning): Quota => {
    if (meaning.k !== 'fn') return 'unknown';
    const { program, fn } = meaning;
    const own = program.facts.fns[fn]!;
    const shift = program.facts.language === 'python' && own.cls !== undefined ? 1 : 0;
    const variable = own.params[position + shift]?.var;
    return quotaIn(own.body, variable, { program, fn, around: undefined }, resolver, depth + 1);
  });
  return strongest(answers);
}
