/** How the requests of a fan-out are started: as coroutines that something awaits together, or by a pool of threads. */
import type { Repetition, Request } from '../../core/verdict.ts';
import { say, type Words } from '../../core/words.ts';
import type { Node, Tree } from '../syntax.ts';
import { ownsLine } from './write-draft.ts';
import { contains } from './write-import-list.ts';
import { type Names, scopeOf } from './write-names.ts';
import { isAsyncFunction, type Site } from './write-place.ts';

export type Fan =
  /** `starts`: the expressions that make the coroutines. `statement`: the one in front of which a limiter serves all of them. */
  | { readonly k: 'tasks'; readonly starts: readonly Node[]; readonly statement: Node }
  /** The call that makes the pool. */
  | { readonly k: 'pool'; readonly made: Node }
  | { readonly k: 'refused'; readonly why: Words };

/** How many functions may stand between the fan-out and the request. */
const deepest = 5;

export function fanOf(tree: Tree, request: Request, site: Site, { at }: Repetition, names: Names): Fan {
  const whole = tree.root.descendantForIndex(at.start, at.end);
  if (!whole || whole.startIndex !== at.start || whole.endIndex !== at.end)
    return refused(say('The requests are started in another file.'));
  const { uses, functions } = usesIn(tree, whole, site);
  if (uses.length === 0) return refused(unknown);
  for (const use of uses) {
    const pool = poolOf(use, names);
    if (pool) return pool;
  }
  const starts: Node[] = [];
  for (const use of uses) {
    const start = startOf(use, request, site, functions, names);
    if ('english' in start) return refused(start);
    if (isHeldBack(use, start)) return refused(limitedAlready);
    if (!starts.some(({ id }) => id === start.id)) starts.push(start);
  }
  if (starts.every((start) => !isRepeated(start, whole)))
    return refused(say`No more than ${starts.length} requests start here.`);
  const scope = scopeOf(starts[0]!).id;
  if (starts.some((start) => scopeOf(start).id !== scope)) return refused(unknown);
  const statement = inFront(starts[0]!);
  if (!statement || !ownsLine(tree.text, statement.startIndex) || statement.hasError)
    return refused(say('There is no room for a limiter in front of what starts the requests.'));
  if ([...starts, site.call, ...functions].some(isLimited)) return refused(limitedAlready);
  if (functions.some((each) => each.id === scopeOf(statement).id))
    return refused(say('The function calls itself: a limit round it could wait for itself.'));
  return { k: 'tasks', starts, statement };
}

function refused(why: Words): Fan {
  return { k: 'refused', why };
}

/** Where the request, or a function that leads to it, is used inside `whole`; and the functions between. */
function usesIn(
  tree: Tree,
  whole: Node,
  { call }: Site,
): { readonly uses: readonly Node[]; readonly functions: readonly Node[] } {
  if (contains(whole, call)) return { uses: [call], functions: [] };
  const functions: Node[] = [];
  let reached = [scopeOf(call)];
  for (let depth = 0; depth < deepest && reached.length > 0; depth++) {
    const defined = reached.filter(
      ({ type, id }) => type === 'function_definition' && functions.every((each) => each.id !== id),
    );
    functions.push(...defined);
    const named = new Set(defined.map((each) => each.childForFieldName('name')!.text));
    const found = (tree.root.descendantsOfType('identifier') as Node[]).filter(
      (node) => named.has(node.text) && isUse(node),
    );
    const inside = found.filter((node) => contains(whole, node)).map(asCall);
    if (inside.length > 0) return { uses: inside, functions };
    reached = found.map(scopeOf);
  }
  return { uses: [], functions };
}

/** Whether an identifier names the function where it is used: not where it is defined, nor as a keyword. */
function isUse(node: Node): boolean {
  const { parent } = node;
  if (parent?.type === 'function_definition') return false;
  return !(parent?.type === 'keyword_argument' && parent.childForFieldName('name')?.id === node.id);
}

/** The call of a function, or its name where that is handed on. */
function asCall(node: Node): Node {
  const callee =
    node.parent?.type === 'attribute' && node.parent.childForFieldName('attribute')?.id === node.id
      ? node.parent
      : node;
  const { parent } = callee;
  return parent?.type === 'call' && parent.childForFieldName('function')?.id === callee.id ? parent : callee;
}

/** The pool that runs the function, where its making is in this file. */
function poolOf(use: Node, names: Names): Fan | undefined {
  const call = use.parent?.type === 'argument_list' ? use.parent.parent : null;
  const callee = call?.childForFieldName('function');
  if (callee?.type !== 'attribute') return undefined;
  const method = callee.childForFieldName('attribute')!.text;
  const isInLoop = method === 'run_in_executor';
  if (!isInLoop && !/^(submit|map|i?map(_unordered|_async)?|starmap(_async)?|apply_async)$/.test(method))
    return undefined;
  const pool = isInLoop ? call?.childForFieldName('arguments')?.firstNamedChild : callee.childForFieldName('object');
  if (isInLoop && pool?.type === 'none')
    return refused(say('The event loop’s own pool of threads runs them, which has its limit.'));
  if (pool?.type === 'call') return isPool(pool) ? { k: 'pool', made: pool } : undefined;
  if (pool?.type !== 'identifier') return refused(say('Where the pool of threads is made can’t be told here.'));
  const [binding, ...others] = names.bindingsOf(pool);
  const made = binding && givenTo(binding);
  if (!made || others.length > 0 || !isPool(made))
    return refused(say('Where the pool of threads is made can’t be told here.'));
  return { k: 'pool', made };
}

function isPool(call: Node): boolean {
  return /(?:^|\.)(?:Thread|Process)Pool(?:Executor)?$/.test(call.childForFieldName('function')?.text ?? '');
}

