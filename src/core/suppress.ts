/** Ignore comments: which findings they hide, and which of them hide nothing. */
import type { Finding } from './rule.ts';
import type { LineMap, Span } from './span.ts';

/** One ignore comment. Without `rules` it hides every rule. */
export interface Suppression {
  readonly at: Span;
  readonly rules?: readonly string[];
  /** The lines it speaks for, from 0; `file` for all of them. */
  readonly lines: 'file' | readonly number[];
}

const pattern = /rate-limit-guide:\s*(ignore-file|ignore)(?:\s*\[([^\]\n]*)\])?/g;

/** Reads the ignore comments of a text. `isComment` tells whether an offset lies in a comment. */
export function suppressions(
  text: string,
  lines: LineMap,
  isComment: (offset: number) => boolean,
): readonly Suppression[] {
  const found: Suppression[] = [];
  for (const match of text.matchAll(pattern)) {
    if (!isComment(match.index)) continue;
    const at = { start: match.index, end: match.index + match[0].length };
    const rules = match[2]
      ?.split(',')
      .map((rule) => rule.trim())
      .filter(Boolean);
    const line = lines.position(at.start).line;
    const scope =
      match[1] === 'ignore-file'
        ? 'file'
        : standsAlone(text, lines, line, at.start)
          ? [line, nextCode(text, lines, line)]
          : [line];
    found.push({ at, ...(rules && { rules }), lines: scope });
  }
  return found;
}

/** Splits findings into shown and hidden, and names the comments that hide none. */
export function suppress(
  findings: readonly Finding[],
  comments: readonly Suppression[],
  lines: LineMap,
): { readonly shown: readonly Finding[]; readonly unused: readonly Suppression[] } {
  const used = new Set<Suppression>();
  const shown = findings.filter((finding) => {
    const { start, end } = lines.range(finding.at);
    const hiding = comments.filter(
      (comment) =>
        (comment.rules?.includes(finding.rule) ?? true) &&
        (comment.lines === 'file' || comment.lines.some((line) => start.line <= line && line <= end.line)),
    );
    for (const comment of hiding) used.add(comment);
    return hiding.length === 0;
  });
  return { shown, unused: comments.filter((comment) => !used.has(comment)) };
}

/** Whether only the comment's sign stands before it on its line. */
function standsAlone(text: string, lines: LineMap, line: number, at: number): boolean {
  return /^\s*(#|\/\/|\/\*|\{\/\*)?\s*$/.test(text.slice(lines.line(line).start, at));
}

/** The next line that is neither empty nor a comment. */
function nextCode(text: string, lines: LineMap, line: number): number {
  for (let next = line + 1; next < lines.lines; next++) {
    const { start, end } = lines.line(next);
    if (!/^\s*($|#|\/\/)/.test(text.slice(start, end))) return next;
  }
  return line;
}
