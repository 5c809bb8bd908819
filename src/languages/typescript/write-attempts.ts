/** Mends hand-written retries: bounds their attempts, spreads their waits, lets quota errors out. */
import { againFrom } from '../../core/again.ts';
import type { Edit } from '../../core/edit.ts';
import type { RetryCode, RetryUse } from '../../core/retry-use.ts';
import type { RetryPolicy } from '../../core/settings.ts';
import type { Span } from '../../core/span.ts';
import { say } from '../../core/words.ts';
import type { Node, Tree } from '../syntax.ts';
import { freeName } from './write-names.ts';
import { quotaTest } from './write-quota.ts';
import { refuse } from './write-refusal.ts';
import { isListed } from './write-spot.ts';
import { type Dialect, indentAt, layOut, type Style, startsLine, styleOf } from './write-style.ts';
import { functionAround, isAsync, namedChildren, namesIn } from './write-syntax.ts';

export type Loop = RetryCode & { k: 'loop' };
export type HandWritten = RetryCode & { k: 'loop' | 'recursion' };

/** `if (++attempt >= 7) throw error;`, at the top of the handler. */
export function boundLoop(tree: Tree, code: Loop, { maxAttempts }: RetryPolicy): readonly Edit[] {
  const work = begin(tree, code);
  const error = errorName(work);
  const attempt = freeName(['attempt', 'attempts'], work.body, namesIn(work.fn));
  return [
    declaration(work, code, attempt),
    ...error.edits,
    atTop(work, `if (++${attempt} >= ${maxAttempts}) throw ${error.name};`),
  ];
}

/** Waits at random up to a bound that doubles: in place of the sleep that is there, or of none. */
export function spreadLoop(tree: Tree, code: Loop, policy: RetryPolicy): readonly Edit[] {
  const work = begin(tree, code);
  const [sleep, ...others] = code.sleeps;
  if (others.length > 0) refuse(say('The retry waits in more than one place.'));
  const { counter } = code;
  const attempt = counter?.name ?? freeName(['attempt', 'attempts'], work.body, namesIn(work.fn));
  const counting = counter ? [] : [declaration(work, code, attempt)];
  const count = counter ? attempt : `${attempt}++`;
  const cap = milliseconds(policy.maxWaitSeconds);
  if (sleep) {
    const time = nodeAt(tree.root, sleep.time.at) ?? refuse(notFound);
    const known = Number(time.text.replaceAll('_', ''));
    if (known >= policy.maxWaitSeconds * 1000)
      return [{ span: sleep.time.at, text: `${time.text} + Math.random() * ${time.text}` }];
    return [
      ...counting,
      { span: sleep.time.at, text: spread(known === 0 ? milliseconds(policy.baseSeconds) : factor(time), count, cap) },
    ];
  }
  if (!isAsync(work.fn)) refuse(say('The function is not asynchronous, so it can’t wait.'));
  const again = againFrom(code.handler.body);
  if (again.k === 'several') refuse(say('The handler goes on in more than one place.'));
  const wait = spread(milliseconds(policy.baseSeconds), count, cap);
  const line = `await new Promise((resolve) => setTimeout(resolve, ${wait}));`;
  return [...counting, again.k === 'end' ? atEnd(work, line) : before(work, again.at.start, line)];
}

/** `if (error.type === 'insufficient_quota') throw error;`, at the top of the handler. */
export function quotaOutOfLoop(tree: Tree, use: RetryUse, code: HandWritten, dialect: Dialect): readonly Edit[] {
  const work = begin(tree, code);
  const error = errorName(work);
  return [...error.edits, atTop(work, `if (${quotaTest(use, error.name, dialect)}) throw ${error.name};`)];
}

export interface Work {
  readonly tree: Tree;
  readonly style: Style;
  readonly clause: Node;
  readonly body: Node;
  readonly fn: Node;
}