/** What a variable is bound to: the right side of its assignment, or the context that it is the name of. */
function givenTo({ parent }: Node): Node | undefined {
  if (parent?.type === 'assignment') return parent.childForFieldName('right') ?? undefined;
  const value = parent?.type === 'as_pattern_target' ? parent.parent?.firstNamedChild : undefined;
  return value?.type === 'call' ? value : undefined;
}

/** The expression that makes the coroutine, or why there is none to limit. */
function startOf(use: Node, request: Request, { call }: Site, functions: readonly Node[], names: Names): Node | Words {
  if (use.type !== 'call') {
    const list = use.parent?.type === 'argument_list' ? use.parent : undefined;
    const outer = list?.parent;
    const name = outer?.childForFieldName('function')?.text ?? '';
    if (list?.firstNamedChild?.id !== use.id || !outer) return unknown;
    if (/(?:^|\.)to_thread$/.test(name)) return startRound(outer, names);
    return name === 'map' && isAsyncUse(use, request, call, functions) ? outer : unknown;
  }
  if (!isAsyncUse(use, request, call, functions)) {
    const { parent } = use;
    return parent?.type === 'lambda' ? unknown : sequential;
  }
  return startRound(use, names);
}

/** The outermost coroutine made of it: a time limit round a request must not count the wait for its turn. */
function startRound(use: Node, names: Names): Node | Words {
  let inner = use;
  while (inner.parent?.type === 'parenthesized_expression') inner = inner.parent;
  const { parent } = inner;
  if (parent?.type === 'await') return sequential;
  if (parent && parts.test(parent.type)) return use;
  const call = parent?.type === 'argument_list' ? parent.parent : null;
  const callee = call?.childForFieldName('function');
  const name = callee?.text.split('.').at(-1) ?? '';
  if (call && callee && (name === 'wait_for' || (callee.type === 'identifier' && isCoroutineFunction(callee, names))))
    return startRound(call, names);
  if (/^run(_until_complete)?$/.test(name)) return sequential;
  return starters.has(name) ? use : unknown;
}

/** What keeps a coroutine, or a task of it, for others to await. */
const parts = /_comprehension$|^(generator_expression|list|tuple|set|pair|assignment|expression_list)$/;
const starters = new Set('gather create_task ensure_future as_completed wait append add extend Task'.split(' '));

function isCoroutineFunction(name: Node, names: Names): boolean {
  const definitions = names.bindingsOf(name).map(({ parent }) => parent);
  return definitions.length > 0 && definitions.every((each) => each !== null && isAsyncFunction(each));
}

const unknown = say('How the requests are started can’t be told here.');
const sequential = say('The requests are sent one after another, so that no two run at once.');

/** Whether what is used makes a coroutine: the request itself, or a function that is asynchronous. */
function isAsyncUse(use: Node, request: Request, call: Node, functions: readonly Node[]): boolean {
  if (use.id === call.id) return request.async;
  const name = (use.type === 'call' ? use.childForFieldName('function')! : use).text.split('.').at(-1);
  const named = functions.filter((each) => each.childForFieldName('name')!.text === name);
  return named.length > 0 && named.every(isAsyncFunction);
}

/** Whether it is made more than once: in a loop, in a comprehension, by `map`. */
function isRepeated(start: Node, whole: Node): boolean {
  if (start.childForFieldName('function')?.text === 'map') return true;
  for (let node: Node | null = start; node; node = node.parent) {
    if (/_comprehension$|^generator_expression$|^(for|while)_statement$/.test(node.type)) return true;
    if (node.id === whole.id) return false;
  }
  return false;
}

/** The statement round it, or the outermost loop in its function: in there each round would have a limiter of its own. */
function inFront(start: Node): Node | undefined {
  const scope = scopeOf(start);
  let statement: Node | undefined;
  for (let node: Node | null = start; node && node.id !== scope.id; node = node.parent) {
    const isLine = node.parent?.type === 'block' || node.parent?.type === 'module';
    if (isLine && (statement === undefined || /^(for|while)_statement$/.test(node.type))) statement = node;
  }
  return scope.type === 'function_definition' || scope.type === 'module' ? statement : undefined;
}

const limitedAlready = say('A limiter holds these requests back already.');

function isHeldBack(use: Node, start: Node): boolean {
  for (let node: Node | null = use; node; node = node.parent) {
    if (isLimited(node)) return true;
    if (node.id === start.id) return false;
  }
  return false;
}

/** Whether a limiter stands round it, in its function, or in the function that it is handed to. */
function isLimited(node: Node): boolean {
  if (node.type === 'function_definition') return (node.descendantsOfType('with_item') as Node[]).some(isLimiter);
  for (let outer = node.parent; outer; outer = outer.parent) {
    if (outer.type === 'with_statement') {
      const clause = outer.namedChildren.find((child) => child?.type === 'with_clause');
      if (clause?.namedChildren.some((item) => item && isLimiter(item))) return true;
    }
    if (outer.type === 'function_definition') break;
  }
  const callee = node.parent?.type === 'argument_list' ? node.parent.parent?.childForFieldName('function') : null;
  if (callee?.type !== 'identifier') return false;
  const scope = scopeOf(node);
  const definitions = scope.descendantsOfType('function_definition') as Node[];
  return definitions.some((each) => each.childForFieldName('name')?.text === callee.text && isLimited(each));
}

/** Told by its name: `semaphore`, `self.limiter`, `limit()`. */
function isLimiter(item: Node): boolean {
  return /(sem|semaphore|limit|limiter|throttle|throttler)s?(?:\(.*\)|\[.*\])?(?: as .*)?$/is.test(item.text.trim());
}
