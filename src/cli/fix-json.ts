/** What `fix` would change, as text edits for whoever makes them: lines and columns from 1, in the file as it is. */
import type { NewFile } from '../core/edit.ts';
import { lineMap } from '../core/span.ts';
import { reportRange } from '../render/report.ts';
import { differences } from '../session/differences.ts';
import { shown } from './paths.ts';

/** A file as it is, and as its repairs leave it. */
export interface Change {
  readonly path: string;
  readonly repairs: number;
  readonly before: string;
  readonly text: string;
}

export function changesJson(changes: readonly Change[], creates: readonly NewFile[]): string {
  const object = {
    version: 1,
    files: changes.map(({ path, repairs, before, text }) => {
      const lines = lineMap(before);
      const edits = differences(before, text).map((edit) => ({
        range: reportRange(lines, edit.span),
        newText: edit.text,
      }));
      return { path: shown(path), repairs, edits };
    }),
    creates: creates.map(({ path, text }) => ({ path: shown(path), text })),
  };
  return `${JSON.stringify(object, undefined, 2)}\n`;
}
