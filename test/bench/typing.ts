/** How long an edit takes from the changed text to the findings, letter by letter. */
import { defaultSettings } from '../../src/core/settings.ts';
import type { Tree } from '../../src/languages/syntax.ts';
import { startSession } from '../engine.ts';
import { randomFrom } from '../robust/random.ts';
import { syntax } from '../wasm.ts';
import { programOf } from './programs.ts';

export interface Latency {
  readonly language: 'python' | 'tsx';
  readonly lines: number;
  readonly edits: number;
  readonly median: number;
  readonly p99: number;
  /** The median of the parser alone, on the same edits. */
  readonly parsing: number;
}

export async function typingLatency(language: 'python' | 'tsx', lines: number, edits: number): Promise<Latency> {
  const session = startSession();
  const path = `typing.${language === 'python' ? 'py' : 'tsx'}`;
  const random = randomFrom(lines);
  const original = programOf(language, lines);
  const parsed: number[] = [];
  let tree: Tree | undefined;
  const parse = (text: string): void => {
    const began = performance.now();
    const next = syntax.parse(text, language, tree && { before: tree });
    parsed.push(performance.now() - began);
    tree?.delete();
    tree = next;
  };
  const run = async (text: string): Promise<number> => {
    parse(text);
    const began = performance.now();
    session.update(path, text);
    await session.analyze(path, defaultSettings);
    return performance.now() - began;
  };
  for (let warm = 0; warm < 5; warm++) await run(`${original}${' '.repeat(warm)}`);
  parsed.length = 0;
  const times: number[] = [];
  const ends = [...original.matchAll(/\w(?=\n)|\w(?= )/g)];
  for (let left = edits; left > 0; left--) {
    const at = random.pick(ends).index + 1;
    // Now and then one that leaves a string or a bracket open.
    const letter = random.oneIn(8) ? random.pick(['"', '(', '{']) : random.pick([...'abcxyz_1']);
    times.push(await run(original.slice(0, at) + letter + original.slice(at)), await run(original));
  }
  session.dispose();
  tree?.delete();
  return {
    language,
    lines,
    edits: times.length,
    median: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    parsing: quantile(parsed, 0.5),
  };
}

function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}
