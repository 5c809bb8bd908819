/** What must hold of any text: no throw, spans inside, bounded time, and repairs that leave a sound program sound. */
import { apply } from '../../src/core/edit.ts';
import { defaultSettings } from '../../src/core/settings.ts';
import type { Span } from '../../src/core/span.ts';
import { inEnglish } from '../../src/core/words.ts';
import { grammarOf } from '../../src/languages/syntax.ts';
import type { Analysis } from '../../src/session/session.ts';
import { startSession } from '../engine.ts';
import { syntax } from '../wasm.ts';
import type { Mutant } from './mutate.ts';

export interface Judged {
  /** In a sentence; undefined where everything held. */
  readonly fault: string | undefined;
  readonly milliseconds: number;
  readonly findings: number;
  readonly repairs: number;
}

const session = startSession();

/** Milliseconds that analysis and all repairs of a screenful may take, on a busy machine. */
const bound = 3000;

export async function judge({ path, text }: Mutant): Promise<Judged> {
  const began = performance.now();
  let findings = 0;
  let repairs = 0;
  let fault: string | undefined;
  try {
    session.update(path, text);
    const analysis = await session.analyze(path, defaultSettings);
    if (!analysis) throw new Error('not analysed');
    findings = analysis.findings.length;
    fault = analysis.problems[0]?.message ?? outside(analysis);
    const sound = isSound(path, text);
    for (const finding of analysis.findings) {
      const fixes = [
        ...analysis.fixes(finding),
        ...(['line', 'file'] as const).flatMap((where) => analysis.ignore(finding, where) ?? []),
      ];
      fault ??= analysis
        .refusals(finding)
        .map(inEnglish)
        .find((reason) => reason.includes('could not be built'));
      for (const { name, edits } of fixes) {
        repairs++;
        if (sound && !isSound(path, apply(text, edits))) fault ??= `${name} makes a program that does not parse`;
      }
    }
  } catch (error) {
    fault = error instanceof Error ? (error.stack ?? error.message) : String(error);
  } finally {
    session.close(path);
  }
  const milliseconds = performance.now() - began;
  if (milliseconds > bound) fault ??= `${milliseconds.toFixed(0)} ms`;
  return { fault, milliseconds, findings, repairs };
}

/** The smallest program that a few removals of lines leave with the same kind of fault. */
export async function shrink(mutant: Mutant, fault: string): Promise<Mutant> {
  const kind = kindOf(fault);
  let lines = mutant.text.split('\n');
  for (let size = Math.ceil(lines.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < lines.length; ) {
      const fewer = [...lines.slice(0, at), ...lines.slice(at + size)];
      const judged = await judge({ ...mutant, text: fewer.join('\n') });
      if (judged.fault !== undefined && kindOf(judged.fault) === kind) lines = fewer;
      else at += size;
    }
  }
  return { ...mutant, text: lines.join('\n') };
}

/** Faults of one cause: the first lines of their stacks are the same. */
export function kindOf(fault: string): string {
  return fault
    .split('\n')
    .slice(0, 2)
    .join(' ')
    .replace(/\d+ ms/, 'slow')
    .replace(/“.*”/, '');
}

/** What Python takes for a line's end or for no letter at all, and the grammar for a space. */
const misread = /\r(?!\n)|(?<!^)\uFEFF|\0/;

function isSound(path: string, text: string): boolean {
  if (misread.test(text)) return false;
  const tree = syntax.parse(text, grammarOf(path)!);
  const sound = tree !== undefined && !tree.root.hasError;
  tree?.delete();
  return sound;
}

function outside(analysis: Analysis): string | undefined {
  const { length } = analysis.text;
  for (const { start, end } of spans(analysis))
    if (!(0 <= start && start <= end && end <= length)) return `${start}–${end} lies outside of a text of ${length}`;
  return undefined;
}

function* spans(analysis: Analysis): Generator<Span> {
  for (const finding of analysis.findings) {
    yield finding.at;
    for (const related of finding.related) yield related.at;
    for (const fix of analysis.fixes(finding)) for (const edit of fix.edits) yield edit.span;
  }
  for (const { evidence } of analysis.verdicts) for (const one of evidence) if (one.path === undefined) yield one.at;
}
