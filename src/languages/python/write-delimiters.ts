/** Where a formatter parts a logical line of Python: at commas, operators, the clauses of comprehensions, method calls. */
import type { Token } from './write-tokens.ts';

export type Line = readonly Token[];

/** Behind the last of several lines. */
export const trailingComma: Token = { text: ',', gap: '' };

export const commaPriority = 18;
export const dotPriority = 1;
const [comprehension, ternary, logic, implicit, comparison] = [20, 16, 14, 12, 10] as const;
const priorities: Readonly<Record<string, number>> = {
  ',': commaPriority,
  for: comprehension,
  if: ternary,
  else: ternary,
  and: logic,
  or: logic,
  is: comparison,
  in: comparison,
  '==': comparison,
  '!=': comparison,
  '<': comparison,
  '>': comparison,
  '<=': comparison,
  '>=': comparison,
};
const arithmetic: Readonly<Record<string, number>> = {
  not: comparison,
  '|': 9,
  '^': 8,
  '&': 7,
  '<<': 6,
  '>>': 6,
  '+': 5,
  '-': 5,
  '*': 4,
  '/': 4,
  '//': 4,
  '%': 4,
  '@': 4,
  '**': 2,
};

/** The entries of a line at its most important delimiters, with a comma behind the last one where commas part them. */
export function entriesOf(line: Line): readonly Line[] | undefined {
  const found = delimiters(line);
  const most = Math.max(0, ...found.values());
  const places = [...found].filter(([, priority]) => priority === most).map(([at]) => at);
  if (places.length === 0 || (most === dotPriority && places.length === 1)) return undefined;
  const cuts = most === commaPriority ? places.map((at) => at + 1) : places;
  const entries = [0, ...cuts]
    .map((start, index) => line.slice(start, cuts[index]))
    .filter((entry) => entry.length > 0);
  const last = entries.at(-1)!;
  return most === commaPriority && last.at(-1)?.text !== ','
    ? [...entries.slice(0, -1), [...last, trailingComma]]
    : entries;
}

export function priorityOf(line: Line): number {
  return Math.max(0, ...delimiters(line).values());
}

/** Where the line could be parted at its top level, and how important that is. */
export function delimiters(line: Line): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  const deep = depths(line);
  let hasFor = false;
  for (const [at, { text }] of line.entries()) {
    if (deep[at] !== 0) continue;
    const previous = line[at - 1];
    const binary =
      previous !== undefined && !/^([-+*/%@&|^~<>=!,:([{]+|return|in|and|or|not|if|else|await)$/.test(previous.text);
    const value = text === 'if' && hasFor ? comprehension : (priorities[text] ?? mixed(text, previous, binary));
    if (text === 'for') hasFor = true;
    if (value !== undefined && at > 0) found.set(at, value);
  }
  return found;
}

/** Of tokens that mean something else at the beginning of a value, and of those that what comes before makes delimiters. */
function mixed(text: string, previous: Token | undefined, binary: boolean): number | undefined {
  if (/["']$/.test(text) && /["']$/.test(previous?.text ?? '')) return implicit;
  if (text === '.' && previous?.bracket === 'close') return dotPriority;
  return binary ? arithmetic[text] : undefined;
}

/** How deep in brackets each token is; what a lambda takes and a comprehension binds counts as deeper. */
export function depths(line: Line): readonly number[] {
  const ends: string[] = [];
  let depth = 0;
  return line.map(({ text, bracket }, at) => {
    if (bracket === 'close') depth--;
    if (ends.length > 0 && text === ends.at(-1) && bracket === undefined) {
      ends.pop();
      depth--;
      if (text === 'in') return depth + 1;
    }
    const now = depth;
    if (bracket === 'open') depth++;
    if (text === 'lambda' || (text === 'for' && at > 0)) {
      ends.push(text === 'for' ? 'in' : ':');
      depth++;
    }
    return now;
  });
}

/** Whether a comma before a closing bracket asks for an entry a line. */
export function isMagic(line: Line): boolean {
  return line.some((one, at) => {
    if (one.text !== ',' || line[at + 1]?.bracket !== 'close') return false;
    const opening = line.indexOf(line[at + 1]!.pair!);
    if (opening < 0) return false;
    const entries = line.slice(opening + 1, at);
    const isTuple =
      line[opening]!.text === '(' &&
      (opening === 0 || line[opening]!.gap !== '' || line[opening - 1]?.bracket === 'open');
    return !(isTuple || line[opening]!.text === '[') || [...delimiters(entries).values()].includes(commaPriority);
  });
}