export function begin(tree: Tree, { handler }: HandWritten): Work {
  const clause = nodeAt(tree.root, handler.at, 'catch_clause') ?? refuse(say('The handler is no `catch` block.'));
  const body = clause.childForFieldName('body') ?? refuse(notFound);
  const fn = functionAround(clause);
  if (fn.type === 'program' ? clause.parent!.hasError : fn.hasError) refuse(say('The code here has a syntax error.'));
  return { tree, style: styleOf(tree), clause, body, fn };
}

/** `let attempt = 0;` ahead of the loop. */
function declaration({ tree, style }: Work, { loop }: Loop, name: string): Edit {
  const kinds = ['for_statement', 'for_in_statement', 'while_statement', 'do_statement'];
  const found = kinds.map((kind) => nodeAt(tree.root, loop.at, kind)).find((node) => node !== undefined);
  const node = found ?? refuse(notFound);
  const statement = node.parent?.type === 'labeled_statement' ? node.parent : node;
  if (!isListed(statement) || !startsLine(tree.text, statement.startIndex)) refuse(noRoom);
  return before({ tree, style }, statement.startIndex, `let ${name} = 0;`);
}

export function before({ tree, style }: Pick<Work, 'tree' | 'style'>, at: number, line: string): Edit {
  const indent = indentAt(tree.text, at);
  if (!startsLine(tree.text, at)) return { span: { start: at, end: at }, text: `${line} ` };
  return { span: { start: at, end: at }, text: `${layOut([line], style, '')}${style.lineEnd}${indent}` };
}

function atTop(work: Work, line: string): Edit {
  const first = namedChildren(work.body)[0];
  return first ? before(work, first.startIndex, line) : filled(work, line);
}

export function atEnd(work: Work, line: string): Edit {
  const { tree, style, body } = work;
  const last = namedChildren(body).at(-1);
  if (!last) return filled(work, line);
  const comment = last.nextSibling?.type === 'comment' && last.nextSibling.startPosition.row === last.endPosition.row;
  const at = comment ? last.nextSibling!.endIndex : last.endIndex;
  if (!startsLine(tree.text, last.startIndex)) return { span: { start: at, end: at }, text: ` ${line}` };
  const text = style.lineEnd + layOut([line], style, indentAt(tree.text, last.startIndex));
  return { span: { start: at, end: at }, text };
}

/** The only statement of a block that had none; what comments it has stay. */
function filled({ tree, style, body }: Work, line: string): Edit {
  const indent = indentAt(tree.text, body.startIndex);
  const at = body.startIndex + 1;
  const text = style.lineEnd + layOut([line], style, indent + style.unit);
  const closes = /^[ \t]*\}/.test(tree.text.slice(at)) ? style.lineEnd + indent : '';
  return { span: { start: at, end: closes ? body.endIndex - 1 : at }, text: text + closes };
}

/** The name of the error in the handler, given to it where it has none. */
export function errorName({ clause, body, fn }: Work): { readonly name: string; readonly edits: readonly Edit[] } {
  const parameter = clause.childForFieldName('parameter');
  if (parameter?.type === 'identifier') return { name: parameter.text, edits: [] };
  if (parameter) refuse(say('The handler takes the error apart, so it has no name to throw.'));
  const name = freeName(['error', 'err'], body, namesIn(fn));
  return { name, edits: [{ span: { start: body.startIndex, end: body.startIndex }, text: `(${name}) ` }] };
}

function spread(base: string, attempt: string, cap: string): string {
  return `Math.random() * Math.min(${cap}, ${base} * 2 ** ${attempt})`;
}

function factor({ type, text }: Node): string {
  return /^(number|identifier|member_expression|call_expression|parenthesized_expression)$/.test(type)
    ? text
    : `(${text})`;
}

export function milliseconds(seconds: number): string {
  return String(seconds * 1000).replace(/\B(?=(\d{3})+$)/g, '_');
}

export function nodeAt(root: Node, { start, end }: Span, type?: string): Node | undefined {
  for (let node: Node | null = root.descendantForIndex(start, Math.max(start, end - 1)); node; node = node.parent)
    if (node.startIndex === start && node.endIndex === end && (type === undefined || node.type === type)) return node;
  return undefined;
}

export const notFound = say('The retry can’t be found in the text.');
export const noRoom = say('There is no room for another line here.');
