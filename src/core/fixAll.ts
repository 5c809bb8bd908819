/** Repairs a whole text: merge, apply, analyse again, until nothing is left to do. */
import { apply, type Fix, merge, type NewFile } from './edit.ts';

const mostPasses = 10;

export interface Fixed {
  readonly text: string;
  /** Files that the repairs bring with them. */
  readonly creates: readonly NewFile[];
  /** Repairs that went in, over all passes. */
  readonly applied: number;
  readonly passes: number;
}

/**
 * `analyse` gives the repairs wanted for a text, in a project that has the files created so far. Repairs that collide wait
 * for the next pass; ten passes are the limit.
 */
export async function fixAll(
  text: string,
  analyse: (text: string, created: readonly NewFile[]) => Promise<{ readonly fixes: readonly Fix[] }>,
): Promise<Fixed> {
  let now = text;
  let applied = 0;
  let passes = 0;
  const created: NewFile[] = [];
  while (passes < mostPasses) {
    const { fixes } = await analyse(now, created);
    const { edits, creates, taken } = merge(fixes);
    const next = apply(now, edits);
    if (next === now) break;
    now = next;
    created.push(...creates.filter(({ path }) => created.every((one) => one.path !== path)));
    applied += taken;
    passes++;
  }
  return { text: now, creates: created, applied, passes };
}
