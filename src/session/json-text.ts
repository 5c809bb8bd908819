/** Strings as they are written in JSON: what they say, and which letter of the file says it. */

export interface RawText {
  /** With its quotes and escapes. */
  readonly raw: string;
  readonly text: string;
  /** Where the letter at an offset of `text` is written; behind the last one stands the closing quote. */
  offset(offset: number): number;
}

/** Reads the string literal at `start`. */
export function rawTextOf(json: string, start: number, length: number): RawText {
  const raw = json.slice(start, start + length);
  const parts: string[] = [];
  const offsets: number[] = [];
  for (const match of raw.slice(1, -1).matchAll(/\\u([\da-fA-F]{4})|\\(.)|[^\\]/gs)) {
    const [letter, code, escaped] = match;
    offsets.push(start + 1 + match.index);
    if (code !== undefined) parts.push(String.fromCharCode(Number.parseInt(code, 16)));
    else parts.push(escaped === undefined ? letter : (escapes[escaped] ?? escaped));
  }
  const end = start + length - 1;
  return { raw, text: parts.join(''), offset: (offset) => offsets[offset] ?? end };
}

const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** The literal of a text; `ascii` escapes all other letters. */
export function jsonString(text: string, ascii: boolean): string {
  const literal = JSON.stringify(text);
  if (!ascii) return literal;
  return literal.replace(/[\u0080-\uFFFF]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Whether a file keeps to ASCII and escapes what is beyond it. */
export function isAscii(json: string): boolean {
  return /\\u[\da-fA-F]{4}/.test(json) && !/[\u0080-\uFFFF]/.test(json);
}
