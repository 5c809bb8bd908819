/** Where lines begin and end, how a file is written, and the draft in which a repair's edits are collected. */
import { apply, type Edit } from '../../core/edit.ts';
import { bom, type Span } from '../../core/span.ts';
import type { Node, Tree } from '../syntax.ts';

/** The file's own way of writing. */
export interface Manner {
  readonly newline: string;
  /** One step of indentation. */
  readonly unit: string;
  readonly quote: '"' | "'";
}

export function mannerOf(tree: Tree): Manner {
  const starts = tree.root.descendantsOfType('string_start');
  const single = starts.filter((start) => /^[a-z]*'(?!')/i.test(start!.text)).length;
  const double = starts.filter((start) => /^[a-z]*"(?!")/i.test(start!.text)).length;
  return {
    newline: /\r\n?|\n/.exec(tree.text)?.[0] ?? '\n',
    unit: unitOf(tree),
    quote: single > double ? "'" : '"',
  };
}

/** What most blocks add to the indentation of the line that opens them. */
function unitOf({ root, text }: Tree): string {
  const counts = new Map<string, number>();
  for (const block of root.descendantsOfType('block')) {
    const outer = block?.parent && indentAt(text, block.parent.startIndex);
    const inner = block && ownsLine(text, block.startIndex) ? indentAt(text, block.startIndex) : undefined;
    if (outer === undefined || outer === null || !inner?.startsWith(outer) || inner === outer) continue;
    const unit = inner.slice(outer.length);
    counts.set(unit, (counts.get(unit) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '    ';
}

export function lineStart(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && text[start - 1] !== '\n' && text[start - 1] !== '\r') start--;
  return start === 0 && text.startsWith(bom) ? 1 : start;
}

/** The end of the line without its line end. */
export function lineEnd(text: string, offset: number): number {
  for (let end = offset; end < text.length; end++) if (text[end] === '\n' || text[end] === '\r') return end;
  return text.length;
}

/** The white space that the line of `offset` begins with. */
export function indentAt(text: string, offset: number): string {
  return /^[ \t\f]*/.exec(text.slice(lineStart(text, offset), lineEnd(text, offset)))![0];
}

/** Whether nothing but white space stands before `offset` on its line. */
export function ownsLine(text: string, offset: number): boolean {
  return /^[ \t\f]*$/.test(text.slice(lineStart(text, offset), offset));
}

/** Whether nothing but a comment follows `offset` on its line. */
export function endsLine(text: string, offset: number): boolean {
  return /^[ \t\f]*(#.*)?$/.test(text.slice(offset, lineEnd(text, offset)));
}

/** The lines after the first one in `span` that can be moved: those that begin in a string or are empty stay. */
export function movableLines({ root, text }: Tree, span: Span): readonly number[] {
  const starts: number[] = [];
  for (const match of text.slice(span.start, span.end).matchAll(/\r\n?|\n/g)) {
    const start = span.start + match.index + match[0].length;
    const isEmpty = /^[ \t\f]*$/.test(text.slice(start, lineEnd(text, start)));
    if (!isEmpty && !isInString(root, start)) starts.push(start);
  }
  return starts;
}

/** Whether `offset` lies behind the first and before the last letter of a string. */
export function isInString(root: Node, offset: number): boolean {
  for (let node = root.descendantForIndex(offset, offset); node; node = node.parent)
    if (node.type === 'string' && node.startIndex < offset && offset < node.endIndex) return true;
  return false;
}

/** Collects edits. What is inserted at one place stays in the order in which it came; line ends become the file's. */
export class Draft {
  readonly #inserts = new Map<number, string[]>();
  readonly #replacements: Edit[] = [];
  readonly #binds: Record<string, string> = {};
  readonly #newline: string;

  constructor(newline: string) {
    this.#newline = newline;
  }

  insert(offset: number, text: string): void {
    const list = this.#inserts.get(offset);
    if (list) list.push(text);
    else this.#inserts.set(offset, [text]);
  }

  replace(span: Span, text: string): void {
    this.#replacements.push({ span, text });
  }

  /** Says that what is written gives the file's `name` a meaning. */
  bind(name: string, meaning: string): void {
    this.#binds[name] = meaning;
  }

  add(edits: readonly Edit[]): void {
    for (const { span, text } of edits) {
      if (span.start === span.end) this.insert(span.start, text);
      else this.replace(span, text);
    }
  }

  edits(): readonly Edit[] {
    const inserts = [...this.#inserts].map(([at, parts]) => ({ span: { start: at, end: at }, text: joined(parts) }));
    const [first, ...rest] = [...inserts, ...this.#replacements]
      .map(({ span, text }): Edit => ({ span, text: text.replaceAll('\n', this.#newline) }))
      .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
    if (!first) return [];
    return [Object.keys(this.#binds).length > 0 ? { ...first, binds: this.#binds } : first, ...rest];
  }
}

/** Whole lines go before what is put into the line that begins there. */
function joined(parts: readonly string[]): string {
  const isLines = (part: string) => !part.startsWith('\n') && part.endsWith('\n');
  return [...parts.filter(isLines), ...parts.filter((part) => !isLines(part))].join('');
}

/** The text of `span` after `edits` inside it, with its later lines moved by `indent`. */
export function movedText(tree: Tree, span: Span, edits: readonly Edit[], indent: string): string {
  const moves = movableLines(tree, span).map((at) => ({ span: { start: at, end: at }, text: indent }));
  const inside = [...moves, ...movedEdits(edits, indent)]
    .map(({ span: { start, end }, text }) => ({ span: { start: start - span.start, end: end - span.start }, text }))
    .sort((a, b) => a.span.start - b.span.start);
  return apply(tree.text.slice(span.start, span.end), inside);
}

/** The edits with the lines that they add moved by `indent`. */
export function movedEdits(edits: readonly Edit[], indent: string): readonly Edit[] {
  return edits.map((edit) => ({ ...edit, text: edit.text.replace(/(\r\n?|\n)(?=.)/g, `$1${indent}`) }));
}

/** Makes the number behind `before` the user's to choose. */
export function withStop(edits: readonly Edit[], before: string, number: string): readonly Edit[] {
  return edits.map((edit) => {
    const at = edit.text.indexOf(before + number);
    if (at < 0) return edit;
    const start = at + before.length;
    return { ...edit, stops: [{ start, end: start + number.length }] };
  });
}
