/** Python's calls, attributes and subscripts: chains that grow to the right. */
import type { Arg, Expr } from '../../core/facts.ts';
import { readExpression, readIndex, readOther } from './expressions.ts';
import { type Place, room, textOf } from './place.ts';
import { child, firstNamed, type SyntaxNode, spanOf, unwrap } from './tree.ts';

const bases: Readonly<Record<string, string>> = { call: 'function', attribute: 'object', subscript: 'value' };

/** Reads from the innermost link outwards, in a loop. Of a chain too long to nest, the first links become one `other`. */
export function readPostfix(place: Place, node: SyntaxNode): Expr {
  const { file } = place;
  const links: SyntaxNode[] = [];
  let base = node;
  for (;;) {
    const inner = bases[base.type] && child(base, bases[base.type]!);
    if (!inner) break;
    links.push(base);
    base = unwrap(inner);
  }
  if (links.length === 0) return readOther(place, node);
  const outside = file.depth;
  const most = room(file);
  file.depth = outside + Math.min(links.length, most);
  let expr = readExpression(place, base);
  const flat = links.splice(most);
  if (flat.length > 0) {
    const parts = [expr, ...flat.reverse().flatMap((link) => contents(place, link))];
    expr = { k: 'other', at: spanOf(flat.at(-1)!), parts };
  }
  for (let link = links.pop(); link; link = links.pop()) {
    file.depth = outside + links.length;
    expr = extend(place, link, expr);
  }
  file.depth = outside;
  return expr;
}

function extend(place: Place, node: SyntaxNode, of: Expr): Expr {
  const at = spanOf(node);
  if (node.type === 'attribute') {
    const name = child(node, 'attribute');
    return { k: 'attr', at, of, name: name ? textOf(place, name) : '' };
  }
  if (node.type === 'subscript') return { k: 'index', at, of, index: readIndex(place, node) };
  const args = readArguments(place, child(node, 'arguments'));
  const known = knownCall(place, of, args, node);
  return known ?? { k: 'call', at, callee: of, args, isNew: false };
}

/** What one link holds besides the link before it. */
function contents(place: Place, node: SyntaxNode): Expr[] {
  if (node.type === 'call') return readArguments(place, child(node, 'arguments')).map(({ value }) => value);
  return node.type === 'subscript' ? [readIndex(place, node)] : [];
}

export function readArguments(place: Place, node: SyntaxNode | undefined): Arg[] {
  if (!node) return [];
  if (node.type !== 'argument_list') return [{ value: readExpression(place, node) }];
  const args: Arg[] = [];
  for (const it of node.children) if (it.named) args.push(readArgument(place, it));
  return args;
}

function readArgument(place: Place, node: SyntaxNode): Arg {
  if (node.type === 'keyword_argument') {
    const name = child(node, 'name');
    const value = child(node, 'value');
    if (name && value) return { name: textOf(place, name), value: readExpression(place, value) };
  }
  const spread = node.type === 'list_splat' ? 'list' : node.type === 'dictionary_splat' ? 'dict' : undefined;
  const value = spread && firstNamed(node);
  return spread && value ? { spread, value: readExpression(place, value) } : { value: readExpression(place, node) };
}

/** Calls that mean something of their own: `super()`, and modules by name. */
function knownCall(place: Place, callee: Expr, args: readonly Arg[], node: SyntaxNode): Expr | undefined {
  if (callee.k !== 'name' && callee.k !== 'attr') return undefined;
  const at = spanOf(node);
  if (
    callee.k === 'name' &&
    callee.name === 'super' &&
    args.every(({ value }) => value.k === 'name' || value.k === 'self')
  )
    return { k: 'super', at, ...(place.self && { cls: place.self.cls }) };
  if (callee.name !== 'import_module' && !(callee.k === 'name' && callee.name === '__import__')) return undefined;
  const module = args[0]?.value;
  return module?.k === 'lit' && typeof module.value === 'string'
    ? { k: 'module', at, module: module.value }
    : undefined;
}
