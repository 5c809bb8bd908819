/** What a repaired text changes in the text that an editor shows: as few lines as can be, so that cursors and marks stay. */
import { diffLines } from 'diff';
import type { Edit } from '../core/edit.ts';
import { cellSpans, splitCells } from './cells.ts';

/** The stretches in which two texts differ, line by line, in a notebook cell by cell. */
export function differences(before: string, after: string): readonly Edit[] {
  const now = splitCells(after);
  return cellSpans(before).flatMap(({ start, end }, index) =>
    changedLines(before.slice(start, end), now[index]!, start),
  );
}

function changedLines(before: string, after: string, start: number): readonly Edit[] {
  const edits: Edit[] = [];
  let at = start;
  for (const { added, removed, value } of diffLines(before, after)) {
    const last = edits.at(-1);
    if (added && last?.span.end === at) edits[edits.length - 1] = { ...last, text: last.text + value };
    else if (added) edits.push({ span: { start: at, end: at }, text: value });
    if (removed) edits.push({ span: { start: at, end: at + value.length }, text: '' });
    if (!added) at += value.length;
  }
  return edits;
}
