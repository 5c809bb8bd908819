/** The number at which a loop gives up, shifted by a few: `MAX - 1`, `4`. */

/** `text` is an expression of names, numbers, sums and products. */
export function writtenBound(text: string, offset: number): string {
  if (/^\d+$/.test(text)) return String(Number(text) + offset);
  const sum = /^(.*\S)\s*([-+])\s*(\d+)$/s.exec(text);
  const rest = sum ? sum[1]! : text;
  const all = offset + (sum ? Number(`${sum[2]}${sum[3]}`) : 0);
  if (all === 0) return rest;
  return `${rest} ${all < 0 ? '-' : '+'} ${Math.abs(all)}`;
}
