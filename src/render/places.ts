/** Places in words: lines and columns from 1, and in a notebook the cell by its index. */
import type { Position } from '../core/span.ts';

/** `a.py:9:16`, `a.ipynb:cell 3:9:16`. */
export function placeInWords(path: string, { cell, line, column }: Position): string {
  return `${path}:${cell === undefined ? '' : `cell ${cell}:`}${line + 1}:${column + 1}`;
}

/** `line 9`, `line 9 of cell 3`. */
export function lineInWords({ cell, line }: Pick<Position, 'cell' | 'line'>): string {
  return `line ${line + 1}${cell === undefined ? '' : ` of cell ${cell}`}`;
}
