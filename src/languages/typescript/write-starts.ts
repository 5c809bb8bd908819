/** Finds where a fan-out starts its requests, and hands each start to a limiter as a function. */
import type { Edit } from '../../core/edit.ts';
import type { Request } from '../../core/verdict.ts';
import { say } from '../../core/words.ts';
import type { Node } from '../syntax.ts';
import { refuseChanges } from './write-closure.ts';
import { deeper, fits, outermostArgument, widthOf } from './write-layout.ts';
import { assignmentsTo, declarationOf, freeName } from './write-names.ts';
import { refuse } from './write-refusal.ts';
import { indentAt, type Style, startsLine } from './write-style.ts';
import {
  descendants,
  functionAround,
  functionKinds,
  isAsync,
  isGenerator,
  namedChildren,
  namesIn,
  unwrapped,
  within,
} from './write-syntax.ts';
import type { Wrapper } from './write-wrapped.ts';

/** How a function is handed to the limiter, and the page on which that is written. */
export interface Run extends Wrapper {
  readonly text: string;
  readonly style: Style;
}

/** The edits inside `repeated`: a loop, or a call that runs a function for each item. */
export function startsOf(repeated: Node, request: Request, run: Run): readonly Edit[] {
  const body = repeated.childForFieldName('body');
  if (body) return inLoop(body, repeated, request, run);
  const callee = repeated.childForFieldName('function');
  const method = callee?.childForFieldName('property')?.text ?? '';
  const args = namedChildren(repeated.childForFieldName('arguments') ?? repeated);
  switch (method) {
    case 'map':
      return ofCallback(args[0], run);
    case 'forEach':
      return ofEach(args[0], repeated, request, run);
    case 'from':
      if (args.length === 2) return ofCallback(args[1], run);
      break;
    case 'fromAsync':
      refuse(
        say('`Array.fromAsync` waits for each item before it starts the next, so there is no more than one at once.'),
      );
      break;
    case 'all':
    case 'allSettled':
      refuse(say('The requests are written out one by one; there is no list that a limiter could work off.'));
  }
  return refuse(say`How \`${method || (callee?.text ?? '')}\` starts the requests is not known.`);
}

function ofCallback(given: Node | undefined, run: Run): readonly Edit[] {
  const callback = given && unwrapped(given);
  if (callback?.type === 'arrow_function') return ofArrow(callback, run);
  if (callback?.type === 'identifier') return ofNamed(callback, run);
  return refuse(
    callback && functionKinds.has(callback.type)
      ? say('The callback is no arrow function; in another one its `this` and `arguments` would be others.')
      : say('What each item is handed to can’t be seen here.'),
  );
}

/** `async (x) => …` → `(x) => limit(async () => …)`. */
function ofArrow(arrow: Node, { open, close, text, style }: Run): readonly Edit[] {
  const body = arrow.childForFieldName('body')!;
  if (isLimited(body)) refuse(say('Each item is handed to a limiter already.'));
  const keyword = arrow.children.find((child) => child.type === 'async');
  const value = unwrapped(body);
  if (!keyword) refuseOwnPromise(body);
  if (!keyword && (value.type === 'object' || value.type === 'array'))
    refuse(say('Each item becomes an object that holds promises, which a limiter would not wait for.'));
  const handed = handedOver(arrow, body, { open: `${open}${keyword ? 'async ' : ''}() => `, close, text, style });
  return keyword
    ? [{ span: { start: keyword.startIndex, end: keyword.nextSibling!.startIndex }, text: '' }, ...handed]
    : handed;
}

/** The body inside its wrapper, in lines of its own where a formatter would give it some. */
function handedOver(arrow: Node, body: Node, { open, close, text, style }: Run): readonly Edit[] {
  const plain = [insert(body.startIndex, open), insert(body.endIndex, close)];
  const isLast = arrow.parent?.type === 'arguments' && namedChildren(arrow.parent).at(-1)?.id === arrow.id;
  if (!style.formatted || !isLast || close !== ')' || fits(body, open.length + 1, text, style)) return plain;
  const outer = indentAt(text, body.startIndex);
  const inner = outer + style.unit;
  if (startsLine(text, body.startIndex)) return inLines(body, { open, close, text, style });
  const single = !/[\r\n]/.test(body.text);
  const room = widthOf(inner) + open.length + body.text.length + close.length + 1 <= style.width;
  if (single ? !room || outermostArgument(body, text) : body.type !== 'statement_block') return plain;
  const start = body.previousSibling!.endIndex;
  return [
    { span: { start, end: body.startIndex }, text: `${style.lineEnd}${inner}${open}` },
    ...deeper(body, text, style),
    insert(body.endIndex, `${close},${style.lineEnd}${outer}`),
  ];
}

/** An expression on lines of its own, in a line of its own inside the wrapper. */
function inLines(node: Node, { open, close, text, style }: Run): readonly Edit[] {
  const outer = indentAt(text, node.startIndex);
  return [
    insert(node.startIndex, `${open.trimEnd()}${style.lineEnd}${outer}${style.unit}`),
    ...deeper(node, text, style),
    insert(node.endIndex, `${style.trailing.arguments}${style.lineEnd}${outer}${close}`),
  ];
}

