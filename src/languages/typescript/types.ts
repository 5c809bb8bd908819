/** Lowers type annotations as far as they name a class: a reference, its head where it is generic, or a choice of such. */
import type { Expr } from '../../core/facts.ts';
import { expression } from './expressions.ts';
import { fieldOf, firstNamed, type SyntaxNode, spanOfNode } from './nodes.ts';
import type { Place, Reader } from './reader.ts';

export function annotation(r: Reader, node: SyntaxNode | undefined, place: Place): Expr | undefined {
  if (node?.kind !== 'type_annotation') return undefined;
  const type = firstNamed(node);
  return type && typeReference(r, type, place);
}

function typeReference(r: Reader, node: SyntaxNode, place: Place): Expr | undefined {
  const found: Expr[] = [];
  // The parts of a long union are nested to the left: they come off the stack in reverse.
  const open = [node];
  for (let it = open.pop(); it; it = open.pop()) {
    if (it.kind === 'union_type' || it.kind === 'intersection_type' || it.kind === 'parenthesized_type')
      open.push(...it.children.filter((part) => part.named));
    else {
      const one = reference(r, it, place);
      if (one) found.push(one);
    }
  }
  if (found.length < 2) return found[0];
  return { k: 'either', at: spanOfNode(node), of: found.reverse() };
}

function reference(r: Reader, node: SyntaxNode, place: Place): Expr | undefined {
  switch (node.kind) {
    case 'type_identifier':
      return r.use(node, place);
    case 'generic_type': {
      const name = fieldOf(node, 'name');
      return name && reference(r, name, place);
    }
    case 'nested_type_identifier': {
      const module = fieldOf(node, 'module');
      const name = fieldOf(node, 'name');
      if (!module || !name) return undefined;
      return { k: 'attr', at: spanOfNode(node), of: expression(r, module, place), name: r.textOf(name) };
    }
    // `import('x').Y` is read as an expression.
    case 'member_expression':
      return expression(r, node, place);
    default:
      return undefined;
  }
}
