/** Lays out one logical line in the manner of black and ruff: split at brackets, an entry a line where they don't fit. */
import { commaPriority, entriesOf, isMagic, type Line, priorityOf, trailingComma } from './write-delimiters.ts';
import { isPlain, withOptionalParentheses } from './write-parentheses.ts';
import { flat, type Token } from './write-tokens.ts';

/** `unit`: one step of indentation; `width`: the columns that a line has. */
export interface Columns {
  readonly unit: string;
  readonly width: number;
}

/** The lines that the formatter makes of a logical line. */
export function formatted(tokens: Line, indent: string, columns: Columns): readonly string[] {
  return emit(withOptionalParentheses(tokens), indent, columns, 'statement');
}

function emit(line: Line, indent: string, columns: Columns, place: 'statement' | 'inside'): readonly string[] {
  if (!isMagic(line) && fits(line, indent, columns)) return [indent + flat(line)];
  const entries = place === 'inside' ? entriesOf(line) : undefined;
  // A single entry with its comma is the line itself.
  if (entries && entries[0]!.length !== line.length)
    return entries.flatMap((entry) => emit(entry, indent, columns, 'inside'));
  const cut = best(line, indent, columns);
  if (!cut) return [indent + flat(line)];
  const { head, body, tail, explodes } = cut;
  const inner = indent + columns.unit;
  return [
    ...emit(head, indent, columns, 'statement'),
    ...(explodes
      ? (entriesOf(body) ?? [[...body, trailingComma]]).flatMap((entry) => emit(entry, inner, columns, 'inside'))
      : emit(body, inner, columns, 'inside')),
    ...emit(tail, indent, columns, 'statement'),
  ];
}

interface Cut {
  readonly head: Line;
  readonly body: Line;
  readonly tail: Line;
  /** Whether the body's entries get a line each even where they fit on one. */
  readonly explodes: boolean;
}

function best(line: Line, indent: string, columns: Columns): Cut | undefined {
  const plain = isDefinition(line) ? definitionCut(line) : firstFitting(line, indent, columns, 'optional');
  if (!plain || fits(plain.head, indent, columns) || !line.some(({ text }) => text === '')) return plain;
  const forced = firstFitting(line, indent, columns, 'added');
  const inner = indent + columns.unit;
  const isShort =
    forced &&
    fits(forced.head, indent, columns) &&
    fits(forced.body, inner, columns) &&
    fits(forced.tail, indent, columns);
  return isShort ? forced : plain;
}

function isDefinition([first, second]: Line): boolean {
  return first?.text === 'def' || (first?.text === 'async' && second?.text === 'def');
}

/** Parameters get a comma behind the last one. */
function definitionCut(line: Line): Cut | undefined {
  const opening = line.findIndex(({ text }) => text === '(');
  if (opening < 0) return undefined;
  const closing = line.indexOf(line[opening]!.pair!);
  const body = line.slice(opening + 1, closing);
  if (body.length === 0) return undefined;
  return {
    head: line.slice(0, opening + 1),
    body: priorityOf(body) === commaPriority ? body : [...body, trailingComma],
    tail: line.slice(closing),
    explodes: false,
  };
}

type Parentheses = 'optional' | 'added';

/** The split whose first line fits, from the last bracket to earlier ones; else that at the last bracket. */
function firstFitting(line: Line, indent: string, columns: Columns, parentheses: Parentheses): Cut | undefined {
  for (const omitted of trailers(line, indent, columns)) {
    const cut = cutOf(line, omitted, indent, columns, parentheses);
    if (!cut) break;
    if (fits(cut.head, indent, columns)) return cut;
  }
  return cutOf(line, new Set(), indent, columns, parentheses);
}

