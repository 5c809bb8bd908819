/** Mends hand-written retries: bounds their attempts, spreads their waits, lets quota errors out. */
import { againFrom } from '../../core/again.ts';
import type { Written } from '../../core/editor.ts';
import type { RetryCode, RetryUse } from '../../core/retry-use.ts';
import type { RetryPolicy } from '../../core/settings.ts';
import type { Span } from '../../core/span.ts';
import { say, type Words } from '../../core/words.ts';
import type { Node, Tree } from '../syntax.ts';
import { Draft, indentAt, lineEnd, mannerOf, ownsLine } from './write-draft.ts';
import { type Imports, importsOf } from './write-imports.ts';
import { firstFree, type Names, namesOf, scopeOf } from './write-names.ts';
import { isAsyncFunction } from './write-place.ts';
import { quotaTest } from './write-quota.ts';

export type Loop = RetryCode & { k: 'loop' };
export type HandWritten = RetryCode & { k: 'loop' | 'recursion' };

/** `if attempt >= 7: raise`, at the top of the handler. */
export function boundLoop(tree: Tree, code: Loop, { maxAttempts }: RetryPolicy): Written {
  const work = begin(tree, code);
  if ('refused' in work) return work;
  const loop = loopOf(work, code);
  if ('refused' in loop) return loop;
  const { draft, unit, inside } = work;
  const attempt = work.free('attempt');
  draft.insert(loop.node.startIndex, `${attempt} = 0\n${loop.indent}`);
  const lines = [`${attempt} += 1`, `if ${attempt} >= ${maxAttempts}:`, `${unit}raise`, ''];
  draft.insert(work.first, lines.join(`\n${inside}`));
  return { edits: draft.edits() };
}

/** Waits at random up to a bound that doubles: in place of the sleep that is there, or of none. */
export function spreadLoop(tree: Tree, code: Loop, policy: RetryPolicy): Written {
  const work = begin(tree, code);
  if ('refused' in work) return work;
  const { draft, imports } = work;
  const [sleep, ...others] = code.sleeps;
  if (others.length > 0) return { refused: say('The retry waits in more than one place.') };
  const uniform = imports.attribute('random', 'uniform');
  if (sleep) {
    const time = nodeAt(tree.root, sleep.time.at);
    if (!time) return { refused: notFound };
    const text = time.text;
    const known = Number(text);
    // A wait as long as the cap is kept, and spread.
    if (known >= policy.maxWaitSeconds) {
      draft.replace(sleep.time.at, `${text} + ${uniform}(0, ${text})`);
    } else {
      const attempt = counted(work, code, sleep.call.at.start);
      if (typeof attempt !== 'string') return attempt;
      draft.replace(
        sleep.time.at,
        spread(uniform, known === 1 ? '' : known === 0 ? baseOf(policy) : factor(time), attempt, policy),
      );
    }
  } else {
    const again = againFrom(code.handler.body);
    const at = again.k === 'continue' ? again.at.start : again.k === 'end' ? work.end : undefined;
    if (at === undefined) return { refused: say('The handler goes on in more than one place.') };
    if (again.k === 'continue' && !ownsLine(tree.text, at)) return { refused: noRoom };
    const attempt = counted(work, code, at, again.k === 'end' ? 'behind' : 'ahead');
    if (typeof attempt !== 'string') return attempt;
    const wait = spread(uniform, baseOf(policy), attempt, policy);
    const line = work.isAsync
      ? `await ${imports.attribute('asyncio', 'sleep')}(${wait})`
      : `${imports.attribute('time', 'sleep')}(${wait})`;
    if (again.k === 'end') draft.insert(at, `\n${work.inside}${line}`);
    else draft.insert(at, `${line}\n${indentAt(tree.text, at)}`);
  }
  imports.write(draft, [], undefined);
  return { edits: draft.edits() };
}

/** `if error.type == "insufficient_quota": raise`, at the top of the handler. */
export function quotaOutOfLoop(tree: Tree, use: RetryUse, code: HandWritten): Written {
  const work = begin(tree, code);
  if ('refused' in work) return work;
  const { draft, unit, inside } = work;
  const error = errorName(work, code);
  if (typeof error !== 'string') return error;
  const test = quotaTest(use, error, named(work.clause), work.quote);
  if (typeof test !== 'string') return test;
  draft.insert(work.first, `if ${test}:\n${inside}${unit}raise\n${inside}`);
  return { edits: draft.edits() };
}

export interface Work {
  readonly tree: Tree;
  readonly draft: Draft;
  readonly names: Names;
  readonly imports: Imports;
  readonly unit: string;
  readonly quote: string;
  readonly clause: Node;
  readonly scope: Node;
  readonly isAsync: boolean;
  /** Where the handler's first statement begins, and the end of its last one's line. */
  readonly first: number;
  readonly end: number;
  /** The indentation of the handler's statements. */
  readonly inside: string;
  free(name: string): string;
}

