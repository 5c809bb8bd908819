/** Reads the stack that a program prints with an error: Python’s above it, JavaScript’s below. */

export interface StackFrame {
  /** As printed: a path, absolute or not, or a `file:` address. */
  readonly path: string;
  /** From 1, as printed. */
  readonly line: number;
}

/** The frames of the error that stands at `at`, innermost first. */
export function framesAt(text: string, at: number): readonly StackFrame[] {
  const before = text.slice(0, at);
  return [framesBelow(text.slice(at)), framesOfOwner(before)].find(({ length }) => length > 0) ?? framesAbove(before);
}

/** Code that the user did not write: packages, the languages’ own libraries. */
export function isForeign({ path }: StackFrame): boolean {
  return /[\\/](?:node_modules|site-packages|dist-packages|lib[\\/]python\d[\w.]*)[\\/]|^(?:node|bun|deno|ext|internal):|^<|^node:internal/.test(
    path,
  );
}

const pythonFrame = [
  // The interpreter’s own form; IPython leaves the quotes out and writes a colon: `File ~/ask.py:12, in ask()`.
  String.raw`^\s*(?:\| ?)*File "(?<quoted>[^"\n]+)", line (?<quotedLine>\d+)`,
  String.raw`^\s*File (?<bare>[^\s"][^\n]*?):(?<bareLine>\d+)(?:, in |$)`,
  // As rich draws it.
  String.raw`^[│|] (?<drawn>(?:[A-Za-z]:)?[^\s:│|][^:\n│|]*):(?<drawnLine>\d+) in `,
];
const above = new RegExp(pythonFrame.join('|'), 'gm');
const head = 'Traceback (most recent call last)';

/** From the last traceback’s head on: what stands further up belongs to another error. */
function framesAbove(text: string): readonly StackFrame[] {
  const from = text.lastIndexOf(head);
  if (from < 0) return [];
  return [...text.slice(from).matchAll(above)].map(({ groups = {} }) => frameOf(groups)).reverse();
}

function frameOf({ quoted, quotedLine, bare, bareLine, drawn, drawnLine }: Record<string, string>): StackFrame {
  return { path: (quoted ?? bare ?? drawn)!, line: Number(quotedLine ?? bareLine ?? drawnLine) };
}

const below =
  /^\s+at (?:[^\n]*?\()?(?:async )?((?:file:\/\/|[A-Za-z]:)?[^\s()][^()\n]*?):(\d+)(?::\d+)?\)?,?(?: \{)?\s*$/;
/** Debuggers mark where a promise was waited for. */
const wait = /^\s+-{2,3} \w+ -{2,3}$/;
/** A message and a body stand between the error’s first line and its stack. */
const mostLinesBetween = 12;

function framesBelow(text: string): readonly StackFrame[] {
  const lines = text.split('\n');
  const first = lines.findIndex(isFrame);
  const between = first < 0 || first > mostLinesBetween ? undefined : lines.slice(0, first);
  return between && !between.some((line) => line.includes(head)) ? run(lines.slice(first)) : [];
}

/** Node prints an error’s properties, its body among them, below its stack. */
function framesOfOwner(before: string): readonly StackFrame[] {
  const lines = before.split('\n');
  const blank = lines.findLastIndex((line, index) => line.trim() === '' && index < lines.length - 1);
  const first = lines.findIndex((line, index) => index > blank && isFrame(line));
  return first < 0 ? [] : run(lines.slice(first));
}

function run(lines: readonly string[]): readonly StackFrame[] {
  const end = lines.findIndex((line) => !isFrame(line) && !wait.test(line));
  return lines.slice(0, end < 0 ? lines.length : end).flatMap((line) => {
    const match = below.exec(line);
    return match ? [{ path: match[1]!, line: Number(match[2]) }] : [];
  });
}

function isFrame(line: string): boolean {
  return /^\s+at /.test(line);
}
