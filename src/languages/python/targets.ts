/** What Python assigns to: names, attributes, subscripts, and patterns of them. */
import type { Target } from '../../core/facts.ts';
import { readExpression, readIndex } from './expressions.ts';
import { deepest, type Place, textOf } from './place.ts';
import { child, firstNamed, named, type SyntaxNode, spanOf, unwrap } from './tree.ts';

/** Names are declared in the place's scope `within`: a loop of a comprehension binds in the comprehension. */
export function readTarget(place: Place, node: SyntaxNode, within = place.owner): Target {
  const at = spanOf(node);
  switch (node.type) {
    case 'identifier':
      return node.start < node.end
        ? { k: 'var', at, var: within.declare(textOf(place, node), at) }
        : { k: 'other', at };
    case 'attribute': {
      const of = child(node, 'object');
      const name = child(node, 'attribute');
      return of && name
        ? { k: 'attr', at, of: readExpression(place, of), name: textOf(place, name) }
        : { k: 'other', at };
    }
    case 'subscript': {
      const of = child(node, 'value');
      return of ? { k: 'index', at, of: readExpression(place, of), index: readIndex(place, node) } : { k: 'other', at };
    }
    case 'parenthesized_expression': {
      const inner = unwrap(node);
      return inner === node ? { k: 'other', at } : readTarget(place, inner, within);
    }
    case 'as_pattern_target': {
      const inner = firstNamed(node);
      return inner ? readTarget(place, inner, within) : { k: 'other', at };
    }
    case 'tuple_pattern':
    case 'list_pattern':
    case 'pattern_list':
    case 'tuple':
    case 'list':
    case 'expression_list':
      return readPattern(place, node, within);
    default:
      return { k: 'other', at };
  }
}

function readPattern(place: Place, node: SyntaxNode, within: Place['owner']): Target {
  const { file } = place;
  const at = spanOf(node);
  const items = named(node);
  // `(a) = 1` has the shape of a tuple but means `a = 1`.
  if (node.type === 'tuple_pattern' && items.length === 1 && !node.children.some((it) => it.type === ','))
    if (items[0]!.type !== 'list_splat_pattern') return readTarget(place, items[0]!, within);
  if (file.depth >= deepest) return { k: 'other', at };
  file.depth++;
  const parts = items.map((item, index) => {
    const star = item.type === 'list_splat_pattern' || item.type === 'list_splat';
    const inner = star ? firstNamed(item) : item;
    const target: Target = inner ? readTarget(place, inner, within) : { k: 'other', at: spanOf(item) };
    return { key: star ? '...' : index, target };
  });
  file.depth--;
  return { k: 'pattern', at, parts };
}
