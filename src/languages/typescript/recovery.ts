/** Keeps what can be read inside a stretch that the parser gave up on, as while a line is being typed. */
import type { Stmt } from '../../core/facts.ts';
import { bound } from './assignments.ts';
import { declared } from './declarations.ts';
import { expression, isType } from './expressions.ts';
import { reExport } from './modules.ts';
import { fieldOf, type SyntaxNode, spanOfNode } from './nodes.ts';
import { deepest, type Place, type Reader } from './reader.ts';
import { statement } from './statements.ts';

export function recovered(r: Reader, node: SyntaxNode, place: Place): Stmt[] {
  const out: Stmt[] = [];
  for (const it of node.children) if (it.named) keep(r, node, it, place, out);
  return out;
}

function keep(r: Reader, parent: SyntaxNode, node: SyntaxNode, place: Place, out: Stmt[]): void {
  const at = spanOfNode(node);
  if (r.depth >= deepest || isType(node.kind)) return;
  if (isStatement(node.kind)) statement(r, node, place, out);
  else if (declared(r, node, place, out, at)) return;
  else if (node.kind === 'method_definition' || isExpression(node.kind)) {
    out.push({ k: 'expr', at, value: { k: 'other', at, parts: [expression(r, node, place)] } });
  } else if (node.kind === 'variable_declarator') {
    const name = fieldOf(node, 'name');
    const value = fieldOf(node, 'value');
    if (!name) return;
    const target = bound(r, name, place, place.scope);
    if (value) out.push({ k: 'assign', at, target, value: expression(r, value, place), augmented: false });
  } else if (node.kind === 'export_clause') {
    // `export { a } from 'x' with { … }`, which the grammar does not know.
    const source = parent.children.find((it) => it.kind === 'string' && it.start >= node.end);
    if (source) reExport(r, node, source, spanOfNode(parent));
  } else {
    r.depth++;
    out.push(...recovered(r, node, place));
    r.depth--;
  }
}

function isStatement(kind: string): boolean {
  return (
    kind === 'ERROR' ||
    kind === 'statement_block' ||
    kind === 'import_alias' ||
    kind === 'internal_module' ||
    kind.endsWith('_statement') ||
    kind.endsWith('_declaration')
  );
}

/** Names and literals alone say nothing. */
function isExpression(kind: string): boolean {
  return (
    kind.endsWith('_expression') ||
    [
      'arrow_function',
      'generator_function',
      'class',
      'object',
      'array',
      'template_string',
      'jsx_element',
      'jsx_self_closing_element',
    ].includes(kind)
  );
}