export function begin(tree: Tree, { handler }: HandWritten): Work | { readonly refused: Words } {
  const { root, text } = tree;
  const clause = nodeAt(root, handler.at, 'except_clause');
  const body = clause?.namedChildren.find((child) => child?.type === 'block');
  const statement = body?.firstNamedChild;
  const last = body?.lastNamedChild;
  if (!clause || !statement || !last) return { refused: notFound };
  const scope = scopeOf(clause);
  if (root.type !== 'module' || (scope.type === 'module' ? clause.parent!.hasError : scope.hasError))
    return { refused: say('The code here has a syntax error.') };
  if (!ownsLine(text, statement.startIndex)) return { refused: noRoom };
  const names = namesOf(tree, []);
  const manner = mannerOf(tree);
  return {
    tree,
    draft: new Draft(manner.newline),
    names,
    imports: importsOf(tree, names, statement),
    unit: manner.unit,
    quote: manner.quote,
    clause,
    scope,
    isAsync: isAsyncFunction(scope),
    first: statement.startIndex,
    end: lineEnd(text, last.endIndex),
    inside: indentAt(text, statement.startIndex),
    free: (name) => firstFree(name, (one) => names.isFree(one, scope)),
  };
}

export function loopOf(
  { tree }: Work,
  { loop }: Loop,
): { readonly node: Node; readonly indent: string } | { readonly refused: Words } {
  const node = nodeAt(tree.root, loop.at, 'for_statement') ?? nodeAt(tree.root, loop.at, 'while_statement');
  if (!node || !ownsLine(tree.text, node.startIndex)) return { refused: noRoom };
  return { node, indent: indentAt(tree.text, node.startIndex) };
}

/** The variable that counts attempts at `at`: the loop's own, or a new one. */
function counted(
  work: Work,
  code: Loop,
  at: number,
  side: 'ahead' | 'behind' = 'ahead',
): string | { readonly refused: Words } {
  const { draft, tree } = work;
  if (code.counter && /\w{2}|[a-z]/i.test(code.counter.name)) return code.counter.name;
  const loop = loopOf(work, code);
  if ('refused' in loop) return loop;
  const attempt = work.free('attempt');
  const target = loop.node.childForFieldName('left');
  // A counter without a name of its own gets one.
  if (code.counter && target?.text === code.counter.name && isUnread(loop.node, target)) {
    draft.replace({ start: target.startIndex, end: target.endIndex }, attempt);
    return attempt;
  }
  const statement = statementAt(tree.root, at);
  if (!statement || !ownsLine(tree.text, statement.startIndex)) return { refused: noRoom };
  draft.insert(loop.node.startIndex, `${attempt} = 0\n${loop.indent}`);
  if (side === 'ahead')
    draft.insert(statement.startIndex, `${attempt} += 1\n${indentAt(tree.text, statement.startIndex)}`);
  else draft.insert(at, `\n${work.inside}${attempt} += 1`);
  return attempt;
}

export function isUnread(loop: Node, target: Node): boolean {
  return loop.descendantsOfType('identifier').every((one) => one?.text !== target.text || one.id === target.id);
}

function spread(uniform: string, base: string, attempt: string, { maxWaitSeconds }: RetryPolicy): string {
  return `${uniform}(0, min(${maxWaitSeconds}, ${base && `${base} * `}2 ** ${attempt}))`;
}

function baseOf({ baseSeconds }: RetryPolicy): string {
  return baseSeconds === 1 ? '' : String(baseSeconds);
}

function factor({ type, text }: Node): string {
  return /^(integer|float|identifier|attribute|call|subscript|parenthesized_expression)$/.test(type)
    ? text
    : `(${text})`;
}

/** The name of the error in the handler, given to it where it has none. */
function errorName({ clause, draft, free }: Work, { handler }: HandWritten): string | { readonly refused: Words } {
  if (handler.error !== undefined) return handler.error;
  const type = clause.firstNamedChild;
  if (!type || type.type === 'block') return { refused: say('A bare `except` has no name for the error.') };
  const name = free('error');
  draft.insert(type.endIndex, ` as ${name}`);
  return name;
}

/** The last names of the classes that a handler catches. */
function named(clause: Node): readonly string[] {
  const [type] = clause.namedChildren;
  const value = type?.type === 'as_pattern' ? type.firstNamedChild : type;
  const classes = value?.type === 'tuple' ? value.namedChildren : [value];
  return classes.map((one) => one?.text.split('.').at(-1) ?? '');
}

export function nodeAt(root: Node, { start, end }: Span, type?: string): Node | undefined {
  for (let node: Node | null = root.descendantForIndex(start, end); node; node = node.parent)
    if (node.startIndex === start && node.endIndex === end && (type === undefined || node.type === type)) return node;
  return undefined;
}

function statementAt(root: Node, at: number): Node | undefined {
  let node: Node | null = root.descendantForIndex(at, at);
  while (node?.parent && node.parent.type !== 'block' && node.parent.type !== 'module') node = node.parent;
  return node ?? undefined;
}

export const notFound = say('The retry can’t be found in the text.');
export const noRoom = say('There is no room for another line here.');
