/** The layout that a file has and that whatever is written into it keeps: line ends, indentation, quotes, semicolons. */
import type { Format } from '../../core/editor.ts';
import type { Span } from '../../core/span.ts';
import type { Node, Tree } from '../syntax.ts';
import { descendants, namedChildren } from './write-syntax.ts';

export interface Style {
  readonly lineEnd: string;
  /** One level of indentation. */
  readonly unit: string;
  readonly quote: "'" | '"';
  readonly semicolons: boolean;
  /** `(x) => x`, not `x => x`. */
  readonly arrowParentheses: boolean;
  /** What ends the last of several lines: of arguments and parameters, of the entries of an object. */
  readonly trailing: { readonly arguments: ',' | ''; readonly entries: ',' | '' };
  /** The columns that a line has. */
  readonly width: number;
  /** Whether a formatter keeps the file to that width. */
  readonly formatted: boolean;
}

export type Dialect = 'typescript' | 'javascript';

/** Both dialects share a grammar where JSX is allowed; there the file's own types tell them apart. */
export function dialectOf(tree: Tree): Dialect {
  if (tree.grammar === 'typescript') return 'typescript';
  return descendants(tree.root, typeSyntax).length > 0 || typeImport.test(tree.text) ? 'typescript' : 'javascript';
}

const typeSyntax = [
  'type_annotation',
  'interface_declaration',
  'type_alias_declaration',
  'enum_declaration',
  'as_expression',
  'satisfies_expression',
  'non_null_expression',
  'type_arguments',
  'type_parameters',
];
const typeImport = /^\s*(import|export)\s+type\s/m;

/** What the file shows counts; where it shows nothing, what the formatter's configuration tells. */
export function styleOf({ root, text }: Tree, format: Format = {}): Style {
  const { lineWidth = 80, formatter, trailingCommas = 'all', arrowParentheses = 'always' } = format;
  return {
    lineEnd: /\r\n|\n|\r/.exec(text)?.[0] ?? '\n',
    unit: unitOf(root, text),
    quote: quoteOf(root),
    semicolons: hasSemicolons(root),
    arrowParentheses: hasArrowParentheses(root) ?? arrowParentheses === 'always',
    trailing: {
      arguments: trailingComma(root, ['arguments', 'formal_parameters']) ?? (trailingCommas === 'all' ? ',' : ''),
      entries: trailingComma(root, ['object', 'array', 'object_pattern']) ?? (trailingCommas === 'none' ? '' : ','),
    },
    width: lineWidth,
    formatted: formatter !== undefined,
  };
}

/** Lays lines out that were written with semicolons, single quotes and two spaces a level. */
export function layOut(lines: readonly string[], style: Style, indent: string): string {
  return lines
    .flatMap((line) => brokenHead(line, style))
    .map((line, index, all) => withoutTrailing(line, all[index + 1], style))
    .map((line) => (line === '' ? '' : indent + restyled(line, style)))
    .join(style.lineEnd);
}

/** Without the comma before a closing bracket's line, where the file has none there. */
function withoutTrailing(line: string, next: string | undefined, { trailing }: Style): string {
  const bracket = line.endsWith(',') ? /^\s*([)\]}])/.exec(next ?? '')?.[1] : undefined;
  if (bracket === undefined) return line;
  return line.slice(0, -1) + (bracket === ')' ? trailing.arguments : trailing.entries);
}

/** The head of a function with a parameter a line, where it would be too long. */
function brokenHead(line: string, { width }: Style): readonly string[] {
  const parts = /^((?:export )?(?:async )?function [^(]+\()(.+)(\)[^)]* \{)$/.exec(line);
  if (!parts || line.length <= width) return [line];
  const [, start, parameters, end] = parts as unknown as readonly [string, string, string, string];
  return [start, ...parameters.split(', ').map((parameter) => `  ${parameter},`), end];
}

function restyled(line: string, { unit, quote, semicolons, arrowParentheses }: Style): string {
  const depth = /^(?: {2})*/.exec(line)![0].length / 2;
  const code = line.slice(depth * 2);
  // A comment's lines are words, not code.
  if (/^(\/\*\*| \*)/.test(code)) return unit.repeat(depth) + code;
  let plain = quote === "'" ? code : code.replaceAll("'", '"');
  if (!semicolons) plain = plain.replace(/;$/, '');
  if (!arrowParentheses) plain = plain.replaceAll(/\((\w+)\) =>/g, '$1 =>');
  return unit.repeat(depth) + plain;
}

/** The white space that the line of `offset` begins with. */
export function indentAt(text: string, offset: number): string {
  const start = lineStart(text, offset);
  return /^\uFEFF?([ \t]*)/.exec(text.slice(start, start + 400))![1]!;
}

export function lineStart(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && text[start - 1] !== '\n' && text[start - 1] !== '\r') start--;
  return start;
}

