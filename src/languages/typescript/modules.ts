/** Lowers imports and exports. */
import type { Stmt, Target } from '../../core/facts.ts';
import type { Span } from '../../core/span.ts';
import { boundNames } from './assignments.ts';
import { declared } from './declarations.ts';
import { expression } from './expressions.ts';
import { stringValue } from './literals.ts';
import { fieldOf, firstNamed, hasToken, lastNamed, type SyntaxNode, spanOfNode } from './nodes.ts';
import type { Place, Reader } from './reader.ts';
import { statement } from './statements.ts';

export function importStatement(r: Reader, node: SyntaxNode, place: Place): void {
  const typeOnly = isTypeOnly(node);
  const clause = node.children.find((it) => it.kind === 'import_clause' || it.kind === 'import_require_clause');
  const source = fieldOf(node, 'source') ?? (clause && fieldOf(clause, 'source'));
  if (!source) return;
  const module = stringValue(r.textOf(source));
  r.import(module, spanOfNode(node), typeOnly);
  for (const it of clause?.children ?? []) {
    const inner = it.kind === 'namespace_import' ? firstNamed(it) : it;
    if (inner?.kind === 'identifier') {
      const name = inner === it && clause!.kind === 'import_clause' ? 'default' : '*';
      place.scope.declare(r.textOf(inner), spanOfNode(inner), { k: 'import', module, name, typeOnly });
    }
    if (it.kind !== 'named_imports') continue;
    for (const specifier of it.children) {
      const name = fieldOf(specifier, 'name');
      if (!name) continue;
      const own = fieldOf(specifier, 'alias') ?? name;
      place.scope.declare(r.textOf(own), spanOfNode(own), {
        k: 'import',
        module,
        name: exportedName(r, name),
        typeOnly: typeOnly || isTypeOnly(specifier),
      });
    }
  }
}

/** `import x = A.B`, a name for something in a namespace. */
export function importAlias(r: Reader, node: SyntaxNode, place: Place, out: Stmt[]): void {
  const name = firstNamed(node);
  const value = lastNamed(node);
  if (!name || !value || name === value) return;
  const at = spanOfNode(name);
  // `export import x = require('y')` is read as an alias of `require` and a string after it.
  const required =
    r.textOf(value) === 'require' && /^\s*\(\s*(['"])([^'"\n]+)\1\s*\)/.exec(r.text.slice(value.end, value.end + 300));
  if (required) {
    const module = required[2]!;
    r.import(module, spanOfNode(node), false);
    place.scope.declare(r.textOf(name), at, { k: 'import', module, name: '*', typeOnly: false });
    return;
  }
  const target: Target = { k: 'var', at, var: place.scope.declare(r.textOf(name), at) };
  out.push({ k: 'assign', at: spanOfNode(node), target, value: expression(r, value, place), augmented: false });
}

export function exportStatement(r: Reader, node: SyntaxNode, place: Place, out: Stmt[]): void {
  const at = spanOfNode(node);
  const source = fieldOf(node, 'source');
  const clause = node.children.find((it) => it.kind === 'export_clause');
  const declaration = fieldOf(node, 'declaration');
  const value = fieldOf(node, 'value');
  if (source) reExport(r, clause ?? node, source, at);
  else if (clause) exportNames(r, clause, place);
  else if (declaration) exportDeclaration(r, node, declaration, place, out);
  else if (value) exportDefault(r, value, place, out, at);
  else if (hasToken(node, '=')) exportAssignment(r, node, place, out);
}

/** `export { a as b } from 'x'`, `export * as b from 'x'`, and `export * from 'x'` under the name `*x`. */
export function reExport(r: Reader, clause: SyntaxNode, source: SyntaxNode, at: Span): void {
  const module = stringValue(r.textOf(source));
  const typeOnly = /^export\s+type\b/.test(r.text.slice(at.start, at.start + 40));
  r.import(module, at, typeOnly);
  const give = (exported: string, name: string, own: SyntaxNode, type: boolean) => {
    const what = { k: 'import', module, name, typeOnly: type } as const;
    r.exports.set(exported, r.named(exported, spanOfNode(own), what));
  };
  if (clause.kind === 'export_clause') {
    for (const it of clause.children) {
      const name = fieldOf(it, 'name');
      if (!name) continue;
      const own = fieldOf(it, 'alias') ?? name;
      give(exportedName(r, own), exportedName(r, name), own, typeOnly || isTypeOnly(it));
    }
    return;
  }
  const namespace = clause.children.find((it) => it.kind === 'namespace_export');
  const name = namespace && lastNamed(namespace);
  give(name ? exportedName(r, name) : `*${module}`, '*', name ?? source, typeOnly);
}

function exportNames(r: Reader, clause: SyntaxNode, place: Place): void {
  if (place.scope !== r.top.scope) return;
  for (const it of clause.children) {
    const name = fieldOf(it, 'name');
    if (name) r.exportLater(exportedName(r, fieldOf(it, 'alias') ?? name), r.textOf(name));
  }
}

function exportDeclaration(r: Reader, node: SyntaxNode, inner: SyntaxNode, place: Place, out: Stmt[]): void {
  const decorators = node.children.filter((it) => it.kind === 'decorator');
  if (!declared(r, inner, place, out, spanOfNode(node), decorators)) statement(r, inner, place, out);
  if (place.scope !== r.top.scope) return;
  const isDefault = hasToken(node, 'default');
  for (const name of declaredNames(r, inner)) r.exportLater(isDefault ? 'default' : name, name);
}

function declaredNames(r: Reader, node: SyntaxNode): string[] {
  if (node.kind === 'ambient_declaration') return node.children.flatMap((it) => declaredNames(r, it));
  if (node.kind === 'lexical_declaration' || node.kind === 'variable_declaration')
    return node.children.flatMap((it) => {
      const name = it.kind === 'variable_declarator' ? fieldOf(it, 'name') : undefined;
      return name ? boundNames(r, name) : [];
    });
  const name = fieldOf(node, 'name') ?? (node.kind === 'import_alias' ? firstNamed(node) : undefined);
  return name ? [r.textOf(name)] : [];
}

function exportDefault(r: Reader, node: SyntaxNode, place: Place, out: Stmt[], at: Span): void {
  const value = expression(r, node, place);
  if (place.scope !== r.top.scope) {
    out.push({ k: 'expr', at, value });
    return;
  }
  const own = r.named('default', value.at, { k: 'local' });
  r.exports.set('default', own);
  out.push({ k: 'assign', at, target: { k: 'var', at: value.at, var: own }, value, augmented: false });
}

/** `export = x` is TypeScript's `module.exports = x`. */
function exportAssignment(r: Reader, node: SyntaxNode, place: Place, out: Stmt[]): void {
  const inner = lastNamed(node);
  if (!inner) return;
  const at = { start: node.start, end: inner.start };
  const value = expression(r, inner, place);
  const of = { k: 'name', at, name: 'module' } as const;
  out.push({
    k: 'assign',
    at: spanOfNode(node),
    target: { k: 'attr', at, of, name: 'exports' },
    value,
    augmented: false,
  });
}

function exportedName(r: Reader, node: SyntaxNode): string {
  return node.kind === 'string' ? stringValue(r.textOf(node)) : r.textOf(node);
}

function isTypeOnly(node: SyntaxNode): boolean {
  return hasToken(node, 'type') || hasToken(node, 'typeof');
}
