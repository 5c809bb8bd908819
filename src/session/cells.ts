/** The code cells of a notebook as one text: how they are joined, where each lies, and edits that keep to their cells. */
import type { Edit } from '../core/edit.ts';
import type { Written } from '../core/editor.ts';
import { type LineMap, lineMap, type Span } from '../core/span.ts';
import { say, type Words } from '../core/words.ts';

/** What stands between two cells. No program holds a NUL, so a joined text can be taken apart again, edited or not. */
export const cellBreak = '\n\0\n';

/** All cells of a notebook in order; those that hold no code of ours give an empty text, so that the others keep their index. */
export function joinCells(sources: readonly string[]): string {
  return sources.map((source) => (source.includes('\0') ? '' : source)).join(cellBreak);
}

export function splitCells(text: string): readonly string[] {
  return text.split(cellBreak);
}

export function cellSpans(text: string): readonly Span[] {
  let start = 0;
  return splitCells(text).map((source) => {
    const span = { start, end: start + source.length };
    start = span.end + cellBreak.length;
    return span;
  });
}

/** Lines count within their cell; a range ends where the cell does in which it began. */
export function cellLineMap(text: string): LineMap {
  const cells = cellSpans(text).map((span) => ({ ...span, lines: lineMap(text.slice(span.start, span.end)) }));
  const cellAt = (offset: number): number =>
    Math.max(
      0,
      cells.findLastIndex(({ start }) => start <= offset),
    );
  const within = (cell: number, offset: number) => {
    const { start, end, lines } = cells[cell]!;
    return { cell, ...lines.position(Math.min(offset, end) - start) };
  };
  return {
    lines: cells.reduce((sum, { lines }) => sum + lines.lines, 0),
    position: (offset) => within(cellAt(offset), offset),
    range({ start, end }) {
      const cell = cellAt(start);
      return { start: within(cell, start), end: within(cell, end) };
    },
    offset({ cell = 0, line, column }) {
      const at = cells[cell];
      return at ? at.start + at.lines.offset({ line, column }) : text.length;
    },
    line(index, cell = 0) {
      const { start, lines } = cells[cell]!;
      const line = lines.line(index);
      return { start: start + line.start, end: start + line.end };
    },
  };
}

/**
 * The edits with each in the cell where it belongs, or why they can't be made. `code` is the text as it was parsed: what
 * differs in it from `text` are magic commands, which stay as they are.
 */
export function keepToCells({ edits }: { readonly edits: readonly Edit[] }, text: string, code: string): Written {
  const cells = cellSpans(text).map((span) => cellOf(span, text, code));
  const kept: Edit[] = [];
  for (const edit of edits) {
    const placed = place(edit, cells, text, code);
    if ('refused' in placed) return placed;
    kept.push(placed);
  }
  return { edits: kept.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end) };
}

interface Cell extends Span {
  /** Where code may begin: behind a magic command that speaks for the whole cell. */
  readonly first: number;
  readonly isCode: boolean;
  readonly newline: '\n' | '\r\n';
}

function cellOf(span: Span, text: string, code: string): Cell {
  const source = text.slice(span.start, span.end);
  const head = /^\s*%%.*(?:\r?\n|$)/.exec(source)?.[0] ?? '';
  return {
    ...span,
    first: span.start + head.length,
    isCode: code.slice(span.start, span.end).trim() !== '',
    newline: source.includes('\r\n') ? '\r\n' : '\n',
  };
}

const severalCells = { refused: say('The repair would reach over several cells.') };
const magicCommand = { refused: say('The repair would change a magic command of the notebook.') };

function place(edit: Edit, cells: readonly Cell[], text: string, code: string): Edit | { readonly refused: Words } {
  const { start, end } = edit.span;
  const cell = cells.findLast((each) => each.start <= start);
  if (!cell) return severalCells;
  if (start < end) {
    if (end > cell.end) return severalCells;
    if (text.slice(start, end) !== code.slice(start, end)) return magicCommand;
    return splitsMagic(edit, text, code) ? magicCommand : { ...edit, text: inManner(edit.text, cell) };
  }
  const index = cells.indexOf(cell);
  // Below the last line of a cell is at its end; what comes above the next one is at that one's beginning.
  if (start > cell.end + 1) return atStart(edit.text, cells.slice(index + 1));
  if (!cell.isCode || start < cell.first) return atStart(edit.text, cells.slice(index));
  if (start > cell.end) return atEnd(`\n${edit.text}`, cell);
  if (splitsMagic(edit, text, code)) return magicCommand;
  if (start === cell.end) return atEnd(edit.text, cell);
  return inserted(start, start === cell.start ? edit.text.replace(/^[\r\n]+/, '') : edit.text, cell);
}

/** Whole lines at the beginning of the first of `cells` that holds code. */
function atStart(text: string, cells: readonly Cell[]): Edit | { readonly refused: Words } {
  const cell = cells.find(({ isCode }) => isCode);
  if (!cell || !/\n/.test(text)) return severalCells;
  const lines = text.replace(/^[\r\n]+|[\r\n]+$/g, '');
  const gap = /[\r\n]*$/.exec(text)![0] || '\n';
  return inserted(cell.first, cell.first === cell.end ? `\n${lines}` : lines + gap, cell);
}

function atEnd(text: string, cell: Cell): Edit {
  return inserted(cell.end, text.replace(/[\r\n]+$/, ''), cell);
}

function inserted(at: number, text: string, cell: Cell): Edit {
  return { span: { start: at, end: at }, text: inManner(text, cell) };
}

function inManner(text: string, { newline }: Cell): string {
  return text.replace(/\r?\n/g, newline);
}

/** Whether the edit breaks the line of a magic command: such a command has one line. */
function splitsMagic({ span, text: written }: Edit, text: string, code: string): boolean {
  if (!written.includes('\n')) return false;
  const start = text.lastIndexOf('\n', span.start - 1) + 1;
  const next = text.indexOf('\n', span.end);
  const end = next < 0 ? text.length : next;
  if (text.slice(start, end) === code.slice(start, end)) return false;
  const isAbove = span.start === start && span.end === start && written.endsWith('\n');
  const isBelow = span.start === end && /^\r?\n/.test(written);
  return !isAbove && !isBelow;
}
