/** Lays out the lines that a repair wrote or made longer, so that the formatter of the file finds nothing to change. */
import { apply, type Edit } from '../../core/edit.ts';
import type { Format } from '../../core/editor.ts';
import type { Span } from '../../core/span.ts';
import { formatted } from './write-black.ts';
import { indentAt, ownsLine } from './write-draft.ts';
import { logicalLines } from './write-tokens.ts';

/** The edits of a repair, with their lines laid out; none changes where no formatter is known. */
export function laidOut(
  text: string,
  edits: readonly Edit[],
  { formatter, lineWidth = 88 }: Format,
  { unit, newline }: { readonly unit: string; readonly newline: string },
): readonly Edit[] {
  if (formatter !== 'black' && formatter !== 'ruff') return edits;
  const repaired = apply(text, edits);
  const written = placesOf(edits);
  const changes: Edit[] = [];
  for (const { start, end, tokens, movable } of logicalLines(repaired)) {
    if (!movable || !ownsLine(repaired, start)) continue;
    if (!written.some(({ span }) => span.start <= end && start <= span.end)) continue;
    const indent = indentAt(repaired, start);
    const lines = formatted(tokens, indent, { unit, width: lineWidth });
    const laid = lines.join(newline).slice(indent.length);
    const now = repaired.slice(start, end);
    if (laid !== now && bare(laid) === bare(now)) changes.push({ span: { start, end }, text: laid });
  }
  return changes.length === 0 ? edits : combined(repaired, written, changes);
}

/** What a layout leaves as it is. */
function bare(text: string): string {
  return text.replace(/[\s,()]/g, '');
}

interface Place {
  /** Where the edit's text stands in the repaired file. */
  readonly span: Span;
  readonly edit: Edit;
}

function placesOf(edits: readonly Edit[]): readonly Place[] {
  let shift = 0;
  return edits.map((edit) => {
    const start = edit.span.start + shift;
    const end = start + edit.text.length;
    shift = end - edit.span.end;
    return { span: { start, end }, edit };
  });
}

/** Edits of the original text that make the changes of the repaired one, too. */
function combined(repaired: string, written: readonly Place[], changes: readonly Edit[]): readonly Edit[] {
  const groups: { start: number; end: number; places: Place[]; changes: Edit[] }[] = [];
  const parts = [
    ...written.map((place) => ({ ...place.span, places: [place], changes: [] as Edit[] })),
    ...changes.map((change) => ({ ...change.span, places: [] as Place[], changes: [change] })),
  ].sort((a, b) => a.start - b.start || a.end - b.end);
  for (const part of parts) {
    const last = groups.at(-1);
    if (!last || part.start > last.end) {
      groups.push(part);
      continue;
    }
    last.end = Math.max(last.end, part.end);
    last.places.push(...part.places);
    last.changes.push(...part.changes);
  }
  return groups.map(({ start, end, places, changes: inside }) => {
    const [first] = places;
    if (inside.length === 0 && places.length === 1) return first!.edit;
    const before = written.findLast(({ span }) => span.end < start);
    const within = written.findLast(({ span }) => span.end <= end);
    const moved = inside.map(({ span, text }) => ({
      span: { start: span.start - start, end: span.end - start },
      text,
    }));
    const text = apply(repaired.slice(start, end), moved);
    const binds = Object.fromEntries(places.flatMap(({ edit }) => Object.entries(edit.binds ?? {})));
    const stops = places.flatMap(({ edit }) => stopsIn(text, edit));
    return {
      span: { start: start - shiftOf(before), end: end - shiftOf(within) },
      text,
      ...(Object.keys(binds).length > 0 && { binds }),
      ...(stops.length > 0 && { stops }),
    };
  });
}

/** By how much the text behind an edit has moved. */
function shiftOf(place: Place | undefined): number {
  return place ? place.span.end - place.edit.span.end : 0;
}

/** The stops of an edit whose text has become part of another one: found by what stands before them. */
function stopsIn(text: string, { stops = [], text: old }: Edit): readonly Span[] {
  return stops.flatMap(({ start, end }) => {
    const known = old.slice(Math.max(0, start - 10), end);
    const at = text.indexOf(known);
    return at < 0 ? [] : [{ start: at + known.length - (end - start), end: at + known.length }];
  });
}
