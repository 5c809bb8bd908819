/** Writes import lines where a Python file has its own, and new code after them. */
import type { Node, Tree } from '../syntax.ts';
import { type Draft, endsLine, indentAt, lineEnd, lineStart, ownsLine } from './write-draft.ts';
import { type Import, standardModules } from './write-import-list.ts';

export interface Place {
  readonly at: number;
  readonly side: 'after' | 'before';
}

/** After the last import that comes before the first definition and before the site; else after what must come first. */
export function placeFor({ root, text }: Tree, site: Node): Place {
  let last: Node | undefined;
  let first: Node | undefined;
  for (const child of root.namedChildren) {
    if (!child || child.type === 'comment') continue;
    if (child.startIndex >= site.startIndex && child.id === site.id) {
      first ??= child;
      break;
    }
    if (/^(function|class|decorated)_definition$/.test(child.type)) {
      first ??= child;
      break;
    }
    if (isImportLike(child)) last = child;
    else if (!first && !last && isDocstring(child)) last = child;
    else first ??= child;
  }
  if (last) return { at: lineEnd(text, last.endIndex), side: 'after' };
  const start = lineStart(text, first?.startIndex ?? 0);
  return { at: aboveComments(text, start), side: 'before' };
}

function isDocstring(node: Node): boolean {
  return node.type === 'expression_statement' && node.firstNamedChild?.type === 'string';
}

function isImportLike(node: Node): boolean {
  if (/import/.test(node.type)) return true;
  if (node.type !== 'try_statement' && node.type !== 'if_statement') return false;
  const blocks = node
    .descendantsOfType('block')
    .filter((block) => block?.parent?.id === node.id || block?.parent?.parent?.id === node.id);
  return (
    blocks.some((block) => block?.namedChildren.some((child) => child && /import/.test(child.type))) &&
    node.descendantsOfType(['function_definition', 'class_definition']).length === 0
  );
}

/** The start of the comment lines that stand right above, unless they open the file: a shebang stays first. */
function aboveComments(text: string, start: number): number {
  let at = start;
  while (at > 0) {
    const above = lineStart(text, lineEndBefore(text, at));
    if (!/^[ \t]*#/.test(text.slice(above, at))) return at;
    if (lineStart(text, 0) === above) return start;
    at = above;
  }
  return at;
}

function lineEndBefore(text: string, start: number): number {
  return text[start - 1] === '\n' && text[start - 2] === '\r' ? start - 2 : start - 1;
}

/** Adds names at the end of a `from` import, in its own layout. */
export function extend(draft: Draft, { text }: Tree, { node, bound }: Import, written: readonly string[]): void {
  const last = bound.at(-1)!.node;
  const next = last.nextSibling;
  const hasComma = next?.type === ',';
  const close = node.children.find((child) => child?.type === ')');
  const isOnOwnLine =
    ownsLine(text, last.startIndex) &&
    close !== undefined &&
    close !== null &&
    lineStart(text, close.startIndex) > last.endIndex;
  if (!isOnOwnLine) {
    draft.insert(last.endIndex, written.map((name) => `, ${name}`).join(''));
    return;
  }
  const indent = indentAt(text, last.startIndex);
  const end = lineEnd(text, last.endIndex);
  if (!hasComma) draft.insert(last.endIndex, ',');
  const body = written.map((name) => `\n${indent}${name}`).join(',');
  draft.insert(end, hasComma ? `${body},` : body);
}

/** Puts imports of the standard library where such imports stand, by name. Returns the lines that are left. */
export function insertSorted(
  draft: Draft,
  { text }: Tree,
  all: readonly Import[],
  place: Place,
  lines: readonly string[],
): readonly string[] {
  const atTop = all.filter(
    ({ node, where }) => where === 'top' && node.startIndex < place.at && ownsLine(text, node.startIndex),
  );
  const first = atTop.find(({ module }) => module !== '__future__');
  // A star import may bring the same names: what is added has to come later.
  if (!first || atTop.some(({ form }) => form === 'star')) return sorted(lines);
  const standard = atTop.filter((one) => endsLine(text, one.node.endIndex) && isStandard(one.node.text));
  const rest: string[] = [];
  const leading: string[] = [];
  for (const line of sorted(lines)) {
    if (!isStandard(line)) rest.push(line);
    else if (standard.length === 0) leading.push(line);
    else {
      const before = standard.filter(({ node }) => order(node.text) < order(line)).at(-1);
      if (before) draft.insert(lineEnd(text, before.node.endIndex), `\n${line}`);
      else draft.insert(standard[0]!.node.startIndex, `${line}\n`);
    }
  }
  if (leading.length > 0)
    draft.insert(aboveComments(text, lineStart(text, first.node.startIndex)), `${leading.join('\n')}\n\n`);
  return rest;
}

function isStandard(line: string): boolean {
  const [, module] = /^(?:import|from)\s+(\w+)/.exec(line) ?? [];
  return module !== undefined && standardModules.has(module) && !/^import.*,/.test(line);
}

/** Plain imports first, each kind by name. */
function order(line: string): string {
  const [, kind, module] = /^(import|from)\s+([\w.]+)/.exec(line) ?? [];
  return `${kind === 'import' ? 0 : 1} ${module}`;
}

function sorted(lines: readonly string[]): readonly string[] {
  return lines.toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
}

export function writeBlock(
  draft: Draft,
  { text }: Tree,
  place: Place,
  lines: readonly string[],
  code: readonly string[],
): void {
  const parts = [...(lines.length > 0 ? [lines.join('\n')] : []), ...code];
  if (parts.length === 0) return;
  const block = parts.join('\n\n\n');
  if (place.side === 'before') {
    draft.insert(place.at, `${block}\n${code.length > 0 ? '\n\n' : '\n'}`);
    return;
  }
  const isAfterImport = /^(import|from)\b/.test(text.slice(lineStart(text, place.at)));
  const lead = lines.length === 0 ? '\n\n\n' : isAfterImport ? '\n' : '\n\n';
  const wanted = code.length > 0 ? 2 : isAfterImport ? 0 : 1;
  draft.insert(place.at, lead + block + '\n'.repeat(missingEmptyLines(text, place.at, wanted)));
}

/** How many of `wanted` empty lines are missing after `end`; none at the end of the file. */
function missingEmptyLines(text: string, end: number, wanted: number): number {
  const after = /^(?:[ \t\f]*(\r\n?|\n))*/.exec(text.slice(end))![0];
  if (end + after.length >= text.length) return 0;
  return Math.max(0, wanted + 1 - (after.match(/\r\n?|\n/g)?.length ?? 0));
}