export function lineEnd(text: string, offset: number): number {
  const end = text.slice(offset).search(/[\r\n]/);
  return end < 0 ? text.length : offset + end;
}

/** Whether nothing but white space stands before `offset` on its line. */
export function startsLine(text: string, offset: number): boolean {
  return /^\uFEFF?[ \t]*$/.test(text.slice(lineStart(text, offset), offset));
}

/** The offsets of line starts inside `span` that belong to a string or template: what a string holds is never indented. */
export function fixedLines(root: Node, text: string, { start, end }: Span): ReadonlySet<number> {
  const around = root.descendantForIndex(start, Math.max(start, end - 1)) ?? root;
  const fixed = new Set<number>();
  for (const node of descendants(around, ['template_string', 'string', 'jsx_text', 'regex']))
    for (const line of text.slice(node.startIndex, node.endIndex).matchAll(/\r\n?|\n/g))
      fixed.add(node.startIndex + line.index + line[0].length);
  return fixed;
}

function unitOf(root: Node, text: string): string {
  const widths = new Map<string, number>();
  for (const block of descendants(root, ['statement_block', 'class_body', 'object', 'switch_body', 'arguments'])) {
    const first = block.namedChild(0);
    if (!first || first.startPosition.row === block.startPosition.row) continue;
    const outer = indentAt(text, block.startIndex);
    const inner = indentAt(text, first.startIndex);
    if (!inner.startsWith(outer) || inner === outer) continue;
    const unit = inner.slice(outer.length);
    widths.set(unit, (widths.get(unit) ?? 0) + 1);
  }
  return [...widths].sort((a, b) => b[1] - a[1])[0]?.[0] ?? /^(?:\t| {2,4})(?=\S)/m.exec(text)?.[0] ?? '  ';
}

function quoteOf(root: Node): Style['quote'] {
  const strings = descendants(root, 'string').filter((node) => node.parent?.type !== 'jsx_attribute');
  const double = strings.filter((node) => node.text.startsWith('"')).length;
  return double * 2 > strings.length ? '"' : "'";
}

function hasSemicolons(root: Node): boolean {
  const ends = descendants(root, [
    'expression_statement',
    'lexical_declaration',
    'import_statement',
    'return_statement',
  ])
    .filter((node) => node.parent?.type !== 'for_statement')
    .map((node) => /\S;$/.test(node.text));
  return ends.length === 0 || ends.filter(Boolean).length * 2 >= ends.length;
}

function hasArrowParentheses(root: Node): boolean | undefined {
  const arrows = descendants(root, 'arrow_function');
  const bare = arrows.filter((node) => node.childForFieldName('parameter')).length;
  const wrapped = arrows.filter((node) =>
    /^\(\s*\w+\s*\)$/.test(node.childForFieldName('parameters')?.text ?? ''),
  ).length;
  return wrapped + bare === 0 ? undefined : wrapped > 0;
}

/** What the file writes before the closing bracket of a list with an entry a line; undefined where it has none. */
function trailingComma(root: Node, types: readonly string[]): ',' | '' | undefined {
  const ends = descendants(root, types).flatMap((list) => {
    const last = namedChildren(list).at(-1);
    if (!last || last.endPosition.row === list.endPosition.row || last.type === 'rest_pattern') return [];
    return [list.children.some((child) => child?.type === ',' && child.startIndex >= last.endIndex)];
  });
  if (ends.length === 0) return undefined;
  return ends.filter(Boolean).length * 2 >= ends.length ? ',' : '';
}
