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

/** Adds names to a `from` import in its own layout: by name where its names are in order, else at the end. */
export function extend(draft: Draft, tree: Tree, { node, bound }: Import, written: readonly string[]): void {
  const old = bound.map((each) => each.node);
  const isSorted = old.every(({ text }, index) => index === 0 || rank(old[index - 1]!.text) <= rank(text));
  const places = new Map<Node | undefined, string[]>();
  for (const name of written.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1))) {
    const before = isSorted ? old.findLast(({ text }) => rank(text) < rank(name)) : old.at(-1);
    places.set(before, [...(places.get(before) ?? []), name]);
  }
  for (const [before, names] of places) {
    if (before) addAfter(draft, tree, node, before, names);
    else addBefore(draft, tree, old[0]!, names);
  }
}

/** Constants, classes, functions: the order that formatters give to imported names. */
function rank(name: string): string {
  return `${/^[A-Z][A-Z\d_]+\b/.test(name) ? 0 : /^[A-Z]/.test(name) ? 1 : 2} ${name}`;
}

function addAfter(draft: Draft, { text }: Tree, node: Node, before: Node, names: readonly string[]): void {
  const close = node.children.find((child) => child?.type === ')');
  const end = lineEnd(text, before.endIndex);
  const isAlone = ownsLine(text, before.startIndex) && /^,?[ \t]*(#.*)?$/.test(text.slice(before.endIndex, end));
  if (!isAlone || !close || end > close.startIndex) {
    draft.insert(before.endIndex, names.map((name) => `, ${name}`).join(''));
    return;
  }
  const hasComma = text[before.endIndex] === ',';
  if (!hasComma) draft.insert(before.endIndex, ',');
  const lines = names.map((name) => `\n${indentAt(text, before.startIndex)}${name}`);
  draft.insert(end, lines.join(',') + (hasComma ? ',' : ''));
}

function addBefore(draft: Draft, { text }: Tree, first: Node, names: readonly string[]): void {
  const gap = ownsLine(text, first.startIndex) ? `\n${indentAt(text, first.startIndex)}` : ' ';
  draft.insert(first.startIndex, names.map((name) => `${name},${gap}`).join(''));
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

/** Writes import lines, and code two empty lines below them, or below `helpers` where the file has some already. */
export function writeBlock(
  draft: Draft,
  tree: Tree,
  place: Place,
  lines: readonly string[],
  code: readonly string[],
  helpers: Node | undefined,
): void {
  if (helpers) {
    writeBlock(draft, tree, place, lines, [], undefined);
    writeBlock(draft, tree, { at: lineEnd(tree.text, helpers.endIndex), side: 'after' }, [], code, undefined);
    return;
  }
  const parts = [lines.join('\n'), code.join('\n\n\n')].filter((part) => part !== '');
  if (parts.length === 0) return;
  // Two empty lines part a definition from what stands round it, one anything else from the imports.
  const gap = /^(async )?def /.test(code[0] ?? '') ? '\n\n\n' : '\n\n';
  const block = parts.join(gap);
  if (place.side === 'before') {
    draft.insert(place.at, `${block}\n${code.length > 0 ? '\n\n' : '\n'}`);
    return;
  }
  const isAfterImport = /^(import|from)\b/.test(tree.text.slice(lineStart(tree.text, place.at)));
  const lead = lines.length === 0 ? (isAfterImport ? gap : '\n\n\n') : isAfterImport ? '\n' : '\n\n';
  const wanted = code.length > 0 ? 2 : isAfterImport ? 0 : 1;
  draft.insert(place.at, lead + block + '\n'.repeat(missingEmptyLines(tree.text, place.at, wanted)));
}

/** How many of `wanted` empty lines are missing after `end`; none at the end of the file. */
function missingEmptyLines(text: string, end: number, wanted: number): number {
  const after = /^(?:[ \t\f]*(\r\n?|\n))*/.exec(text.slice(end))![0];
  if (end + after.length >= text.length) return 0;
  return Math.max(0, wanted + 1 - (after.match(/\r\n?|\n/g)?.length ?? 0));
}
