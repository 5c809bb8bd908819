/** Finds a finding again after its file has changed, or after the editor was started anew. */
import type { Finding } from '../core/rule.ts';

/** By what a finding is known again. */
export interface Mark {
  readonly rule: string;
  readonly offset: number;
  /** The call as it was written: `client.chat.completions.create`. */
  readonly call?: string;
}

export interface Again {
  readonly finding: Finding;
  /** `nearest`: it does not stand where it should, and reads the same. */
  readonly how: 'same' | 'nearest';
}

/** The finding at the mark, else the nearest one of the same rule on the same call. */
export function findAgain(findings: readonly Finding[], text: string, mark: Mark): Again | undefined {
  const own = findings.filter(({ rule }) => rule === mark.rule);
  const same = own.find(({ at }) => at.start === mark.offset);
  if (same) return { finding: same, how: 'same' };
  const distance = ({ at }: Finding) => Math.abs(at.start - mark.offset);
  const [nearest] = own
    .filter(({ at }) => text.slice(at.start, at.end) === mark.call)
    .sort((one, other) => distance(one) - distance(other));
  return nearest && { finding: nearest, how: 'nearest' };
}

/** Where an offset lies after an edit: it moves with what stands behind the change, and stays where the change covers it. */
export function offsetAfter(offset: number, before: string, after: string): number {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return offset >= before.length - tail && offset >= head ? offset + after.length - before.length : offset;
}
