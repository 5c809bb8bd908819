/** A run as a chart shows it: time in equal columns, and what happened in each. */
import type { TimelineEvent } from './simulate.ts';

export interface Column {
  readonly from: number;
  readonly to: number;
  readonly sent: number;
  readonly refused: number;
  readonly done: number;
  readonly lost: number;
  /** How many requests waited, on the average over the column's time. */
  readonly waiting: number;
}

export function timeline(events: readonly TimelineEvent[], columns: number): readonly Column[] {
  const end = events.at(-1)?.at ?? 0;
  // A run without any length is one moment, in the first column.
  const width = end === 0 ? 1 : end / columns;
  const at = (seconds: number) => Math.min(columns - 1, Math.floor(seconds / width));
  const counts = Array.from({ length: columns }, (_, index) => ({
    from: index * width,
    to: (index + 1) * width,
    sent: 0,
    refused: 0,
    done: 0,
    lost: 0,
    waiting: 0,
  }));
  for (const event of events) {
    if (event.what !== 'waiting') counts[at(event.at)]![event.what]++;
    else {
      const until = Math.min(event.until ?? event.at, end);
      for (let index = at(event.at); index <= at(until); index++) {
        const column = counts[index]!;
        const shared = Math.min(until, column.to) - Math.max(event.at, column.from);
        column.waiting += Math.max(0, shared) / width;
      }
    }
  }
  return counts;
}
