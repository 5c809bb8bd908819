/** Python's compound statements: `if`, loops, `try`, `with`. */
import type { Expr, Handler, Stmt, Target, WithItem } from '../../core/facts.ts';
import { readExpression, readOne } from './expressions.ts';
import { type Place, room, textOf } from './place.ts';
import { readSuite } from './statements.ts';
import { readTarget } from './targets.ts';
import { child, firstNamed, holds, named, type SyntaxNode, spanOf, unwrap } from './tree.ts';

/** A chain of `elif`s nests in the `else`s. What is too long to nest follows there as `if`s of their own. */
export function readIf(place: Place, node: SyntaxNode): Stmt[] {
  const { file } = place;
  const outside = file.depth;
  const most = room(file);
  const otherwise: Stmt[] = [];
  const branches: (Stmt & { k: 'if' })[] = [];
  for (const it of [node, ...node.children.filter(({ field }) => field === 'alternative')]) {
    file.depth = outside + Math.min(branches.length, most);
    if (it.type === 'else_clause') otherwise.push(...readSuite(place, it));
    else branches.push(readBranch(place, it, node.end));
  }
  file.depth = outside;
  let rest: readonly Stmt[] = otherwise;
  if (branches.length > most) {
    const flat = branches.splice(most);
    rest = [...flat.slice(0, -1), { ...flat.at(-1)!, else: otherwise }];
  }
  for (let it = branches.pop(); it; it = branches.pop()) rest = [{ ...it, else: rest }];
  return [...rest];
}

function readBranch(place: Place, node: SyntaxNode, end: number): Stmt & { k: 'if' } {
  const condition = child(node, 'condition');
  const test = readExpressionOf(place, node, condition);
  const typeOnly = condition !== undefined && /^(\w+\.)*TYPE_CHECKING$/.test(textOf(place, condition));
  const then = readSuite(typeOnly ? { ...place, typeOnly } : place, node);
  return { k: 'if', at: { start: node.start, end }, test, then, else: [] };
}

export function readWhile(place: Place, node: SyntaxNode): Stmt[] {
  const test = readExpressionOf(place, node, child(node, 'condition'));
  const body = readSuite(place, node);
  return [{ k: 'loop', at: spanOf(node), form: 'while', test, body, orElse: readElse(place, node) }];
}

export function readFor(place: Place, node: SyntaxNode): Stmt[] {
  const left = child(node, 'left');
  const right = node.children.filter((it) => it.field === 'right' && it.named);
  const iter: Expr = right.length > 0 ? readOne(place, right) : missing(node);
  const target: Target = left ? readTarget(place, left) : { k: 'other', at: { start: node.start, end: node.start } };
  const form = holds(node, 'async') ? 'forAwait' : 'for';
  const body = readSuite(place, node);
  return [{ k: 'loop', at: spanOf(node), form, target, iter, body, orElse: readElse(place, node) }];
}

export function readTry(place: Place, node: SyntaxNode): Stmt[] {
  const body = readSuite(place, node);
  const handlers: Handler[] = [];
  let final: Stmt[] = [];
  for (const it of node.children) {
    if (it.type === 'except_clause' || it.type === 'except_group_clause') handlers.push(readHandler(place, it));
    if (it.type === 'finally_clause') final = readSuite(place, it);
  }
  return [{ k: 'try', at: spanOf(node), body, handlers, orElse: readElse(place, node), final }];
}

function readHandler(place: Place, node: SyntaxNode): Handler {
  const values = node.children.filter((it) => it.field === 'value' && it.named);
  const classes: SyntaxNode[] = [];
  let alias: SyntaxNode | undefined;
  for (const value of values) {
    if (value.type === 'as_pattern') {
      const target = child(value, 'alias');
      alias = target && firstNamed(target);
    }
    const caught = unwrap(value.type === 'as_pattern' ? (firstNamed(value) ?? value) : value);
    classes.push(...(caught.type === 'tuple' ? named(caught) : [caught]));
  }
  alias ??= child(node, 'alias');
  // Python 2's `except Class, error`; today's `except A, B` names two classes.
  if (!alias && values.length === 2 && /^[a-z_]\w*$/.test(textOf(place, values[1]!))) alias = classes.pop();
  const catches = classes.map((it) => readExpression(place, it));
  const name = alias?.type === 'identifier' ? place.owner.declare(textOf(place, alias), spanOf(alias)) : undefined;
  return {
    at: spanOf(node),
    ...(catches.length > 0 && { catches }),
    ...(name !== undefined && { var: name }),
    body: readSuite(place, node),
  };
}

export function readWith(place: Place, node: SyntaxNode): Stmt[] {
  const async = holds(node, 'async');
  const clause = node.children.find((it) => it.type === 'with_clause');
  const items = (clause?.children ?? []).filter((it) => it.named).map((it) => readWithItem(place, it, async));
  return [{ k: 'with', at: spanOf(node), items, body: readSuite(place, node) }];
}

function readWithItem(place: Place, node: SyntaxNode, async: boolean): WithItem {
  const item = unwrap(child(node, 'value') ?? node);
  const alias = item.type === 'as_pattern' ? child(item, 'alias') : undefined;
  const value = alias ? firstNamed(item) : item;
  if (!alias || !value) return { value: readExpression(place, item), async };
  const entered = readExpression(place, value);
  return { value: entered, target: readTarget(place, alias), async };
}

function readElse(place: Place, node: SyntaxNode): Stmt[] {
  const clause = node.children.find((it) => it.type === 'else_clause');
  return clause ? readSuite(place, clause) : [];
}

function readExpressionOf(place: Place, node: SyntaxNode, written: SyntaxNode | undefined): Expr {
  return written ? readExpression(place, written) : missing(node);
}

function missing({ start }: SyntaxNode): Expr {
  return { k: 'other', at: { start, end: start }, parts: [] };
}
