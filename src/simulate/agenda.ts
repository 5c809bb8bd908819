/** What is still to happen, earliest first; what is due at the same moment comes in the order in which it was planned. */

export interface Agenda<T> {
  plan(at: number, what: T): void;
  next(): { readonly at: number; readonly what: T } | undefined;
}

interface Entry<T> {
  readonly at: number;
  readonly order: number;
  readonly what: T;
}

export function createAgenda<T>(): Agenda<T> {
  /** A binary heap: no entry comes before the one at half its index. */
  const heap: Entry<T>[] = [];
  let planned = 0;
  return {
    plan(at, what) {
      const entry = { at, order: planned++, what };
      let place = heap.length;
      heap.push(entry);
      while (place > 0) {
        const above = (place - 1) >> 1;
        if (!comesBefore(entry, heap[above]!)) break;
        heap[place] = heap[above]!;
        place = above;
      }
      heap[place] = entry;
    },
    next() {
      const first = heap[0];
      const last = heap.pop();
      if (first && last && heap.length > 0) sink(heap, last);
      return first;
    },
  };
}

function sink<T>(heap: Entry<T>[], entry: Entry<T>): void {
  let place = 0;
  for (;;) {
    let below = 2 * place + 1;
    if (below >= heap.length) break;
    if (below + 1 < heap.length && comesBefore(heap[below + 1]!, heap[below]!)) below++;
    if (!comesBefore(heap[below]!, entry)) break;
    heap[place] = heap[below]!;
    place = below;
  }
  heap[place] = entry;
}

function comesBefore<T>(one: Entry<T>, other: Entry<T>): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}
