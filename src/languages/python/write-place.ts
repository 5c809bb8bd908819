/** Where a retry round a request can be written, and in which form. */
import type { Request } from '../../core/verdict.ts';
import { say, type Words } from '../../core/words.ts';
import type { Node, Tree } from '../syntax.ts';
import { endsLine, ownsLine } from './write-draft.ts';
import { contains } from './write-import-list.ts';
import { type Names, scopeOf } from './write-names.ts';
import { canGoBefore, hasMark } from './write-order.ts';
import { isPure } from './write-pure.ts';

export type Form =
  /** The whole statement is tried: nothing else in it does anything. */
  | { readonly k: 'statement'; readonly statement: Node }
  /** The request gets a statement of its own before this one. */
  | { readonly k: 'before'; readonly statement: Node; readonly value: Node }
  /** A context manager sends the request when it is entered: entering it is tried, on an exit stack. */
  | { readonly k: 'entered'; readonly statement: Node; readonly item: Node; readonly isAsync: boolean }
  /** The callee is wrapped where it stands. */
  | { readonly k: 'wrapped'; readonly isAsync: boolean }
  | { readonly k: 'refused'; readonly why: Words };

/** What the syntax says of a request. */
export interface Site {
  readonly call: Node;
  /** The call with the `await` that stands before it. */
  readonly value: Node;
  readonly awaited: boolean;
  /** The function, lambda, class or module round it. */
  readonly scope: Node;
  /** Whether waiting must leave the event loop free. */
  readonly inAsync: boolean;
  /** Notebooks show what the last expression of a cell gives; `at-cell-end` where a form feed ends a cell. */
  readonly valuesShown: 'at-cell-end' | 'nowhere';
}

export function siteOf(
  { root }: Tree,
  { call: { at } }: Request,
  valuesShown: Site['valuesShown'] = 'nowhere',
): Site | undefined {
  let call = root.descendantForIndex(at.start, at.end);
  while (call && (call.type !== 'call' || call.endIndex !== at.end) && call.startIndex === at.start) call = call.parent;
  if (call?.type !== 'call' || call.startIndex !== at.start || call.endIndex !== at.end) return undefined;
  let value = call;
  while (value.parent?.type === 'parenthesized_expression') value = value.parent;
  const awaited = value.parent?.type === 'await';
  const scope = scopeOf(call);
  return {
    call,
    value: awaited ? value.parent! : call,
    awaited,
    scope,
    inAsync: awaited || isAsyncFunction(scope),
    valuesShown,
  };
}

export function isAsyncFunction(scope: Node): boolean {
  return scope.type === 'function_definition' && scope.firstChild?.type === 'async';
}

export function formOf(tree: Tree, request: Request, site: Site, names: Names): Form {
  const { call, value, awaited } = site;
  if (isManager(request, call)) return enteredForm(tree, site, names);
  const never = unrepeatable(request, site);
  if (never !== undefined) return refused(never);

  const isAsync = awaited || request.async;
  const { statement, isDirect, inLoop } = statementOf(value);
  const hasRoom = isDirect && statement !== undefined && hasLines(tree, statement, site);
  const repeats =
    isPure(call.childForFieldName('arguments')!, names) && isPure(call.childForFieldName('function')!, names);
  const isCoroutine = isAsync && !awaited;
  if (hasRoom && repeats && !isCoroutine) {
    const runsOver = request.streams && (inLoop || value.parent?.type === 'argument_list');
    const isShown = site.valuesShown === 'at-cell-end' && endsCell(tree, statement);
    if (!runsOver && !isShown && isQuietStatement(statement, value, names) && endsLine(tree.text, statement.endIndex))
      return { k: 'statement', statement };
    const mustLeave = !isAsync && site.inAsync;
    if ((mustLeave || opensBlock(statement, value)) && canGoBefore(tree, statement, value, names))
      return { k: 'before', statement, value };
  }
  return wrappedForm(request, site);
}

/** The callee wrapped where it stands, which any place allows. */
export function wrappedForm(request: Request, site: Site): Form & { readonly k: 'wrapped' | 'refused' } {
  const { call, awaited, inAsync } = site;
  if (isManager(request, call)) return refused(say('The request is sent when the stream is opened, not by the call.'));
  const never = unrepeatable(request, site);
  if (never !== undefined) return refused(never);
  const isAsync = awaited || request.async;
  if (!isAsync && inAsync)
    return refused(
      say(
        'A synchronous call in an asynchronous function leaves no room here to wait without blocking the event loop.',
      ),
    );
  if (givesIterator(call))
    return refused(say('An argument is an iterator, which would be empty when the request is sent again.'));
  return { k: 'wrapped', isAsync };
}

/** Why the call can't be made again in any form. */
function unrepeatable(request: Request, { call, value }: Site): Words | undefined {
  const { shape } = request.method;
  if (shape === 'helper') return say('It sends several requests, and a retry would repeat those that succeeded.');
  if (shape === 'paginated' && !takesOnePage(value))
    return say('It asks for further pages later, which a retry of this call does not cover.');
  if (usesUpFile(request, call)) return say('The file that it sends would be at its end when it is sent again.');
  return undefined;
}

function refused(why: Words): Form & { k: 'refused' } {
  return { k: 'refused', why };
}

/** Whether the request is sent when a `with` block is entered or a stream is read, not when the call is made. */
function isManager({ path, method }: Request, call: Node): boolean {
  if (method.shape === 'stream' || /stream$/.test(path)) return true;
  return /\bwith_streaming_response\b/.test(call.childForFieldName('function')?.text ?? '');
}

