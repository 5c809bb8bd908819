/** Makes plain Python of notebook cells: IPython's commands are blanked out, and every letter of the rest keeps its place. */
import { splitCells } from './cells.ts';

/** The code of joined Python cells, as long as the text itself. Cells in other languages are blank. */
export function pythonOfCells(text: string): string {
  return splitCells(text).map(pythonOfCell).join(blankBreak);
}

/** The same for languages without such commands. */
export function plainCells(text: string): string {
  return splitCells(text).join(blankBreak);
}

/** The code without the cells that `isLeftOut` names, as long as before. */
export function withoutCells(code: string, isLeftOut: (cell: string) => boolean): string {
  const cells = code.split(blankBreak);
  return cells.map((cell) => (isLeftOut(cell) ? blank(cell) : cell)).join(blankBreak);
}

/** White space in every language; by the form feed a repair sees where a cell ends. */
const blankBreak = '\n\f\n';

/** Commands for a whole cell that run it as Python, here and now. All others read it in their own way. */
const runAsPython = new Set(
  'capture debug filprofile local lprun memit memray_flamegraph mprun prun px pyinstrument scalene snakeviz time timeit tracemalloc wandb'.split(
    ' ',
  ),
);

/** Commands that take a statement. */
const measured = /^%(?:time|timeit|prun|memit|lprun|mprun|snakeviz)\b(?:[ \t]+-\w+(?:[ \t]*\d+)?)*[ \t]*/;

/** What may stand behind another statement on its line. */
const compound = /^(?:for|if|while|with|def|class|try|async|@)/;

function pythonOfCell(source: string): string {
  const whole = /^\s*%%(\w*)/.exec(source);
  if (whole && !runAsPython.has(whole[1]!)) return blank(source);
  const parts: string[] = [];
  for (let at = 0; at < source.length; ) {
    const rest = source.slice(at);
    const command = (whole && at === 0 ? wholeCellLine(rest) : undefined) ?? commandOf(rest);
    if (command !== undefined) {
      parts.push(command);
      at += command.length;
      continue;
    }
    const end = endOfStatement(source, at);
    // A string that does not end would take the following cells with it.
    if (end === undefined) return blank(source);
    parts.push(source.slice(at, end));
    at = end;
  }
  return parts.join('');
}

function wholeCellLine(rest: string): string | undefined {
  const line = /^\s*%%.*/.exec(rest)?.[0];
  return line?.replace('%%', '#%');
}

/** The stand-in for the command that `rest` begins with; undefined where it begins with Python. */
function commandOf(rest: string): string | undefined {
  // A backslash at its end takes a command on to the next line.
  const lines = /^(?:.*\\\r?\n)*.*/.exec(rest)![0];
  const indent = /^[ \t]*/.exec(lines)![0];
  const body = lines.slice(indent.length);
  const timed = measured.exec(body);
  if (timed && timed[0].length < body.length && !compound.test(body.slice(timed[0].length)))
    return `${indent}0;${' '.repeat(timed[0].length - 2)}${body.slice(timed[0].length)}`;
  if (isCommand(body)) return indent + (indent === '' ? comment(body) : value(body));
  const assigned = /^((?:[\w.,* \t]|\[[^\]\r\n]*\])+=[ \t]*)(?=[!%])/.exec(body)?.[1];
  if (assigned === undefined) return undefined;
  const right = body.slice(assigned.length);
  const timedRight = measured.exec(right);
  const shown = timedRight ? ' '.repeat(timedRight[0].length) + right.slice(timedRight[0].length) : value(right);
  return indent + assigned + shown;
}

function isCommand(body: string): boolean {
  return (
    /^(?:!|%{1,2}[ \t]*[A-Za-z_]|\?)/.test(body) ||
    /^%{0,2}[\w.*[\]]+\?{1,2}[ \t]*$/.test(body) ||
    // These work without their percent sign.
    /^(?:pip3?|conda|mamba|uv)[ \t]+(?:install|uninstall|list|show|freeze|add|pip)\b/.test(body) ||
    /^(?:cd|ls|ll|cat|mkdir|rm|cp|mv|less|man)[ \t]+(?!(?:in|is|if|and|or|not)\b)[\w./~-]/.test(body)
  );
}

/** A comment as long as the command, line by line. */
function comment(body: string): string {
  return body.replace(/^[^\r\n]/gm, '#');
}

/** An expression as long as the command, so that the block it stands in is not empty. */
function value(body: string): string {
  const [first = '', ...more] = body.split('\n');
  const stands = `0${first.slice(1).replace(/^[^\r]/, '#')}`;
  return [stands, ...more.map(comment)].join('\n');
}

function blank(source: string): string {
  return source.replace(/[^\r\n]/g, ' ');
}

const token =
  /#[^\r\n]*|"""(?:[^\\]|\\.)*?"""|'''(?:[^\\]|\\.)*?'''|("""|''')|"(?:[^"\\\r\n]|\\(?:\r\n|.))*"?|'(?:[^'\\\r\n]|\\(?:\r\n|.))*'?|\\\r?\n|[([{]|[)\]}]|\r?\n|./sy;

/** The end of the statement that begins at `at`, with its line end; undefined where a string in it does not end. */
function endOfStatement(source: string, at: number): number | undefined {
  let depth = 0;
  token.lastIndex = at;
  for (let match = token.exec(source); match; match = token.exec(source)) {
    const [text, unclosed] = match;
    if (unclosed !== undefined) return undefined;
    if (/^[([{]$/.test(text)) depth++;
    else if (/^[)\]}]$/.test(text)) depth = Math.max(0, depth - 1);
    else if (/^\r?\n$/.test(text) && depth === 0) return token.lastIndex;
  }
  return source.length;
}
