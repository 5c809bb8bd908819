/** Cuts a stretch out of the text with edits made in it, and indents it deeper without touching what strings hold. */
import { apply, type Edit } from '../../core/edit.ts';
import type { Span } from '../../core/span.ts';
import type { Node } from '../syntax.ts';
import { fixedLines } from './write-style.ts';

/** The text of `span` after `edits`, each of its further lines moved right by `deeper`. */
export function rendered(root: Node, text: string, span: Span, edits: readonly Edit[], deeper: string): string {
  const own = edits.filter((edit) => span.start <= edit.span.start && edit.span.end <= span.end);
  const fixed = fixedLines(root, text, span);
  const moved: Edit[] = [];
  for (const end of text.slice(span.start, span.end).matchAll(/\r\n?|\n/g)) {
    const at = span.start + end.index + end[0].length;
    const replaced = own.some((edit) => edit.span.start < at && at < edit.span.end);
    if (fixed.has(at) || replaced || /^[ \t]*[\r\n]/.test(text.slice(at, at + 400))) continue;
    moved.push({ span: { start: at, end: at }, text: deeper });
  }
  const deepened = own.map((edit) => ({ ...edit, text: edit.text.replace(/(\r\n?|\n)/g, `$1${deeper}`) }));
  const sorted = [...moved, ...deepened].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const shifted = sorted.map((edit) => ({
    span: { start: edit.span.start - span.start, end: edit.span.end - span.start },
    text: edit.text,
  }));
  return apply(text.slice(span.start, span.end), shifted);
}
