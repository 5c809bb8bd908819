/** A change as two sides to compare: the stretches that differ, with a few lines round them. */
import { diffLines } from 'diff';

export interface Side {
  readonly text: string;
  /** Stands on this side alone. */
  readonly changed: boolean;
}

export interface Stretch {
  /** Its first line on the side before, from 1. */
  readonly line: number;
  readonly before: readonly Side[];
  readonly after: readonly Side[];
}

const context = 2;

/** Lines that both sides share stand in both; what lies further away than a few lines is left out. */
export function sides(before: string, after: string): readonly Stretch[] {
  const found: Stretch[] = [];
  let open: { line: number; before: Side[]; after: Side[] } | undefined;
  let line = 1;
  let previous: readonly string[] = [];
  const parts = diffLines(plain(before), plain(after));
  for (const [index, { value, added, removed }] of parts.entries()) {
    const lines = linesOf(value);
    if (added || removed) {
      open ??= opened(line, previous);
      for (const text of lines) (added ? open.after : open.before).push({ text, changed: true });
    } else {
      const isLast = index === parts.length - 1;
      const joins = open !== undefined && !isLast && lines.length <= 2 * context;
      if (open) {
        for (const text of joins ? lines : lines.slice(0, context)) {
          open.before.push({ text, changed: false });
          open.after.push({ text, changed: false });
        }
        if (!joins) found.push(open);
        if (!joins) open = undefined;
      }
      previous = joins ? [] : lines;
    }
    if (!added) line += lines.length;
  }
  if (open) found.push(open);
  return found;
}

function opened(line: number, previous: readonly string[]) {
  const shared = previous.slice(-context).map((text): Side => ({ text, changed: false }));
  return { line: line - shared.length, before: [...shared], after: [...shared] };
}

function linesOf(text: string): readonly string[] {
  return text.replace(/\n$/, '').split('\n');
}

function plain(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
