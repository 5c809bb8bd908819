/** How long an edit takes from the changed text to the findings, letter by letter. */
import { defaultSettings } from '../../src/core/settings.ts';
import { startSession } from '../engine.ts';
import { randomFrom } from '../robust/random.ts';
import { programOf } from './programs.ts';

export interface Latency {
  readonly language: 'python' | 'tsx';
  readonly lines: number;
  readonly edits: number;
  readonly median: number;
  readonly p99: number;
  /** Of the edits that leave a string or a bracket open. */
  readonly openMedian: number;
}

export async function typingLatency(language: 'python' | 'tsx', lines: number, edits: number): Promise<Latency> {
  const session = startSession();
  const path = `typing.${language === 'python' ? 'py' : 'tsx'}`;
  const random = randomFrom(lines);
  const original = programOf(language, lines);
  const run = async (text: string): Promise<number> => {
    const began = performance.now();
    session.update(path, text);
    await session.analyze(path, defaultSettings);
    return performance.now() - began;
  };
  for (let warm = 0; warm < 5; warm++) await run(`${original}${' '.repeat(warm)}`);
  const plain: number[] = [];
  const open: number[] = [];
  for (let left = edits; left > 0; left--) {
    const ends = [...original.matchAll(/\w(?=\n)|\w(?= )/g)];
    const at = random.pick(ends).index + 1;
    const letter = random.oneIn(8) ? random.pick(['"', '(', '{']) : random.pick([...'abcxyz_1']);
    const times = letter.match(/\w/) ? plain : open;
    times.push(await run(original.slice(0, at) + letter + original.slice(at)));
    // Taken back, as one types on.
    plain.push(await run(original));
  }
  session.dispose();
  const all = [...plain, ...open];
  return {
    language,
    lines,
    edits: all.length,
    median: quantile(all, 0.5),
    p99: quantile(all, 0.99),
    openMedian: quantile(open, 0.5),
  };
}

export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}
