/** The values that literals stand for. */

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', 0: '\0' };

/** The value of a quoted string, or of a template's text: its escapes resolved. */
export function cooked(source: string): string {
  if (!source.includes('\\')) return source;
  return source.replace(
    /\\(?:u\{([\da-f]{1,6})\}|u([\da-f]{4})|x([\da-f]{2})|(\r\n|[\s\S]))/gi,
    (_, braced?: string, unicode?: string, hex?: string, other?: string) => {
      const code = Number.parseInt(braced ?? unicode ?? hex ?? '', 16);
      if (!Number.isNaN(code)) return code <= 0x10ffff ? String.fromCodePoint(code) : '';
      // A backslash at the line's end continues the line.
      return /^[\r\n\u2028\u2029]/.test(other!) ? '' : (escapes[other!] ?? other!);
    },
  );
}

export function stringValue(source: string): string {
  const quote = source[0];
  const end = source.length > 1 && source.endsWith(quote ?? '') ? -1 : undefined;
  return cooked(source.slice(1, end));
}

export function numberValue(source: string): number | undefined {
  const value = Number(source.replaceAll('_', '').replace(/n$/, ''));
  return Number.isNaN(value) ? undefined : value;
}
