/** Imports something from a module that a repair uses: by the import that is there, or one more, in the file's own way. */
import type { Edit } from '../../core/edit.ts';
import { say } from '../../core/words.ts';
import type { Node, Tree } from '../syntax.ts';
import { addSpecifiers, allImports, requireOf } from './write-import.ts';
import { freeName } from './write-names.ts';
import { refuse } from './write-refusal.ts';
import { lineEnd, lineStart, type Style } from './write-style.ts';
import { namedChildren, namesIn, stringText } from './write-syntax.ts';

/** What is wanted of a module. `default` is also what a CommonJS module itself is. */
export interface Wanted {
  readonly module: string;
  readonly name: string;
  /** Names that it may have in the file, best first. */
  readonly wishes: readonly string[];
}

export type ModuleSystem = 'es' | 'commonjs';

/** How the file loads modules; `.ts` files that load nothing, and plain ones, are ES modules. */
export function moduleSystemOf({ root }: Tree, path: string): ModuleSystem {
  if (/\.[cm][jt]sx?$/.test(path)) return /\.c/.test(path) && !hasEsSyntax(root) ? 'commonjs' : 'es';
  if (hasEsSyntax(root)) return 'es';
  return /\b(require\(|module\.exports|exports\.)/.test(root.text) ? 'commonjs' : 'es';
}

/** The names by which the file knows what is wanted of one module, and the edits that import what is not imported yet. */
export function importFrom(
  tree: Tree,
  path: string,
  wanted: readonly Wanted[],
  style: Style,
): { readonly names: readonly string[]; readonly edits: readonly Edit[] } {
  const { root, text } = tree;
  const [{ module }] = wanted as readonly [Wanted, ...Wanted[]];
  const there = allImports(root).filter(({ source }) => source === module);
  const known = (name: string) =>
    there
      .flatMap(({ bindings }) => bindings)
      .find(({ imported }) => imported === name || (name === 'default' && imported === '*' && system === 'commonjs'))
      ?.local;
  const system = moduleSystemOf(tree, path);
  const names = wanted.map(({ name, wishes }) => known(name) ?? freeName(wishes, root, namesIn(root)));
  const missing = wanted.flatMap(({ name }, index) =>
    known(name) === undefined ? [{ name, local: names[index]! }] : [],
  );
  if (missing.length === 0) return { names, edits: [] };
  const plain = missing.filter(({ name }) => name !== 'default');
  const main = missing.find(({ name }) => name === 'default');
  const link = system === 'es' ? ' as ' : ': ';
  const specifiers = plain.map(({ name, local }) => (local === name ? name : `${name}${link}${local}`)).join(', ');
  const open = there.find(({ typeOnly, braces }) => !typeOnly && braces);
  if (open?.braces && !main) return { names, edits: [addSpecifiers(open.braces, specifiers, text, style)] };
  const from = `${style.quote}${module}${style.quote}`;
  const end = style.semicolons ? ';' : '';
  if (system === 'es') {
    const parts = [...(main ? [main.local] : []), ...(specifiers ? [`{ ${specifiers} }`] : [])];
    return { names, edits: [insertImport(tree, `import ${parts.join(', ')} from ${from}${end}`, style)] };
  }
  const lines = [
    ...(main ? [`const ${main.local} = require(${from})${end}`] : []),
    ...(specifiers ? [`const { ${specifiers} } = require(${from})${end}`] : []),
  ];
  return { names, edits: [insertImport(tree, lines.join(style.lineEnd), style)] };
}

/** Behind the last import; where there is none, above the first statement and what is said of it. */
function insertImport({ root, text }: Tree, line: string, style: Style): Edit {
  const statements = namedChildren(root);
  const beside =
    statements.findLast((statement) => statement.type === 'import_statement') ??
    statements.findLast((statement) => requireOf(statement) !== undefined);
  if (beside) {
    const at = lineEnd(text, beside.endIndex);
    return { span: { start: at, end: at }, text: style.lineEnd + line };
  }
  const first = statements.find((statement) => !isProlog(statement));
  if (!first) refuse(say('There is no place for an import.'));
  let top = first;
  for (let node = first.previousSibling; node?.type === 'comment'; node = node.previousSibling) {
    if (top.startPosition.row - node.endPosition.row > 1) break;
    top = node;
  }
  const at = lineStart(text, top.startIndex);
  const start = at === 0 && text.startsWith('\uFEFF') ? 1 : at;
  return { span: { start, end: start }, text: line + style.lineEnd + style.lineEnd };
}

/** `#!…` and `'use strict'`, which stay first. */
function isProlog(statement: Node): boolean {
  if (statement.type === 'hash_bang_line') return true;
  return statement.type === 'expression_statement' && stringText(namedChildren(statement)[0]) !== undefined;
}

function hasEsSyntax(root: Node): boolean {
  return namedChildren(root).some(({ type }) => type === 'import_statement' || type === 'export_statement');
}