/** Before 1.0 the SDK did not rewind files; one that is opened among the arguments is opened again. */
function usesUpFile({ sdk, path }: Request, call: Node): boolean {
  const isUpload = sdk.errors.module === 'openai.error' && /^(Audio|File|Image\.a?create_)/.test(path);
  return isUpload && !/\bopen\(/.test(call.childForFieldName('arguments')!.text);
}

function takesOnePage(value: Node): boolean {
  let node = value;
  while (node.parent?.type === 'parenthesized_expression') node = node.parent;
  return node.parent?.type === 'attribute' && node.parent.childForFieldName('attribute')?.text === 'data';
}

interface Around {
  readonly statement: Node | undefined;
  /** Whether the statement evaluates the value itself, in its own scope, and not more than once. */
  readonly isDirect: boolean;
  /** Whether a comprehension runs over it. */
  readonly inLoop: boolean;
}

const indirect =
  /^(lambda|\w+_comprehension|generator_expression|decorator|parameters|elif_clause|case_clause|class_definition|function_definition)$/;

function statementOf(value: Node): Around {
  let isDirect = true;
  let inLoop = false;
  for (let node = value; node.parent; node = node.parent) {
    const { parent } = node;
    if (parent.type === 'block' || parent.type === 'module') return { statement: node, isDirect, inLoop };
    // What the first loop of a comprehension runs over is evaluated once, ahead of it.
    if (
      node.type === 'for_in_clause' &&
      parent.namedChildren.find((child) => child?.type === 'for_in_clause')?.id === node.id &&
      contains(node.childForFieldName('right')!, value)
    )
      inLoop = true;
    else if (indirect.test(parent.type)) isDirect = false;
  }
  return { statement: undefined, isDirect: false, inLoop };
}

/** Whether statements can be written round this one: in a class body their variables would be attributes. */
function hasLines({ text }: Tree, { parent, startIndex }: Node, { scope }: Site): boolean {
  return (
    (parent?.type === 'module' || parent?.type === 'block') &&
    scope.type !== 'class_definition' &&
    ownsLine(text, startIndex)
  );
}

/** Whether the statement is an expression, and the last one of its cell; a semicolon behind it would hide its value. */
function endsCell({ text }: Tree, { type, parent, firstNamedChild, endIndex }: Node): boolean {
  if (type !== 'expression_statement' || parent?.type !== 'module' || /assignment$/.test(firstNamedChild?.type ?? ''))
    return false;
  return /^(?:[ \t]*(?:#[^\r\n]*)?\r?\n)*[ \t]*(?:#[^\r\n]*)?(?:\f|$)/.test(text.slice(endIndex));
}

/** Whether nothing in the statement but the request does anything, so that it can be tried again as a whole. */
function isQuietStatement(statement: Node, value: Node, names: Names): boolean {
  if (statement.type !== 'expression_statement' && statement.type !== 'return_statement') return false;
  return statement.namedChildren.every((child) => child === null || isQuiet(child, value, names));
}

function isQuiet(node: Node, value: Node, names: Names): boolean {
  if (node.id === value.id) return true;
  switch (node.type) {
    case 'assignment':
    case 'augmented_assignment':
      return node.namedChildren.every((child) => child === null || isQuiet(child, value, names));
    case 'parenthesized_expression':
    case 'named_expression':
      if (contains(node, value))
        return node.namedChildren.every((child) => child === null || isQuiet(child, value, names));
      return isPure(node, names);
    default:
      return isPure(node, names, value);
  }
}

/** Whether the statement runs a block over the value: a stream's loop or `with`. */
function opensBlock(statement: Node, value: Node): boolean {
  if (statement.type === 'for_statement') return contains(statement.childForFieldName('right')!, value);
  return statement.type === 'with_statement';
}

function enteredForm(tree: Tree, site: Site, names: Names): Form {
  const { call } = site;
  let value = call;
  while (value.parent?.type === 'parenthesized_expression') value = value.parent;
  const holder = value.parent?.type === 'as_pattern' ? value.parent : value;
  const item = holder.parent;
  const clause = item?.parent;
  const statement = clause?.parent;
  if (item?.type !== 'with_item' || clause?.type !== 'with_clause' || statement?.type !== 'with_statement')
    return refused(say('The request is sent when the stream is opened, which does not happen here.'));
  const why = say('There is no room for a retry round entering this `with` block.');
  const body = statement.childForFieldName('body');
  if (clause.lastNamedChild?.id !== item.id || !body || !ownsLine(tree.text, body.startIndex)) return refused(why);
  if (!hasLines(tree, statement, site)) return refused(why);
  const repeats =
    isPure(call.childForFieldName('arguments')!, names) && isPure(call.childForFieldName('function')!, names);
  if (!repeats || hasMark(tree, statement, call)) return refused(why);
  return { k: 'entered', statement, item, isAsync: statement.firstChild?.type === 'async' };
}

/** Whether an argument can be run over only once: the wrapped call would send nothing the second time. */
function givesIterator(call: Node): boolean {
  const args = call.childForFieldName('arguments')!;
  if (args.type === 'generator_expression') return true;
  return args.namedChildren.some((child) => {
    const value = child?.type === 'keyword_argument' ? child.childForFieldName('value') : child;
    return (
      value?.type === 'generator_expression' || /^(map|filter|zip|iter|reversed|enumerate)\(/.test(value?.text ?? '')
    );
  });
}
