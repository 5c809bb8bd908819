/** Finds provider keys written into the source: by their look, or by standing where a client takes its key. */
import type { KeyShape, Keys } from './catalogue.ts';
import type { Expr, Target } from './facts.ts';
import { type Around, nameOf, type Program, type Use } from './program.ts';
import type { Resolver } from './resolve.ts';
import type { Span } from './span.ts';

export interface WrittenKey {
  /** The text that holds it. */
  readonly at: Span;
  /** Its place in the text's value. */
  readonly before: string;
  readonly after: string;
  /** What may be shown of it. */
  readonly shown: string;
  /** The provider, where the look tells. */
  readonly of?: string;
  /** The environment variable that it belongs into. */
  readonly variable: string;
  /** It is what an environment variable is set to, or falls back on. */
  readonly standsIn?: 'setting' | 'fallback';
}

export function writtenKeys(program: Program, resolver: Resolver, keys: Keys): readonly WrittenKey[] {
  return program.texts.flatMap((use) => {
    if (use.expr.k !== 'lit' || typeof use.expr.value !== 'string') return [];
    const text = use.expr.value;
    const names = namesRound(use);
    const found = byLook(text, names, keys) ?? asArgument(text, use, resolver, keys);
    if (!found) return [];
    const { key, shape, variable } = found;
    const start = text.indexOf(key);
    const standsIn = environmentRound(use);
    const [before, after] = [text.slice(0, start), text.slice(start + key.length)];
    const ambiguous = shape === undefined || shape.of === undefined;
    return [
      {
        at: use.expr.at,
        before,
        after,
        shown: `${shape?.prefix ?? ''}…`,
        ...(shape?.of && { of: shape.of }),
        variable: (ambiguous && names.map(variableName).find((one) => one !== undefined)) || variable,
        ...(standsIn && { standsIn }),
      },
    ];
  });
}

/** Source of a pattern that stands in every file which holds a key that is known by its look alone. */
export function keyPattern({ shapes }: Keys): string {
  const looks = shapes.filter(({ near }) => near === undefined);
  return `(?<![\\w-])(?:${looks.map(({ prefix, rest }) => prefix + rest.source).join('|')})(?![\\w-])`;
}

interface Found {
  readonly key: string;
  readonly shape?: KeyShape;
  readonly variable: string;
}

function byLook(text: string, names: readonly string[], { shapes }: Keys): Found | undefined {
  for (const shape of shapes) {
    const match = new RegExp(`(?<![\\w-])${shape.prefix}(${shape.rest.source})(?![\\w-])`).exec(text);
    if (!match || isMadeUp(match[1]!)) continue;
    if (shape.near && !names.some((name) => shape.near!.test(name))) continue;
    return { key: match[0], shape, variable: shape.variable };
  }
  return undefined;
}

const keyOption = /^(azure_?)?(open_?ai_?)?(api_?)?(key|token)$/i;

/** `AzureOpenAI(api_key="…")`: a key that has no look of its own. */
function asArgument(text: string, use: Use, resolver: Resolver, { variables }: Keys): Found | undefined {
  if (!/^[\w-]{28,}$/.test(text) || !/\d/.test(text) || isMadeUp(text)) return undefined;
  const { around } = use;
  if (around?.k !== 'expr') return undefined;
  const option = optionName(around);
  if (option === undefined || !keyOption.test(option)) return undefined;
  const inside = around.node.k === 'object' ? around.outer : around;
  if (inside?.k !== 'expr' || inside.node.k !== 'call') return undefined;
  const call = inside.node;
  const place = { program: use.program, fn: use.fn, around: inside.outer };
  const client = resolver.meanings(call, place).find((one) => one.k === 'client');
  if (client?.k !== 'client' || client.sdk.http) return undefined;
  const { packageName } = client.sdk;
  const variable = variables.get(`${packageName} ${nameOf(call.callee)}`) ?? variables.get(packageName);
  return variable === undefined ? undefined : { key: text, variable };
}

