/** Repairs a whole text: merge, apply, analyse again, until nothing is left to do. */
import { apply, type Fix, merge } from './edit.ts';

const mostPasses = 10;

export interface Fixed {
  readonly text: string;
  /** Repairs that went in, over all passes. */
  readonly applied: number;
  readonly passes: number;
}

/** `analyse` gives the repairs wanted for a text. Repairs that collide wait for the next pass; ten passes are the limit. */
export async function fixAll(
  text: string,
  analyse: (text: string) => Promise<{ readonly fixes: readonly Fix[] }>,
): Promise<Fixed> {
  let now = text;
  let applied = 0;
  let passes = 0;
  while (passes < mostPasses) {
    const { fixes } = await analyse(now);
    const { edits, taken } = merge(fixes);
    const next = apply(now, edits);
    if (next === now) break;
    now = next;
    applied += taken;
    passes++;
  }
  return { text: now, applied, passes };
}
