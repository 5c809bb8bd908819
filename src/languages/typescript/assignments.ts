/** Lowers declarations, assignments and what they bind. */
import type { Expr, Stmt, Target } from '../../core/facts.ts';
import type { Span } from '../../core/span.ts';
import type { Scope } from '../scope.ts';
import { expression, unwrapped } from './expressions.ts';
import { fieldOf, firstNamed, hasToken, lastNamed, type SyntaxNode, spanOfNode } from './nodes.ts';
import { propertyName } from './objects.ts';
import { deepest, type Place, type Reader } from './reader.ts';
import { annotation } from './types.ts';

/** `let`, `const`, `var`. `at` is the statement's span where it is more than the declaration (`export`). */
export function declaration(r: Reader, node: SyntaxNode, place: Place, out: Stmt[], at: Span = spanOfNode(node)): void {
  const scope = node.kind === 'variable_declaration' ? place.hoist : place.scope;
  const declarators = node.children.filter((it) => it.kind === 'variable_declarator');
  for (const it of declarators) {
    const name = fieldOf(it, 'name');
    if (!name) continue;
    const target = bound(r, name, place, scope, annotation(r, fieldOf(it, 'type'), place));
    const value = fieldOf(it, 'value');
    if (!value) continue;
    const own = declarators.length === 1 ? at : spanOfNode(it);
    out.push({ k: 'assign', at: own, target, value: expression(r, value, place), augmented: false });
  }
}

/** An expression that is a whole statement. */
export function expressionStatement(r: Reader, node: SyntaxNode, place: Place, out: Stmt[], at: Span): void {
  const inner = unwrapped(node);
  switch (inner.kind) {
    case 'assignment_expression':
    case 'augmented_assignment_expression':
    case 'update_expression':
      out.push(assignment(r, inner, place, at));
      return;
    case 'sequence_expression':
      for (const it of inner.children) if (it.named) expressionStatement(r, it, place, out, spanOfNode(it));
      return;
    case 'await_expression': {
      // `await using x = y`: the grammar knows the assignment, not the declaration.
      const declared = firstNamed(inner);
      if (declared && hasToken(declared, 'using')) out.push(assignment(r, declared, place, at));
      else out.push({ k: 'expr', at, value: expression(r, inner, place) });
      return;
    }
    default:
      out.push({ k: 'expr', at, value: expression(r, inner, place) });
  }
}

function assignment(r: Reader, node: SyntaxNode, place: Place, at: Span): Stmt {
  const { left, value, op } = sides(r, node, place);
  const target = hasToken(node, 'using') ? bound(r, left, place, place.scope) : assigned(r, left, place);
  // `x ??= y` gives x the value y, or leaves it alone: an assignment like any other that may happen.
  const augmented = op !== undefined && !isLogical(op);
  return { k: 'assign', at, target, value, augmented, ...(augmented && { op }) };
}

export function assignmentExpression(r: Reader, node: SyntaxNode, place: Place): Expr {
  const { left, value, op } = sides(r, node, place);
  const written = op === '||' ? '??' : op;
  return {
    k: 'assign',
    at: spanOfNode(node),
    target: assigned(r, left, place),
    value,
    ...(written && { op: written }),
  };
}

const isLogical = (op: string): boolean => op === '??' || op === '||' || op === '&&';

function sides(r: Reader, node: SyntaxNode, place: Place): { left: SyntaxNode; value: Expr; op?: string } {
  if (node.kind === 'update_expression') {
    const sign = fieldOf(node, 'operator');
    const at = spanOfNode(sign ?? node);
    return { left: fieldOf(node, 'argument') ?? node, value: { k: 'other', at, parts: [] }, op: sign?.kind[0] ?? '+' };
  }
  const left = fieldOf(node, 'left') ?? node;
  const right = fieldOf(node, 'right');
  const value: Expr = right ? expression(r, right, place) : { k: 'other', at: spanOfNode(node), parts: [] };
  const op = fieldOf(node, 'operator')?.kind.slice(0, -1);
  return { left, value, ...(op && { op }) };
}