function optionName({ node, part, index }: Around & { k: 'expr' }): string | undefined {
  if (node.k === 'call' && part === 'arg') return node.args[index]?.name;
  return node.k === 'object' && part === 'entry' ? node.entries[index]?.key : undefined;
}

const madeUp =
  /your|here|example|sample|test|fake|dummy|mock|demo|place.?holder|change|insert|replace|redacted|secret|todo|foobar|lorem|xxx|(.)\1{4}/i;

/** Whether letters are no secret: a word for one, a row of the keyboard or the alphabet, or a few letters over and over. */
export function isMadeUp(letters: string): boolean {
  if (madeUp.test(letters)) return true;
  let steps = 0;
  for (let at = 1; at < letters.length; at++) {
    const step = letters.charCodeAt(at) - letters.charCodeAt(at - 1);
    if (step === 1 || step === 0 || (letters[at - 1] === '9' && letters[at] === '0')) steps++;
  }
  if (steps / letters.length > 0.25) return true;
  const counts = new Map<string, number>();
  for (const letter of letters) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  const entropy = [...counts.values()].reduce(
    (sum, count) => sum - (count / letters.length) * Math.log2(count / letters.length),
    0,
  );
  // Random hexadecimal digits have nearly 4 bits each, though a short row of them has fewer.
  return entropy < 3;
}

/** The names that a text goes by: of variables, options and calls round it, the nearest first. */
function namesRound({ around, program }: Use): readonly string[] {
  const names: string[] = [];
  for (let at = around; at; at = at.outer) {
    if (at.k === 'expr') {
      const option = optionName(at);
      if (option !== undefined) names.push(option);
      if (at.node.k === 'call' && at.part === 'arg') names.push(nameOf(at.node.callee));
      continue;
    }
    if (at.k === 'stmt' && at.node.k === 'assign' && at.part === 'value')
      names.push(targetName(at.node.target, program));
    break;
  }
  return names.filter((name) => name !== '');
}

function targetName(target: Target, { facts }: Program): string {
  if (target.k === 'attr') return target.name;
  if (target.k === 'index' && target.index.k === 'lit') return String(target.index.value);
  return target.k === 'var' ? (facts.vars[target.var]?.name ?? '') : '';
}

/** `deepseek_api_key` → `DEEPSEEK_API_KEY`: a name that says whose key it is. */
function variableName(name: string): string | undefined {
  return /^[a-z][a-z\d]*_(api_)?(key|token)$/i.test(name) && !/^(api|my|the|secret|access|auth)_/i.test(name)
    ? name.toUpperCase()
    : undefined;
}

/** `os.environ["X"] = "…"` sets a variable of the environment; `getenv("X", "…")` and `process.env.X ?? "…"` fall back. */
function environmentRound({ around }: Use): WrittenKey['standsIn'] {
  if (around?.k === 'stmt' && around.node.k === 'assign') {
    const { target } = around.node;
    return (target.k === 'index' || target.k === 'attr') && isEnvironment(target.of) ? 'setting' : undefined;
  }
  if (around?.k !== 'expr') return undefined;
  const { node } = around;
  if (node.k === 'either') return node.of.some((one) => mentionsEnvironment(one)) ? 'fallback' : undefined;
  if (node.k !== 'call' || around.part !== 'arg') return undefined;
  const name = nameOf(node.callee);
  if (/(^|\.)setdefault$/.test(name) && node.callee.k === 'attr' && isEnvironment(node.callee.of)) return 'setting';
  return mentionsEnvironment(node) ? 'fallback' : undefined;
}

function isEnvironment(expr: Expr): boolean {
  return /(^|\.)(environ|env)$/.test(nameOf(expr));
}

function mentionsEnvironment(expr: Expr): boolean {
  if (expr.k === 'call') return /(^|\.)(getenv|environ\.get|env\.get)$/.test(nameOf(expr.callee));
  return (expr.k === 'attr' || expr.k === 'index') && isEnvironment(expr.of);
}
