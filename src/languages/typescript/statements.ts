/** Lowers statements. */
import type { Expr, Handler, Stmt } from '../../core/facts.ts';
import { bound, declaration, expressionStatement } from './assignments.ts';
import { declared } from './declarations.ts';
import { expression } from './expressions.ts';
import { takenApart } from './functions.ts';
import { loop } from './loops.ts';
import { exportStatement, importAlias, importStatement } from './modules.ts';
import { fieldOf, firstNamed, type SyntaxNode, spanOfNode } from './nodes.ts';
import { blockIn, deepest, type Place, type Reader } from './reader.ts';
import { recovered } from './recovery.ts';
import { annotation } from './types.ts';

export function statements(r: Reader, nodes: readonly SyntaxNode[], place: Place): Stmt[] {
  const out: Stmt[] = [];
  for (const it of nodes) if (it.named) statement(r, it, place, out);
  return out;
}

/** The statements of a loop, a branch, a `try`: a block, or one statement alone. */
export function blockOf(r: Reader, node: SyntaxNode | undefined, outer: Place): Stmt[] {
  if (!node) return [];
  const place = blockIn(outer);
  return statements(r, node.kind === 'statement_block' ? node.children : [node], place);
}

export function statement(r: Reader, node: SyntaxNode, place: Place, out: Stmt[]): void {
  if (r.depth >= deepest) {
    const at = spanOfNode(node);
    out.push({ k: 'expr', at, value: { k: 'other', at, parts: [] } });
    return;
  }
  r.depth++;
  lower(r, node, place, out);
  r.depth--;
}

function lower(r: Reader, node: SyntaxNode, place: Place, out: Stmt[]): void {
  const at = spanOfNode(node);
  const inner = firstNamed(node);
  switch (node.kind) {
    case 'expression_statement':
      // A namespace is an expression to the grammar.
      if (inner && !declared(r, inner, place, out, at)) expressionStatement(r, inner, place, out, at);
      return;
    case 'lexical_declaration':
    case 'variable_declaration':
      declaration(r, node, place, out);
      return;
    case 'return_statement':
      out.push({ k: 'return', at, ...given(r, inner, place) });
      return;
    case 'throw_statement':
      out.push({ k: 'raise', at, ...given(r, inner, place) });
      return;
    case 'break_statement':
    case 'continue_statement':
      out.push({
        k: node.kind === 'break_statement' ? 'break' : 'continue',
        at,
        ...(inner && { label: r.textOf(inner) }),
      });
      return;
    case 'if_statement':
      out.push(ifStatement(r, node, place));
      return;
    case 'for_statement':
    case 'for_in_statement':
    case 'while_statement':
    case 'do_statement':
      out.push(loop(r, node, place));
      return;
    case 'try_statement':
      out.push(tryStatement(r, node, place));
      return;
    case 'switch_statement':
      out.push(switchStatement(r, node, place));
      return;
    case 'statement_block':
      out.push({ k: 'block', at, body: blockOf(r, node, place) });
      return;
    case 'labeled_statement':
      out.push(labelled(r, node, place));
      return;
    case 'with_statement':
      out.push({ k: 'expr', at, value: condition(r, node, 'object', place) });
      out.push({ k: 'block', at, body: blockOf(r, fieldOf(node, 'body'), place) });
      return;
    case 'import_statement':
      importStatement(r, node, place);
      return;
    case 'import_alias':
      importAlias(r, node, place, out);
      return;
    case 'export_statement':
      exportStatement(r, node, place, out);
      return;
    case 'ERROR':
      out.push(...recovered(r, node, place));
      return;
    default:
      if (!declared(r, node, place, out, at) && !silent.has(node.kind))
        out.push({ k: 'expr', at, value: expression(r, node, place) });
  }
}

/** Statements that do nothing when the program runs. */
const silent = new Set([
  'empty_statement',
  'debugger_statement',
  'interface_declaration',
  'type_alias_declaration',
  'function_signature',
  'comment',
]);

function given(r: Reader, node: SyntaxNode | undefined, place: Place): { value?: Expr } {
  return node ? { value: expression(r, node, place) } : {};
}

export function condition(r: Reader, node: SyntaxNode, field: string, place: Place): Expr {
  const found = fieldOf(node, field);
  return found ? expression(r, found, place) : { k: 'other', at: { start: node.start, end: node.start }, parts: [] };
}

