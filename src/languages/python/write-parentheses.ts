/** Parentheses that a formatter may write round what a statement of Python assigns, returns or asks. */
import { delimiters, depths, dotPriority, type Line } from './write-delimiters.ts';
import { couple, type Token } from './write-tokens.ts';

/** Parentheses that may be added stand round what a statement assigns, returns or asks. */
export function withOptionalParentheses(tokens: Line): Line {
  const [first] = tokens;
  const tops = depths(tokens);
  const at = /^(return|if|elif|while)$/.test(first?.text ?? '')
    ? 0
    : first?.text === 'for' || first?.text === 'async'
      ? tokens.findIndex(({ text }, index) => text === 'in' && tops[index] === 0)
      : first?.text === 'from'
        ? tokens.findIndex(({ text }) => text === 'import')
        : /^(def|class|with|import|except|@)$/.test(first?.text ?? '')
          ? -1
          : tokens.findLastIndex(
              ({ text }, index) => tops[index] === 0 && /^([-+*/%@&|^]|\*\*|\/\/|>>|<<)?=$/.test(text),
            );
  const isBlock = tokens.at(-1)?.text === ':';
  const inside = tokens.slice(at + 1, isBlock ? -1 : undefined);
  const [start] = inside;
  if (at < 0 || !start || (start.bracket === 'open' && start.text === '(' && start.pair === inside.at(-1)))
    return tokens;
  const opening: Token = { text: '', gap: start.gap, bracket: 'open' };
  const closing: Token = { text: '', gap: '', bracket: 'close' };
  couple(opening, closing);
  const moved: Token = { ...start, gap: '' };
  if (start.pair) couple(moved, start.pair);
  return [
    ...tokens.slice(0, at + 1),
    opening,
    moved,
    ...inside.slice(1),
    closing,
    ...(isBlock ? tokens.slice(-1) : []),
  ];
}

/** Whether the optional parentheses round what is to be split bring nothing. */
export function isPlain(body: Line, indent: number, width: number): boolean {
  const found = delimiters(body);
  const most = Math.max(0, ...found.values());
  const count = [...found.values()].filter((priority) => priority === most).length;
  if (count === 0) return true;
  if (count > 1) return false;
  if (most === dotPriority) return true;
  const [first] = body;
  const last = body.at(-1)!;
  if (first?.bracket === 'open' && body[1] !== first.pair && endsShort(body, first, indent, width)) return true;
  return last.bracket === 'close' && body.at(-2) !== last.pair && startsShort(body, last, indent, width);
}

function endsShort(body: Line, first: Token, indent: number, width: number): boolean {
  let length = indent;
  let counts = false;
  for (const one of body) {
    if (one === first.pair) counts = true;
    if (!counts) continue;
    length += one.gap.length + one.text.length;
    if (length > width) return false;
    if (one.bracket === 'open') counts = false;
  }
  return true;
}

function startsShort(body: Line, last: Token, indent: number, width: number): boolean {
  let length = indent;
  let others = false;
  for (const one of body) {
    length += one.gap.length + one.text.length;
    if (one === last.pair) return others || length <= width;
    if (one.bracket === 'open') others = true;
  }
  return false;
}