/** `one` → `(x) => limit(() => one(x))`, with as many arguments as the function has parameters. */
function ofNamed(name: Node, { open, close }: Run): readonly Edit[] {
  const known = declarationOf(name, name.text);
  const fn = known?.kind === 'const' ? known.holder.childForFieldName('value') : known?.holder;
  const parameters = fn && functionKinds.has(fn.type) ? fn.childForFieldName('parameters') : undefined;
  if (!parameters) refuse(say`How many arguments \`${name.text}\` takes can’t be seen here.`);
  const wishes = namedChildren(parameters).map((parameter) => {
    const plain = parameter.type === 'identifier' ? parameter : parameter.childForFieldName('pattern');
    return plain?.type === 'identifier' ? plain.text : 'item';
  });
  if (wishes.length > 3 || parameters.text.includes('...'))
    refuse(say`How many arguments \`${name.text}\` takes can’t be seen here.`);
  const taken = new Set<string>([name.text]);
  const names = wishes.map((wish) => {
    const free = freeName([wish, 'item'], name, taken);
    taken.add(free);
    return free;
  });
  const list = names.join(', ');
  return [
    {
      span: { start: name.startIndex, end: name.endIndex },
      text: `(${list}) => ${open}() => ${name.text}(${list})${close}`,
    },
  ];
}

/** A callback that is a loop's body, or starts the requests itself. */
function ofEach(given: Node | undefined, repeated: Node, request: Request, run: Run): readonly Edit[] {
  const callback = given && unwrapped(given);
  const body = callback?.childForFieldName('body');
  if (callback?.type === 'arrow_function' && body && !isAsync(callback)) return inLoop(body, repeated, request, run);
  return ofCallback(given, run);
}

/** `promises.push(start(x))` → `promises.push(limit(() => start(x)))`. */
function inLoop(body: Node, loop: Node, { call: { at } }: Request, run: Run): readonly Edit[] {
  const fn = body.parent!.type === 'arrow_function' ? body.parent! : functionAround(body);
  const own = (node: Node) => functionAround(node).id === fn.id;
  const pushes = descendants(body, 'call_expression').filter((call) => {
    const callee = call.childForFieldName('function');
    return own(call) && callee?.childForFieldName('property')?.text === 'push';
  });
  const starts = pushes
    .flatMap((push) => namedChildren(push.childForFieldName('arguments')!))
    .filter((value) => unwrapped(value).type === 'call_expression');
  const holder = starts.find((start) => start.startIndex <= at.start && at.end <= start.endIndex);
  const [start, ...more] = holder ? [holder] : starts;
  if (!start && descendants(body, 'await_expression').some(own))
    refuse(say('The loop waits for each request before it sends the next, so there is no more than one at once.'));
  if (!start || more.length > 0) refuse(say('Where the loop starts its requests can’t be told.'));
  return ofStart(start, loop, run);
}

function ofStart(start: Node, loop: Node, run: Run): readonly Edit[] {
  const { open, close, text, style } = run;
  if (isLimited(start)) refuse(say('Each item is handed to a limiter already.'));
  const call = unwrapped(start);
  const invoked = unwrapped(call.childForFieldName('function')!);
  const immediate =
    invoked.type === 'arrow_function' && namedChildren(call.childForFieldName('arguments')!).length === 0;
  if (immediate && isGenerator(invoked)) refuse(say('Where the loop starts its requests can’t be told.'));
  refuseLaterValues(start, loop);
  if (!immediate) refuseOwnPromise(start);
  if (immediate)
    return [
      { span: { start: start.startIndex, end: invoked.startIndex }, text: open },
      { span: { start: invoked.endIndex, end: start.endIndex }, text: close },
    ];
  const handed = `${open}() => `;
  const lines = style.formatted && close === ')' && startsLine(text, start.startIndex);
  if (lines && !fits(start, handed.length + 1, text, style)) return inLines(start, { ...run, open: handed });
  return [insert(start.startIndex, handed), insert(start.endIndex, close)];
}

/** What stands in the start is read later than it was, when it may be something else. */
function refuseLaterValues(start: Node, loop: Node): void {
  for (const name of namesIn(start)) {
    const known = declarationOf(start, name);
    if (!known || known.kind === 'const' || known.kind === 'import') continue;
    if (known.scope.id === loop.id && known.kind === 'let') continue;
    const changed = assignmentsTo(name, known.scope).some((assignment) => !within(assignment, start));
    if (changed) refuse(say`\`${name}\` changes before the limiter would get to the request.`);
  }
  refuseChanges(start, (name) => say`\`${name}\` changes before the limiter would get to the request.`);
}

/** The SDK's promise can do more than the one that a limiter gives. */
function refuseOwnPromise(start: Node): void {
  const { text } = start.tree.rootNode;
  const others = text.slice(0, start.startIndex) + text.slice(start.endIndex);
  if (/\.(withResponse|asResponse)\b|\bAPIPromise\b/.test(others))
    refuse(say('The code uses the SDK’s own promise, which a limiter does not give.'));
}

/** `limit(() => …)`: handed as a function to something made beforehand. */
function isLimited(value: Node): boolean {
  const call = unwrapped(value);
  const callee = call.type === 'call_expression' ? call.childForFieldName('function') : null;
  const name = callee?.type === 'member_expression' ? callee.childForFieldName('object') : callee;
  const first = call.childForFieldName('arguments')?.namedChild(0);
  if (name?.type !== 'identifier' || !first || !functionKinds.has(first.type)) return false;
  const made = declarationOf(name, name.text)?.holder.childForFieldName('value');
  return made?.type === 'new_expression' || made?.type === 'call_expression';
}

function insert(at: number, text: string): Edit {
  return { span: { start: at, end: at }, text };
}