/** `if` with all its `else if`, without recursion along them. */
function ifStatement(r: Reader, node: SyntaxNode, place: Place): Stmt {
  const arms: SyntaxNode[] = [];
  let last: SyntaxNode | undefined = node;
  while (last?.kind === 'if_statement') {
    arms.push(last);
    const alternative = fieldOf(last, 'alternative');
    last = alternative && firstNamed(alternative);
  }
  const { depth } = r;
  const exact = Math.min(arms.length, Math.max(1, deepest - depth - 5));
  r.depth = depth + exact;
  let rest = blockOf(r, last, place);
  const flat = arms.slice(exact);
  if (flat.length > 0) {
    // Too many to nest: one of the branches runs, as in a switch.
    const at = spanOfNode(flat[0]!);
    const parts = flat.map((it) => condition(r, it, 'condition', place));
    const cases = [...flat.map((it) => blockOf(r, fieldOf(it, 'consequence'), place)), rest];
    rest = [{ k: 'switch', at, subject: { k: 'other', at, parts }, cases }];
  }
  for (let index = exact - 1; index >= 0; index--) {
    const arm = arms[index]!;
    r.depth = depth + index;
    const test = condition(r, arm, 'condition', place);
    const then = blockOf(r, fieldOf(arm, 'consequence'), place);
    rest = [{ k: 'if', at: spanOfNode(arm), test, then, else: rest }];
  }
  r.depth = depth;
  return rest[0]!;
}

function tryStatement(r: Reader, node: SyntaxNode, place: Place): Stmt {
  const handler = fieldOf(node, 'handler');
  const finalizer = fieldOf(node, 'finalizer');
  return {
    k: 'try',
    at: spanOfNode(node),
    body: blockOf(r, fieldOf(node, 'body'), place),
    handlers: handler ? [catchClause(r, handler, place)] : [],
    orElse: [],
    final: finalizer ? blockOf(r, fieldOf(finalizer, 'body'), place) : [],
  };
}

function catchClause(r: Reader, node: SyntaxNode, outer: Place): Handler {
  const at = spanOfNode(node);
  const place = blockIn(outer);
  const parameter = fieldOf(node, 'parameter');
  const type = annotation(r, fieldOf(node, 'type'), outer);
  if (!parameter) return { at, body: blockOf(r, fieldOf(node, 'body'), place) };
  if (parameter.kind === 'identifier') {
    const own = place.scope.declare(r.textOf(parameter), spanOfNode(parameter), { k: 'local' }, type);
    return { at, var: own, body: blockOf(r, fieldOf(node, 'body'), place) };
  }
  const own = r.hidden(parameter, place.scope.fn, { k: 'local' }, type);
  const first = takenApart(r, bound(r, parameter, place, place.scope), own);
  return { at, var: own, body: [first, ...blockOf(r, fieldOf(node, 'body'), place)] };
}

function switchStatement(r: Reader, node: SyntaxNode, outer: Place): Stmt {
  const place = blockIn(outer);
  const cases = (fieldOf(node, 'body')?.children ?? []).filter((it) => it.kind.startsWith('switch_'));
  return {
    k: 'switch',
    at: spanOfNode(node),
    subject: condition(r, node, 'value', outer),
    cases: cases.map((it) => switchCase(r, it, place)),
  };
}

/** A case's value stands first, as an expression: it is evaluated there. */
function switchCase(r: Reader, node: SyntaxNode, place: Place): Stmt[] {
  const value = fieldOf(node, 'value');
  const test: Stmt[] = value ? [{ k: 'expr', at: spanOfNode(value), value: expression(r, value, place) }] : [];
  return [
    ...test,
    ...statements(
      r,
      node.children.filter((it) => it.field === 'body'),
      place,
    ),
  ];
}

function labelled(r: Reader, node: SyntaxNode, place: Place): Stmt {
  const at = spanOfNode(node);
  const name = fieldOf(node, 'label');
  const label = name ? r.textOf(name) : '';
  const inner = fieldOf(node, 'body');
  const body = blockOf(r, inner, place);
  const only = body[0];
  if (body.length === 1 && only?.k === 'loop' && inner?.kind !== 'statement_block') return { ...only, at, label };
  return { k: 'block', at, label, body };
}
