/** Python's imports. */
import type { Import } from '../../core/facts.ts';
import type { Span } from '../../core/span.ts';
import { type Place, textOf } from './place.ts';
import { child, type SyntaxNode, spanOf } from './tree.ts';

/** `import a.b` binds `a` to module `a`; `import a.b as c` binds `c` to module `a.b`. */
export function readImport(place: Place, node: SyntaxNode): void {
  for (const { module, path, alias } of importedNames(place, node)) {
    record(place, module, node);
    if (alias) bind(place, textOf(place, alias), spanOf(alias), module, '*');
    else {
      const first = /^[^\s.\\]+/.exec(textOf(place, path))?.[0];
      if (first) bind(place, first, { start: path.start, end: path.start + first.length }, first, '*');
    }
  }
}

/** `from .a import b as c`: module `.a`, name `b`. */
export function readFromImport(place: Place, node: SyntaxNode): void {
  const from = child(node, 'module_name');
  const module = node.type === 'future_import_statement' ? '__future__' : from ? dotted(place, from) : '';
  if (module === '') return;
  record(place, module, node, node.children.some(({ type }) => type === 'wildcard_import') ? { all: true } : {});
  for (const { module: name, path, alias } of importedNames(place, node)) {
    const local = alias ?? path;
    if (name !== '') bind(place, textOf(place, local), spanOf(local), module, name);
  }
}

function importedNames(place: Place, node: SyntaxNode) {
  const names: { readonly module: string; readonly path: SyntaxNode; readonly alias?: SyntaxNode }[] = [];
  for (const it of node.children) {
    if (it.field !== 'name') continue;
    const path = it.type === 'aliased_import' ? child(it, 'name') : it;
    const alias = child(it, 'alias');
    if (path) names.push({ module: dotted(place, path), path, ...(alias && { alias }) });
  }
  return names.filter(({ module }) => module !== '');
}

function dotted(place: Place, node: SyntaxNode): string {
  return textOf(place, node).replace(/[\s\\]+/g, '');
}

function record({ file, typeOnly }: Place, module: string, node: SyntaxNode, what: Pick<Import, 'all'> = {}): void {
  file.imports.push({ module, at: spanOf(node), typeOnly, ...what });
}

function bind({ file, owner, typeOnly }: Place, name: string, at: Span, module: string, exported: string): void {
  const what = { k: 'import', module, name: exported, typeOnly } as const;
  const own = file.vars[owner.declare(name, at, what)]!;
  // A name may be imported for the type checker first and for good later: the import that runs is the one that counts.
  if (own.what.k === 'import' && own.what.typeOnly && !typeOnly) own.what = what;
}
