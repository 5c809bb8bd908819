/** Places in words: lines and columns from 1, and in a notebook the cell by its index. */
import type { LineMap, Position } from '../core/span.ts';
import type { Evidence } from '../core/verdict.ts';
import { say, type Words } from '../core/words.ts';

/** `a.py:9:16`, `a.ipynb:cell 3:9:16`. */
export function placeInWords(path: string, { cell, line, column }: Position): string {
  return `${path}:${cell === undefined ? '' : `cell ${cell}:`}${line + 1}:${column + 1}`;
}

/** Where a piece of evidence stands: `line 9`, or `client.py, line 9` for another file. */
export function evidencePlace({ at, path, line }: Evidence, lines: LineMap): Words {
  if (path === undefined) return lineInWords(lines.position(at.start));
  const name = decodeURIComponent(path.split('/').at(-1)!);
  return line === undefined ? say`${name}` : say`${name}, ${lineInWords({ line })}`;
}

/** `line 9`, `line 9 of cell 3`. */
export function lineInWords({ cell, line }: Pick<Position, 'cell' | 'line'>): Words {
  const number = String(line + 1);
  return cell === undefined ? say`line ${number}` : say`line ${number} of cell ${String(cell)}`;
}

/** Orders paths as a walk finds them: folder by folder, in each by name. */
export function byWalk(a: string, b: string): number {
  const [left, right] = [a.split('/'), b.split('/')];
  const at = left.findIndex((part, index) => part !== right[index]);
  if (at < 0) return left.length - right.length;
  const other = right[at];
  return other === undefined || left[at]! > other ? 1 : -1;
}
