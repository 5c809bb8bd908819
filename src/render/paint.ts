/** Colours for a terminal, or none. */
import type { Severity } from '../core/settings.ts';

export type Paint = (text: string, style: Style) => string;
export type Style = keyof typeof codes;

const codes = {
  bold: [1, 22],
  faint: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  cyan: [36, 39],
} as const;

export const noPaint: Paint = (text) => text;

export const ansiPaint: Paint = (text, style) => {
  const [on, off] = codes[style];
  return `\u001b[${on}m${text}\u001b[${off}m`;
};

export const severityStyle: Readonly<Record<Severity, Style>> = {
  error: 'red',
  warning: 'yellow',
  information: 'blue',
  hint: 'cyan',
};
