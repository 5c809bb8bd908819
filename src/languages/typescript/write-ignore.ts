/** Writes the repair `ignore`: a comment that hides findings on a line or in the file. */
import type { Edit } from '../../core/edit.ts';
import type { Span } from '../../core/span.ts';
import { say } from '../../core/words.ts';
import type { Node, Tree } from '../syntax.ts';
import { refuse } from './write-refusal.ts';
import { indentAt, lineEnd, lineStart, styleOf } from './write-style.ts';
import { descendants } from './write-syntax.ts';

export function writeIgnore(tree: Tree, at: Span, rules: readonly string[], where: 'line' | 'file'): readonly Edit[] {
  return where === 'file' ? [atTop(tree)] : [onLine(tree, at, rules)];
}

function atTop(tree: Tree): Edit {
  const { root, text } = tree;
  if (descendants(root, 'comment').some((node) => /rate-limit-guide:\s*ignore-file(?!\s*\[)/.test(node.text)))
    refuse(say('The file is ignored already.'));
  const { lineEnd: newline } = styleOf(tree);
  const first = root.child(0);
  // The shebang counts only as the very first line.
  const start = first?.type === 'hash_bang_line' ? lineEnd(text, first.endIndex) : text.startsWith('\uFEFF') ? 1 : 0;
  const line = '// rate-limit-guide: ignore-file';
  return insert(start, first?.type === 'hash_bang_line' ? newline + line : line + newline);
}

function onLine(tree: Tree, at: Span, rules: readonly string[]): Edit {
  const { root, text } = tree;
  const start = lineStart(text, at.start);
  const end = lineEnd(text, at.start);
  const known = ignoreIn(root, start, end) ?? ignoreAbove(tree, start);
  if (known) return extended(known, rules);
  const comment = `// rate-limit-guide: ignore[${rules.join(', ')}]`;
  const last = commentAt(root, end);
  if (last?.text.startsWith('//')) return insert(last.endIndex, ` ${comment}`);
  const blank = text.slice(start, end).trimEnd().length;
  if (isCode(root, end) && !last) return insert(start + blank, ` ${comment}`);
  const begin = text.startsWith('\uFEFF') && start === 0 ? 1 : start;
  const above = (line: string) => insert(begin, `${indentAt(text, at.start)}${line}${styleOf(tree).lineEnd}`);
  if (isCode(root, start) && !commentAt(root, start)) return above(comment);
  if (!isAmongJsx(root, start)) refuse(say('A comment can stand neither at the end of the line nor above it.'));
  return above(`{/* ${comment.slice('// '.length)} */}`);
}

const pattern = /rate-limit-guide:\s*ignore(?![-\w])(?:\s*\[([^\]]*)\])?/;

function ignoreIn(root: Node, start: number, end: number): Node | undefined {
  return descendants(root, 'comment').find(
    (node) => node.startIndex >= start && node.endIndex <= end && pattern.test(node.text),
  );
}

/** An ignore comment that stands alone on the line above. */
function ignoreAbove({ root, text }: Tree, start: number): Node | undefined {
  if (start === 0) return undefined;
  const above = lineStart(text, start - (text.slice(start - 2, start) === '\r\n' ? 2 : 1));
  const found = ignoreIn(root, above, start);
  return found && text.slice(above, found.startIndex).trim() === '' ? found : undefined;
}

function extended(comment: Node, rules: readonly string[]): Edit {
  const match = pattern.exec(comment.text)!;
  const list = match[1]
    ?.split(',')
    .map((rule) => rule.trim())
    .filter(Boolean);
  if (!list) refuse(say('The line already ignores every rule.'));
  const missing = rules.filter((rule) => !list.includes(rule));
  if (missing.length === 0) refuse(say('The line already ignores the rule.'));
  const start = comment.startIndex + match.index;
  return {
    span: { start, end: start + match[0].length },
    text: match[0].replace(/\[[^\]]*\]/, `[${[...list, ...missing].join(', ')}]`),
  };
}

function commentAt(root: Node, offset: number): Node | undefined {
  const node = root.descendantForIndex(Math.max(0, offset - 1), offset);
  return node?.type === 'comment' && node.startIndex < offset && offset <= node.endIndex ? node : undefined;
}

/** Whether a comment that ends its line may begin at `offset`: not inside a string, a template's text or JSX text. */
function isCode(root: Node, offset: number): boolean {
  const holders = ['template_string', 'string', 'jsx_text', 'jsx_element', 'jsx_fragment', 'regex', 'comment'];
  for (let node: Node | null = root.descendantForIndex(offset, offset); node; node = node.parent) {
    if (offset <= node.startIndex || node.endIndex <= offset) continue;
    if (holders.includes(node.type)) return false;
    if (node.type === 'template_substitution' || node.type === 'jsx_expression') return true;
  }
  return true;
}

/** Whether the offset lies between the children of a JSX element. */
function isAmongJsx(root: Node, offset: number): boolean {
  const node = root.descendantForIndex(Math.max(0, offset - 1), offset);
  return node !== null && /^(jsx_text|jsx_element|jsx_fragment)$/.test(node.type);
}

function insert(at: number, text: string): Edit {
  return { span: { start: at, end: at }, text };
}
