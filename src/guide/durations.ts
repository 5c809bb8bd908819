/** Reads the waits that providers write: `6ms`, `20s`, `1.574s`, `6m0s`, `14h29m11.04s`, `37 seconds`. */

const units: Readonly<Record<string, number>> = { d: 86_400, h: 3_600, m: 60, s: 1, ms: 0.001 };

/** One duration, for use inside a larger pattern. */
export const durationPattern = String.raw`(?:\d+(?:\.\d+)?\s*(?:milliseconds?|seconds?|minutes?|hours?|days?|ms|[dhms])(?![a-z])|\d+(?:\.\d+)?[dhm](?=\d))+`;

/** The duration in seconds, or undefined where the text is none. */
export function seconds(text: string): number | undefined {
  let total = 0;
  let rest = text.trim().toLowerCase();
  if (rest === '') return undefined;
  while (rest !== '') {
    const match = /^(\d+(?:\.\d+)?)\s*(ms|milliseconds?|d|days?|h|hours?|s|seconds?|m|minutes?)(?![a-z])\s*/.exec(rest);
    if (!match) return undefined;
    const unit = match[2]!;
    total += Number(match[1]) * units[unit === 'ms' || unit.startsWith('milli') ? 'ms' : unit[0]!]!;
    rest = rest.slice(match[0].length);
  }
  // Sums of decimal fractions leave dust (52151.040000000001) that no reader wants.
  return Math.round(total * 1e6) / 1e6;
}

/** A duration for reading: `644 ms`, `8.6 s`, `2 min`, `14 h 29 min`. */
export function durationInWords(value: number): string {
  if (value < 1) return `${Math.round(value * 1000)} ms`;
  if (value < 10) return `${Math.round(value * 10) / 10} s`;
  const whole = Math.round(value);
  if (whole < 120) return `${whole} s`;
  const minutes = Math.round(whole / 60);
  if (minutes < 120) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}
