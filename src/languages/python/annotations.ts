/** Python's type annotations, those in strings included. */
import type { Expr } from '../../core/facts.ts';
import type { Span } from '../../core/span.ts';
import { readExpression } from './expressions.ts';
import { stringShape } from './literals.ts';
import { deepest, type Place, textOf } from './place.ts';
import { child, firstNamed, named, type SyntaxNode, spanOf, unwrap } from './tree.ts';

export function readType(place: Place, written: SyntaxNode): Expr {
  const node = unwrap(written);
  const { file } = place;
  if (file.depth >= deepest) return { k: 'other', at: spanOf(node), parts: [] };
  file.depth++;
  const expr = readTypeNode(place, node);
  file.depth--;
  return expr;
}

function readTypeNode(place: Place, node: SyntaxNode): Expr {
  const at = spanOf(node);
  switch (node.type) {
    case 'type': {
      const inner = firstNamed(node);
      return inner ? readType(place, inner) : { k: 'other', at, parts: [] };
    }
    case 'string':
      return readQuoted(place, node) ?? readExpression(place, node);
    case 'binary_operator':
    case 'union_type': {
      const [left, right] = named(node);
      if (!left || !right) return readExpression(place, node);
      return { k: 'binary', at, op: '|', left: readType(place, left), right: readType(place, right) };
    }
    case 'generic_type': {
      const [of, parameters] = named(node);
      if (!of || !parameters) return readExpression(place, node);
      return generic(place, node, of, named(parameters));
    }
    case 'subscript': {
      const of = child(node, 'value');
      const items = node.children.filter((it) => it.field === 'subscript');
      return of ? generic(place, node, of, items) : readExpression(place, node);
    }
    case 'list':
      return { k: 'list', at, items: named(node).map((it) => readType(place, it)) };
    case 'constrained_type':
    case 'splat_type':
    case 'member_type':
      return { k: 'other', at, parts: named(node).map((it) => readType(place, it)) };
    default:
      return readExpression(place, node);
  }
}

/** `Literal["a"]` is about the string; everywhere else a string is a type written early. */
function generic(place: Place, node: SyntaxNode, of: SyntaxNode, items: readonly SyntaxNode[]): Expr {
  const literal = /(^|\.)Literal$/.test(textOf(place, of));
  const read = (it: SyntaxNode) =>
    literal ? readExpression(place, (it.type === 'type' && firstNamed(it)) || it) : readType(place, it);
  const parts = items.map(read);
  const index: Expr =
    parts.length === 1
      ? parts[0]!
      : { k: 'list', at: { start: items[0]?.start ?? node.end, end: items.at(-1)?.end ?? node.end }, items: parts };
  return { k: 'index', at: spanOf(node), of: readExpression(place, of), index };
}

interface Token extends Span {
  readonly text: string;
}

/** Names with dots, brackets and `|` inside a string; undefined where the string says anything else. */
function readQuoted(place: Place, node: SyntaxNode): Expr | undefined {
  const text = textOf(place, node);
  const { prefix, quote, inside } = stringShape(text);
  if (prefix !== '' || inside.length > 500) return undefined;
  const begin = node.start + prefix.length + quote.length;
  const tokens: Token[] = [];
  for (const match of inside.matchAll(/([\p{L}_][\p{L}\p{N}_]*)|\.\.\.|[.[\],|]|\s+|./gsu)) {
    if (/^\s/.test(match[0])) continue;
    tokens.push({ text: match[0], start: begin + match.index, end: begin + match.index + match[0].length });
  }
  return readTokens(place, tokens);
}

function readTokens(place: Place, tokens: readonly Token[]): Expr | undefined {
  let next = 0;
  const sees = (text: string) => tokens[next]?.text === text;
  const takes = (text: string) => sees(text) && ++next > 0;

  const union = (depth: number): Expr | undefined => {
    let left = reference(depth);
    while (left && takes('|')) {
      const right = reference(depth);
      left = right && { k: 'binary', at: { start: left.at.start, end: right.at.end }, op: '|', left, right };
    }
    return left;
  };
  const reference = (depth: number): Expr | undefined => {
    let of = primary(depth);
    while (of) {
      if (takes('.')) {
        const name = tokens[next++];
        of =
          name && isName(name.text)
            ? { k: 'attr', at: { start: of.at.start, end: name.end }, of, name: name.text }
            : undefined;
      } else if (sees('[')) {
        const list = items(depth);
        if (!list) return undefined;
        const index = list.items.length === 1 ? list.items[0]! : list;
        of = { k: 'index', at: { start: of.at.start, end: list.at.end }, of, index };
      } else break;
    }
    return of;
  };
  const primary = (depth: number): Expr | undefined => {
    if (sees('[')) return items(depth);
    const token = tokens[next++];
    if (!token) return undefined;
    const at = { start: token.start, end: token.end };
    if (token.text === 'None') return { k: 'lit', at, value: null };
    if (token.text === '...') return { k: 'other', at, parts: [] };
    return isName(token.text) ? place.scope.use(token.text, at) : undefined;
  };
  const items = (depth: number): (Expr & { k: 'list' }) | undefined => {
    if (depth > 20) return undefined;
    const { start } = tokens[next++]!;
    const list: Expr[] = [];
    while (!sees(']')) {
      const item = union(depth + 1);
      if (!item) return undefined;
      list.push(item);
      if (!takes(',')) break;
    }
    const end = tokens[next++];
    return end?.text === ']' ? { k: 'list', at: { start, end: end.end }, items: list } : undefined;
  };

  const expr = union(0);
  return next === tokens.length ? expr : undefined;
}

function isName(text: string): boolean {
  return /^[\p{L}_]/u.test(text);
}
