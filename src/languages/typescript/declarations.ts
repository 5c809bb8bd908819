/** Lowers declarations, exported or not. */
import type { Stmt } from '../../core/facts.ts';
import type { Span } from '../../core/span.ts';
import { declaration } from './assignments.ts';
import { classLike } from './classes.ts';
import { functionLike } from './functions.ts';
import { fieldOf, firstNamed, type SyntaxNode, spanOfNode } from './nodes.ts';
import { blockIn, type Place, type Reader } from './reader.ts';
import { statements } from './statements.ts';

const unfinished: Readonly<Record<string, string>> = {
  function_expression: 'function_declaration',
  generator_function: 'generator_function_declaration',
  class: 'class_declaration',
};

/** Declarations that can also be exported; `at` is the whole statement. Says whether `node` was one. */
export function declared(
  r: Reader,
  node: SyntaxNode,
  place: Place,
  out: Stmt[],
  at: Span,
  decorators: readonly SyntaxNode[] = [],
): boolean {
  const name = fieldOf(node, 'name');
  // No statement begins with a function or class expression: it is a declaration whose end is missing.
  const meant = unfinished[node.kind];
  if (meant && name) return declared(r, { ...node, kind: meant }, place, out, at, decorators);
  const declare = (what?: { k: 'fn'; fn: number } | { k: 'class'; cls: number }) =>
    name && place.scope.declare(r.textOf(name), spanOfNode(name), what);
  switch (node.kind) {
    case 'lexical_declaration':
    case 'variable_declaration':
      declaration(r, node, place, out, at);
      return true;
    case 'function_declaration':
    case 'generator_function_declaration': {
      const fn = functionLike(r, node, place);
      declare({ k: 'fn', fn });
      out.push({ k: 'def', at, fn });
      return true;
    }
    case 'class_declaration':
    case 'abstract_class_declaration': {
      // Declared before it is read: its own methods name it.
      declare({ k: 'class', cls: r.classes.length });
      const cls = classLike(r, node, place, decorators);
      out.push({ k: 'class', at, cls });
      return true;
    }
    case 'enum_declaration':
      declare();
      return true;
    case 'internal_module':
    case 'module': {
      if (name && name.kind !== 'string') {
        const own = name.kind === 'nested_identifier' ? (firstNamed(name) ?? name) : name;
        place.scope.declare(r.textOf(own), spanOfNode(own));
      }
      const inner = blockIn(place);
      const body = statements(r, fieldOf(node, 'body')?.children ?? [], { ...inner, hoist: inner.scope });
      out.push({ k: 'block', at, body });
      return true;
    }
    case 'ambient_declaration':
      // `declare const client: OpenAI` says what a name is; nothing of it runs.
      for (const it of node.children) if (isVariables(it)) declaration(r, it, place, []);
      return true;
    default:
      return false;
  }
}

const isVariables = ({ kind }: SyntaxNode): boolean =>
  kind === 'lexical_declaration' || kind === 'variable_declaration';
