/** Cuts Python text into its logical lines, and those into the tokens that a formatter moves. */

export interface Token {
  /** Empty for brackets that a formatter may add. */
  readonly text: string;
  /** The white space before it where it shares a line with the one before. */
  readonly gap: string;
  readonly bracket?: 'open' | 'close';
  /** The bracket that belongs to it. */
  pair?: Token;
}

export interface LogicalLine {
  /** Where its first token begins, and its last one ends. */
  readonly start: number;
  readonly end: number;
  readonly tokens: readonly Token[];
  /** Whether all of it could move: no comment, no string over several lines, no backslash. */
  readonly movable: boolean;
}

const pattern =
  /(?<blank>[ \t\f]+)|(?<comment>#[^\r\n]*)|(?<end>\r\n?|\n)|(?:[rbfut]{0,2})(?:"""(?:\\[\s\S]|[^\\])*?"""|'''(?:\\[\s\S]|[^\\])*?'''|"(?:\\[\s\S]|[^"\\\r\n])*"|'(?:\\[\s\S]|[^'\\\r\n])*')|[\p{L}_][\p{L}\p{N}_]*|(?:\d|\.\d)(?:[\w.]|(?<=e)[+-])*|\*\*=|\/\/=|>>=|<<=|\.\.\.|->|:=|==|!=|<=|>=|\*\*|\/\/|>>|<<|[-+*/%@&|^]=|[\s\S]/giu;

/** The logical lines of a text, up to a bracket that fits nowhere. */
export function* logicalLines(text: string): Generator<LogicalLine> {
  const open: Token[] = [];
  let tokens: Token[] = [];
  let [start, end, gap, movable] = [0, 0, '', true];
  for (const { 0: part, index, groups } of text.matchAll(pattern)) {
    if (groups!.blank !== undefined) gap += part;
    else if (groups!.comment !== undefined) movable &&= tokens.length === 0;
    else if (groups!.end !== undefined) {
      gap = '\n';
      if (open.length > 0) continue;
      if (tokens.length > 0) yield { start, end, tokens, movable };
      [tokens, movable] = [[], true];
    } else {
      if (tokens.length === 0) start = index;
      if (part === '\\' || part === ';' || /[\r\n]/.test(part)) movable = false;
      const bracket = /^[([{]$/.test(part) ? 'open' : /^[)\]}]$/.test(part) ? 'close' : undefined;
      const between = gap.startsWith('\n') ? joint(tokens.at(-1), part) : gap;
      const token: Token = { text: part, gap: between, ...(bracket && { bracket }) };
      if (bracket === 'open') open.push(token);
      if (bracket === 'close') {
        const opening = open.pop();
        if (!opening) return;
        couple(opening, token);
      }
      tokens.push(token);
      [end, gap] = [index + part.length, ''];
    }
  }
  if (tokens.length > 0 && open.length === 0) yield { start, end, tokens, movable };
}

export function couple(opening: Token, closing: Token): void {
  opening.pair = closing;
  closing.pair = opening;
}

/** What stands between two tokens of different lines when they come together on one. */
function joint(previous: Token | undefined, text: string): string {
  return !previous || previous.bracket === 'open' || previous.text === '.' || /^[)\]},.:]$/.test(text) ? '' : ' ';
}

/** The tokens on one line. */
export function flat(tokens: readonly Token[]): string {
  return tokens.map(({ text, gap }, index) => (index === 0 ? text : gap + text)).join('');
}
