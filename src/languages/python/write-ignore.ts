/** Writes ignore comments in Python. */
import type { Written } from '../../core/editor.ts';
import type { Span } from '../../core/span.ts';
import { say } from '../../core/words.ts';
import type { Tree } from '../syntax.ts';
import { indentAt, isInString, lineEnd, lineStart, mannerOf } from './write-draft.ts';

const pattern = /rate-limit-guide:\s*ignore(?!-file)(?:\s*\[([^\]\n]*)\])?/;

export function writeIgnore(tree: Tree, at: Span, rules: readonly string[], where: 'line' | 'file'): Written {
  return where === 'file' ? inFile(tree) : onLine(tree, at, rules);
}

function inFile(tree: Tree): Written {
  const { text } = tree;
  if (/#\s*rate-limit-guide:\s*ignore-file(?!\s*\[)/.test(text))
    return { refused: say('The file is ignored already.') };
  const { newline } = mannerOf(tree);
  let start = lineStart(text, 0);
  // The encoding counts only in the first two lines, the shebang only in the first.
  for (const line of [0, 1]) {
    const end = lineEnd(text, start);
    const content = text.slice(start, end);
    const isFixed = (line === 0 && content.startsWith('#!')) || /^[ \t\f]*#.*?coding[:=][ \t]*[-\w.]+/.test(content);
    if (!isFixed) break;
    if (end === text.length) return insert(end, `${newline}# rate-limit-guide: ignore-file`);
    start = end + (text.startsWith('\r\n', end) ? 2 : 1);
  }
  return insert(start, `# rate-limit-guide: ignore-file${newline}`);
}

function onLine(tree: Tree, at: Span, rules: readonly string[]): Written {
  const { text, root } = tree;
  const start = lineStart(text, at.start);
  const end = lineEnd(text, at.start);
  const above =
    start > lineStart(text, 0)
      ? { start: lineStart(text, start - 1), end: lineEnd(text, lineStart(text, start - 1)) }
      : undefined;
  const comment = commentAt(tree, end);
  const known =
    (comment !== undefined ? extended(text, comment, end, rules) : undefined) ??
    (above && /^[ \t\f]*#/.test(text.slice(above.start, above.end))
      ? extended(text, above.start, above.end, rules)
      : undefined);
  if (known) return known;

  const words = `# rate-limit-guide: ignore[${rules.join(', ')}]`;
  const canEnd = !isInString(root, end) && (comment !== undefined || !/\\$/.test(text.slice(start, end)));
  if (canEnd) {
    const trimmed = start + text.slice(start, end).trimEnd().length;
    return { edits: [{ span: { start: trimmed, end }, text: `  ${words}` }] };
  }
  const goesOn = above !== undefined && /\\$/.test(text.slice(above.start, above.end));
  if (isInString(root, start) || goesOn) return { refused: say('No comment can stand on this line or above it.') };
  return insert(start, indentAt(text, start) + words + mannerOf(tree).newline);
}

/** The start of the comment that ends at `end`. */
function commentAt({ root }: Tree, end: number): number | undefined {
  const node = end > 0 ? root.descendantForIndex(end - 1, end) : null;
  return node?.type === 'comment' ? node.startIndex : undefined;
}

/** Adds the rules to an ignore comment in `start`–`end`; undefined where there is none. */
function extended(text: string, start: number, end: number, rules: readonly string[]): Written | undefined {
  const match = pattern.exec(text.slice(start, end));
  if (!match) return undefined;
  const known = match[1]?.split(',').map((rule) => rule.trim());
  const missing = rules.filter((rule) => !known?.includes(rule));
  if (known === undefined || missing.length === 0) return { refused: say('It is ignored already.') };
  const at = start + match.index + match[0].length - 1;
  return insert(at, (known.some(Boolean) ? ', ' : '') + missing.join(', '));
}

function insert(at: number, text: string): Written {
  return { edits: [{ span: { start: at, end: at }, text }] };
}
