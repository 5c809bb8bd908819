/** Bytes ↔ text without loss: what can't be decoded is a problem, and never written back. */
import { Buffer, isUtf8 } from 'node:buffer';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'latin1';

export type Decoded = { readonly text: string; readonly encoding: Encoding } | { readonly problem: string };

/** Decodes a source file; a byte order mark stays in the text. `python` files may name their encoding in a comment. */
export function decode(bytes: Uint8Array, language: 'python' | 'other'): Decoded {
  const encoding = encodingOf(bytes, language);
  if (typeof encoding !== 'string') return encoding;
  const text = decodeAs(bytes, encoding);
  return text === undefined ? { problem: `not valid ${encoding.toUpperCase()}` } : { text, encoding };
}

/** The text in its file's encoding, or undefined where the encoding has no place for one of its letters. */
export function encode(text: string, encoding: Encoding): Uint8Array | undefined {
  switch (encoding) {
    case 'utf-8':
      return Buffer.from(text, 'utf8');
    case 'utf-16le':
      return Buffer.from(text, 'utf16le');
    case 'utf-16be':
      return Buffer.from(text, 'utf16le').swap16();
    case 'latin1':
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the encoding's range begins there.
      return /^[\u0000-\u00FF]*$/.test(text) ? Buffer.from(text, 'latin1') : undefined;
  }
}

function encodingOf(bytes: Uint8Array, language: 'python' | 'other'): Encoding | { readonly problem: string } {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes.includes(0)) return { problem: 'a binary file' };
  const cookie = language === 'python' ? encodingCookie(bytes) : undefined;
  if (cookie !== undefined && isSingleByte(cookie)) return 'latin1';
  if (isUtf8(bytes)) return 'utf-8';
  if (cookie !== undefined && !/^utf-?8/.test(cookie))
    return { problem: `in the encoding “${cookie}”, which is not supported` };
  return { problem: 'not valid UTF-8' };
}

function decodeAs(bytes: Uint8Array, encoding: Encoding): string | undefined {
  if (encoding === 'latin1') return Buffer.from(bytes).toString('latin1');
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Python's `# -*- coding: latin-1 -*-` in one of the first two lines. */
function encodingCookie(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  const lines = head.split(/\r\n?|\n/, 2);
  for (const line of lines) {
    const cookie = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/.exec(line)?.[1];
    if (cookie !== undefined) return cookie.toLowerCase().replaceAll('_', '-');
    if (!/^[ \t\f]*(?:#|$)/.test(line)) return undefined;
  }
  return undefined;
}

/**
 * Encodings with one byte a letter that agree with ASCII. Read as Latin-1, all but ASCII looks wrong inside strings, but
 * every byte comes back as it was.
 */
function isSingleByte(cookie: string): boolean {
  return /^(?:latin-?\d*|l\d|iso-?8859(?:-\d+)?|iso-ir-100|cp(?:437|8[56]\d|125\d)|windows-125\d|koi8-[ru]|mac-?roman)$/.test(
    cookie,
  );
}
