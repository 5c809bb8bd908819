/** Where a request stands: the expression that makes its promise, what awaits it, and the statement and function around. */
import type { Span } from '../../core/span.ts';
import type { Request } from '../../core/verdict.ts';
import { say } from '../../core/words.ts';
import type { Node, Tree } from '../syntax.ts';
import { refuse } from './write-refusal.ts';
import { boundaryKinds, functionAround, isAsync, namedChildren } from './write-syntax.ts';

export interface Site {
  readonly call: Node;
  /** The callee without the `await` that the grammar pulls into it before type arguments. */
  readonly callee: Node;
  readonly args: Node;
  /** From the client's first letter to the end of what still belongs to the request's promise: `.withResponse()`. */
  readonly promise: Span;
  /** The promise with its `await`, where it is awaited on the spot. */
  readonly value: { readonly node: Node; readonly span: Span };
  readonly awaited: boolean;
  readonly fn: Node;
  /** The statement that evaluates the call, where there is one in the same function. */
  readonly statement?: Node;
  /** The arrow function whose body is an expression that holds the call, where no statement does. */
  readonly arrow?: Node;
}

/** Finds the call of the request in the tree. */
export function siteOf(tree: Tree, { call: { at } }: Request): Site {
  const call = callAt(tree.root, at);
  const args = call?.childForFieldName('arguments');
  const head = call?.childForFieldName('function');
  if (!call || !head || args?.type !== 'arguments') refuse(say('The call could not be found in the text.'));
  const pulled = head.type === 'await_expression';
  const callee = pulled ? namedChildren(head)[0]! : head;
  let node = call;
  for (let longer = delivered(node); longer; longer = delivered(node)) node = longer;
  const promise = { start: callee.startIndex, end: node.endIndex };
  let around = node;
  while (around.parent?.type === 'parenthesized_expression') around = around.parent;
  const awaiting = around.parent?.type === 'await_expression' ? around.parent : undefined;
  const value = pulled
    ? { node, span: { start: head.startIndex, end: node.endIndex } }
    : { node: awaiting ?? node, span: spanOf(awaiting ?? node) };
  const fn = functionAround(call);
  if (isBroken(fn, value.node)) refuse(say('The code around the call has a syntax error.'));
  return {
    call,
    callee,
    args,
    promise,
    value,
    awaited: pulled || awaiting !== undefined,
    fn,
    ...evaluator(value.node),
  };
}

/** Whether `await` may be written at the call. */
export function canAwait({ fn, statement }: Site): boolean {
  return statement !== undefined && isAsync(fn) && fn.type !== 'public_field_definition';
}

function callAt(root: Node, at: Span): Node | undefined {
  let node: Node | null = root.descendantForIndex(at.end - 1, at.end);
  for (; node; node = node.parent)
    if (node.type === 'call_expression' && node.endIndex === at.end && node.startIndex <= at.start) return node;
  return undefined;
}

/** `x.withResponse()` and `x.asResponse()`, which the request's own promise has and no other. */
function delivered(node: Node): Node | undefined {
  const member = node.parent;
  if (member?.type !== 'member_expression' || member.childForFieldName('object')?.id !== node.id) return undefined;
  if (!/^(withResponse|asResponse)$/.test(member.childForFieldName('property')?.text ?? '')) return undefined;
  return member.parent?.type === 'call_expression' && member.parent.childForFieldName('function')?.id === member.id
    ? member.parent
    : undefined;
}

/** Whether an error touches the function that a repair of `value` would change, or at the top level the statement. */
export function isBroken(fn: Node, value: Node): boolean {
  if (fn.type !== 'program') return fn.hasError;
  let statement = value;
  while (statement.parent && statement.parent.type !== 'program') statement = statement.parent;
  return statement.hasError;
}

const statementKinds: ReadonlySet<string> = new Set(
  `expression_statement lexical_declaration variable_declaration return_statement throw_statement if_statement
  while_statement do_statement for_statement for_in_statement switch_statement export_statement`.split(/\s+/),
);

/** Climbs from the call to what evaluates it. */
function evaluator(value: Node): Pick<Site, 'statement' | 'arrow'> {
  let inner = value;
  for (let node = value.parent; node; inner = node, node = node.parent) {
    if (statementKinds.has(node.type)) {
      // `for (let x = await …;;)` is part of its loop; `export const` of its export.
      const outer = node.parent;
      if (outer?.type === 'export_statement' || (outer?.type === 'for_statement' && !isBody(node, outer))) continue;
      return { statement: node };
    }
    if (node.type === 'arrow_function' && node.childForFieldName('body')?.id === inner.id) return { arrow: node };
    if (boundaryKinds.has(node.type) || node.type === 'formal_parameters' || node.type === 'class_body') return {};
    if (node.type === 'switch_case' || node.type === 'class_heritage' || node.type === 'decorator') return {};
  }
  return {};
}

function isBody(node: Node, parent: Node): boolean {
  return parent.childForFieldName('body')?.id === node.id;
}

function spanOf(node: Node): Span {
  return { start: node.startIndex, end: node.endIndex };
}
