/** Spans and the line map: the one place that knows UTF-16 offsets, line ends, the BOM, lines and columns. */

/** A half-open range of UTF-16 code units in the text that was analysed. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Line and column, both from 0; the column counts UTF-16 units, and a BOM has none. */
export interface Position {
  /** In a notebook: the cell's index among all cells, from 0; the line counts within it. */
  readonly cell?: number;
  readonly line: number;
  readonly column: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export interface LineMap {
  readonly lines: number;
  position(offset: number): Position;
  range(span: Span): Range;
  /** The offset of a position; a position outside the text is moved to the nearest one inside. */
  offset(position: Position): number;
  /** The line's text without its line end; in a notebook that of a cell. */
  line(index: number, cell?: number): Span;
}

export const bom = '\uFEFF';

/** A map of `text`'s lines. `\n`, `\r\n` and a lone `\r` each end a line. */
export function lineMap(text: string): LineMap {
  const starts = [0];
  for (const match of text.matchAll(/\r\n?|\n/g)) starts.push(match.index + match[0].length);
  const first = text.startsWith(bom) ? 1 : 0;
  const begin = (line: number) => (line === 0 ? first : starts[line]!);

  const lineAt = (offset: number): number => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const line = (index: number): Span => {
    const start = begin(index);
    let end = starts[index + 1] ?? text.length;
    if (index + 1 < starts.length) end -= text[end - 1] === '\n' && text[end - 2] === '\r' ? 2 : 1;
    return { start, end: Math.max(start, end) };
  };
  const position = (offset: number): Position => {
    const at = Math.min(Math.max(offset, 0), text.length);
    const index = lineAt(at);
    return { line: index, column: Math.max(0, at - begin(index)) };
  };
  return {
    lines: starts.length,
    line,
    position,
    range: ({ start, end }) => ({ start: position(start), end: position(end) }),
    offset: ({ line: index, column }) => {
      if (index < 0) return 0;
      if (index >= starts.length) return text.length;
      const { start, end } = line(index);
      return Math.min(start + Math.max(column, 0), end);
    },
  };
}

export function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}
