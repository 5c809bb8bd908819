/** Lowers loops. */
import type { Expr, Loop, Stmt } from '../../core/facts.ts';
import { assigned, bound, declaration, expressionStatement } from './assignments.ts';
import { expression } from './expressions.ts';
import { fieldOf, hasToken, type SyntaxNode, spanOfNode } from './nodes.ts';
import { blockIn, type Place, type Reader } from './reader.ts';
import { blockOf, condition } from './statements.ts';

export function loop(r: Reader, node: SyntaxNode, outer: Place): Loop {
  const place = blockIn(outer);
  const at = spanOfNode(node);
  const body = fieldOf(node, 'body');
  switch (node.kind) {
    case 'for_in_statement':
      return overCollection(r, node, place);
    case 'for_statement':
      return counting(r, node, place);
    case 'while_statement': {
      const test = condition(r, node, 'condition', place);
      return { k: 'loop', at, form: 'while', test, body: blockOf(r, body, place), orElse: [] };
    }
    default: {
      const own = blockOf(r, body, place);
      return { k: 'loop', at, form: 'doWhile', test: condition(r, node, 'condition', place), body: own, orElse: [] };
    }
  }
}

function overCollection(r: Reader, node: SyntaxNode, place: Place): Loop {
  const left = fieldOf(node, 'left');
  const kind = fieldOf(node, 'kind')?.kind;
  const iter = condition(r, node, 'right', place);
  const target =
    left && (kind ? bound(r, left, place, kind === 'var' ? place.hoist : place.scope) : assigned(r, left, place));
  return {
    k: 'loop',
    at: spanOfNode(node),
    form: hasToken(node, 'await') ? 'forAwait' : 'for',
    ...(target && { target }),
    iter,
    body: blockOf(r, fieldOf(node, 'body'), place),
    orElse: [],
  };
}

function counting(r: Reader, node: SyntaxNode, place: Place): Loop {
  const init: Stmt[] = [];
  const initializer = fieldOf(node, 'initializer');
  if (initializer?.kind.endsWith('_declaration')) declaration(r, initializer, place, init);
  else if (initializer && initializer.kind !== 'empty_statement')
    expressionStatement(r, initializer, place, init, spanOfNode(initializer));
  const test = part(r, fieldOf(node, 'condition'), place);
  const update = part(r, fieldOf(node, 'increment'), place);
  return {
    k: 'loop',
    at: spanOfNode(node),
    form: 'count',
    init,
    ...(test && { test }),
    ...(update && { update }),
    body: blockOf(r, fieldOf(node, 'body'), place),
    orElse: [],
  };
}

function part(r: Reader, node: SyntaxNode | undefined, place: Place): Expr | undefined {
  return node && node.kind !== 'empty_statement' ? expression(r, node, place) : undefined;
}
