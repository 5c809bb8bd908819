/** Unified diffs that `git apply` takes. */
import { Buffer } from 'node:buffer';
import { FILE_HEADERS_ONLY, formatPatch, structuredPatch } from 'diff';
import { type Encoding, encode } from './encoding.ts';

/** The diff in the file's own encoding, as bytes; undefined where a diff can't hold that encoding. */
export function unifiedDiff(path: string, before: string, after: string, encoding: Encoding): Uint8Array | undefined {
  // Lines of UTF-16 don't end in the byte that a diff looks for.
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return undefined;
  const patch = structuredPatch(name(`a/${path}`), name(`b/${path}`), before, after, '', '', { context: 3 });
  const header = formatPatch({ ...patch, hunks: [] }, FILE_HEADERS_ONLY);
  const body = formatPatch(patch, FILE_HEADERS_ONLY).slice(header.length);
  const bytes = encode(body, encoding);
  return bytes && Buffer.concat([Buffer.from(header, 'utf8'), bytes]);
}

/** The diff that makes a new file. */
export function newFileDiff(path: string, text: string): string {
  const lines = text.replace(/\n$/, '').split('\n');
  return [
    `diff --git ${name(`a/${path}`)} ${name(`b/${path}`)}`,
    'new file mode 100644',
    '--- /dev/null',
    `+++ ${name(`b/${path}`)}`,
    `@@ -0,0 +1,${lines.length} @@`,
    ...lines.map((line) => `+${line}`),
    ...(text.endsWith('\n') ? [''] : ['\\ No newline at end of file', '']),
  ].join('\n');
}

/** Git quotes names with quotes, backslashes and control characters, and so must who writes for it. */
function name(path: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for.
  if (!/["\\\u0000-\u001f]/.test(path)) return path;
  const escaped = path
    .replace(/["\\]/g, '\\$&')
    .replace(/[^\S ]/g, (letter) => `\\${letter.charCodeAt(0).toString(8).padStart(3, '0')}`);
  return `"${escaped}"`;
}