/** What a declaration binds; its names are declared in `scope`. */
export function bound(r: Reader, node: SyntaxNode, place: Place, scope: Scope, type?: Expr): Target {
  return target(r, node, place, (name) => ({
    k: 'var',
    at: spanOfNode(name),
    var: scope.declare(r.textOf(name), spanOfNode(name), { k: 'local' }, type),
  }));
}

/** What an assignment changes. */
export function assigned(r: Reader, node: SyntaxNode, place: Place): Target {
  return target(r, node, place, (name) => r.assigned(name, place));
}

type Part = (Target & { k: 'pattern' })['parts'][number];
type Bind = (name: SyntaxNode) => Target;

function target(r: Reader, whole: SyntaxNode, place: Place, bind: Bind): Target {
  const node = unwrapped(whole);
  const at = spanOfNode(node);
  switch (node.kind) {
    case 'identifier':
    case 'shorthand_property_identifier':
    case 'shorthand_property_identifier_pattern':
      return node.start === node.end ? { k: 'other', at } : bind(node);
    case 'member_expression':
    case 'subscript_expression': {
      const value = expression(r, node, place);
      if (value.k === 'attr') return { k: 'attr', at, of: value.of, name: value.name };
      return value.k === 'index' ? { k: 'index', at, of: value.of, index: value.index } : { k: 'other', at };
    }
    case 'object_pattern':
    case 'array_pattern': {
      if (r.depth >= deepest) return { k: 'other', at };
      r.depth++;
      const parts = node.kind === 'object_pattern' ? properties(r, node, place, bind) : items(r, node, place, bind);
      r.depth--;
      return { k: 'pattern', at, parts };
    }
    default:
      return { k: 'other', at };
  }
}

function properties(r: Reader, node: SyntaxNode, place: Place, bind: Bind): Part[] {
  const parts: Part[] = [];
  for (const it of node.children) {
    if (it.kind === 'shorthand_property_identifier_pattern') parts.push({ key: r.textOf(it), target: bind(it) });
    else if (it.kind === 'rest_pattern') parts.push(...rest(r, it, place, bind));
    else if (it.kind === 'object_assignment_pattern') {
      const name = fieldOf(it, 'left');
      if (name) parts.push({ key: r.textOf(name), ...withDefault(r, it, place, bind) });
    } else if (it.kind === 'pair_pattern') {
      const key = fieldOf(it, 'key');
      const value = fieldOf(it, 'value');
      if (key && value) parts.push({ key: propertyName(r, key), ...withDefault(r, value, place, bind) });
    }
  }
  return parts;
}

function items(r: Reader, node: SyntaxNode, place: Place, bind: Bind): Part[] {
  const parts: Part[] = [];
  let position = 0;
  for (const it of node.children) {
    if (it.kind === ',') position++;
    else if (it.kind === 'rest_pattern') parts.push(...rest(r, it, place, bind));
    else if (it.named) parts.push({ key: position, ...withDefault(r, it, place, bind) });
  }
  return parts;
}

function rest(r: Reader, node: SyntaxNode, place: Place, bind: Bind): Part[] {
  const inner = lastNamed(node);
  return inner ? [{ key: '...', target: target(r, inner, place, bind) }] : [];
}

function withDefault(r: Reader, node: SyntaxNode, place: Place, bind: Bind): Omit<Part, 'key'> {
  if (node.kind !== 'assignment_pattern' && node.kind !== 'object_assignment_pattern')
    return { target: target(r, node, place, bind) };
  const left = fieldOf(node, 'left') ?? node;
  const right = fieldOf(node, 'right');
  return { target: target(r, left, place, bind), ...(right && { default: expression(r, right, place) }) };
}

/** Names that a pattern binds. */
export function boundNames(r: Reader, node: SyntaxNode): string[] {
  const found: string[] = [];
  const open = [node];
  for (let it = open.pop(); it; it = open.pop()) {
    if (it.kind === 'identifier' || it.kind === 'shorthand_property_identifier_pattern') found.push(r.textOf(it));
    else if (it.kind === 'pair_pattern') open.push(...it.children.filter((part) => part.field === 'value'));
    else if (it.kind.endsWith('assignment_pattern')) open.push(...it.children.filter((part) => part.field === 'left'));
    else if (it.kind.endsWith('_pattern')) open.push(...it.children);
  }
  return found.reverse();
}