/** The closing brackets to leave whole at the end of a line: none, then one more each time, as long as they fit. */
function* trailers(line: Line, indent: string, { width }: Columns): Generator<ReadonlySet<Token>> {
  const omitted = new Set<Token>();
  if (!isMagic(line)) yield new Set(omitted);
  let length = indent.length;
  let opening: Token | undefined;
  let closing: Token | undefined;
  for (let at = line.length - 1; at >= 0; at--) {
    const one = line[at]!;
    length += one.text.length + one.gap.length;
    if (length > width) return;
    if (opening) {
      if (one === opening) opening = undefined;
    } else if (one.bracket === 'close') {
      if (line[at - 1] === one.pair) {
        omitted.add(one);
        continue;
      }
      if (closing) {
        omitted.add(closing);
        yield new Set(omitted);
      }
      if (line[at - 1]?.text === ',') return;
      if (one.text !== '') {
        opening = one.pair;
        closing = one;
      }
    }
  }
}

interface Split {
  readonly head: Line;
  readonly body: Line;
  readonly tail: Line;
}

function splitAt(line: Line, omitted: ReadonlySet<Token>): Split | undefined {
  for (let closing = line.length - 1; closing >= 0; closing--) {
    const one = line[closing]!;
    if (one.bracket !== 'close') continue;
    const opening = line.indexOf(one.pair!);
    if (omitted.has(one)) {
      // What stays whole is whole inside, too; parentheses that are not there hold nothing together.
      if (one.text !== '') closing = opening;
      continue;
    }
    if (opening < 0) return undefined;
    if (opening === closing - 1) continue;
    return {
      head: line.slice(0, opening + 1),
      body: line.slice(opening + 1, closing),
      tail: line.slice(closing),
    };
  }
  return undefined;
}

function cutOf(
  line: Line,
  omitted: ReadonlySet<Token>,
  indent: string,
  columns: Columns,
  parentheses: Parentheses,
): Cut | undefined {
  const split = splitAt(line, omitted);
  if (!split) return undefined;
  const { head, body, tail } = split;
  const closing = tail[0]!;
  if (
    parentheses === 'optional' &&
    closing.text === '' &&
    line[0]?.text !== 'from' &&
    isPlain(body, indent.length + columns.unit.length, columns.width)
  ) {
    const without = new Set([...omitted, closing]);
    const other = splitAt(line, without);
    if (other && isBetter(other, split, indent, columns)) {
      const cut = cutOf(line, without, indent, columns, parentheses);
      if (cut) return cut;
    }
    if (body.length < 2 && !fits(body, indent + columns.unit, columns)) return undefined;
  }
  return visible(head, body, tail);
}

/** A literal or an import gets its entries in lines of their own. */
function visible(head: Line, body: Line, tail: Line): Cut {
  const opening = head.at(-1)!;
  const before = head.at(-2);
  const isImport = head[0]?.text === 'from';
  const isTrailer =
    before !== undefined &&
    opening.gap === '' &&
    (before.bracket === 'close' || (before.bracket === undefined && !/[-+*/%=,:~]$/.test(before.text)));
  const commas = priorityOf(body.at(-1)?.text === ',' ? body.slice(0, -1) : body) === commaPriority;
  const shown = (one: Token, text: string): Token => (one.text === '' ? { ...one, text } : one);
  return {
    head: [...head.slice(0, -1), shown(opening, '(')],
    body,
    tail: [shown(tail[0]!, ')'), ...tail.slice(1)],
    explodes: isImport || (commas && (body.at(-1)?.text === ',' || (!isTrailer && opening.text !== ''))),
  };
}

/** Whether a split within the optional parentheses reads better than one at them. */
function isBetter(other: Split, { head }: Split, indent: string, columns: Columns): boolean {
  const equal = head.at(-2)?.text === '=';
  if (!equal || !head.slice(0, -1).some(({ bracket }) => bracket)) return true;
  if (!fits(head, indent, { ...columns, width: columns.width - 1 })) return true;
  const assigned = other.head.slice(other.head.findLastIndex(({ text }) => text === '=') + 1);
  return (
    assigned.some(({ bracket }) => bracket === 'close') ||
    (other.head.some(({ text }) => text === '=') && fits(other.head, indent, columns))
  );
}

function fits(line: Line, indent: string, { width }: Columns): boolean {
  return indent.replaceAll('\t', '    ').length + flat(line).length <= width;
}
