/** Waits that stop the event loop in functions that send requests. */
import type { Call, Expr } from './facts.ts';
import { type CallPlace, expressions, nameOf, type Program, statements, within } from './program.ts';
import type { Resolver } from './resolve.ts';
import { senders } from './senders.ts';
import type { Request } from './verdict.ts';

export interface BlockingWait {
  readonly call: Call;
  /** As the code calls it. */
  readonly name: string;
  /** How long it waits, where an argument says so. */
  readonly time?: Expr;
}

export function blockingWaits(
  program: Program,
  requests: readonly Request[],
  resolver: Resolver,
): readonly BlockingWait[] {
  const { sends } = senders(program, requests, resolver);
  const { language, fns } = program.facts;
  const waits = language === 'python' ? sleeps : stands;
  return program.calls.flatMap((place): readonly BlockingWait[] => {
    const { async } = fns[place.fn]!;
    const found = async || (place.fn === 0 && language === 'typescript') ? waits(place, resolver) : undefined;
    return found && sends.fn(place.fn) ? [found] : [];
  });
}

function sleeps(place: CallPlace, resolver: Resolver): BlockingWait | undefined {
  const { call } = place;
  const isSleep = resolver
    .meanings(call.callee, place)
    .some((one) => one.k === 'export' && [one.module, ...one.path].join('.') === 'time.sleep');
  return isSleep ? { call, name: 'time.sleep' } : undefined;
}

/** `Atomics.wait(…)`, `execSync('sleep 5')`, or a function that goes round until the time is up. */
function stands(place: CallPlace, resolver: Resolver): BlockingWait | undefined {
  const { call } = place;
  const name = nameOf(call.callee);
  const [first, , , fourth] = call.args.map(({ value }) => value);
  if (name === 'Atomics.wait') return { call, name, ...(fourth && { time: fourth }) };
  if (/(^|\.)(execSync|spawnSync|execFileSync)$/.test(name))
    return first?.k === 'lit' && /^sleep\b/.test(String(first.value)) ? { call, name } : undefined;
  for (const one of resolver.meanings(call.callee, place)) {
    if (one.k !== 'fn' || one.program.facts.fns[one.fn]!.async || !goesRound(one.program, one.fn)) continue;
    const time = call.args.length === 1 && takesMilliseconds(one.program, one.fn) ? first : undefined;
    return { call, name, ...(time && { time }) };
  }
  return undefined;
}

/** Whether nothing converts what it is given. */
function takesMilliseconds({ facts }: Program, fn: number): boolean {
  const { params, body } = facts.fns[fn]!;
  if (params.length !== 1 || /sec/i.test(params[0]!.name)) return false;
  const all = [...statements(body)].flatMap((stmt) => expressions(stmt)).flatMap((expr) => [...within(expr)]);
  return !all.some((one) => one.k === 'binary' && /^[*/]$/.test(one.op));
}

/** `while (Date.now() < end) {}`, or `Atomics.wait(…)` inside. */
function goesRound({ facts }: Program, fn: number): boolean {
  const body = [...statements(facts.fns[fn]!.body)];
  return body.some((stmt) => {
    if (stmt.k === 'loop')
      return stmt.body.length === 0 && stmt.test !== undefined && [...within(stmt.test)].some(isClock);
    return (
      body.length <= 3 && stmt.k === 'expr' && stmt.value.k === 'call' && nameOf(stmt.value.callee) === 'Atomics.wait'
    );
  });
}

function isClock(expr: Expr): boolean {
  return expr.k === 'call' && /^(Date\.now|performance\.now|getTime|\w+\.getTime|Date)$/.test(nameOf(expr.callee));
}
