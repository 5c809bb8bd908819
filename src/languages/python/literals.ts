/** Python's numbers and strings: their values. */
import type { Expr } from '../../core/facts.ts';
import { readExpression } from './expressions.ts';
import { type Place, textOf } from './place.ts';
import { child, named, type SyntaxNode, spanOf } from './tree.ts';

/** An imaginary number has no value that other languages know. */
export function readNumber(place: Place, node: SyntaxNode): Expr {
  const at = spanOf(node);
  const text = textOf(place, node).replaceAll('_', '').replace(/[lL]$/, '');
  const value = /^0\d+$/.test(text) ? Number.parseInt(text, /[89]/.test(text) ? 10 : 8) : Number(text);
  return Number.isNaN(value) ? { k: 'other', at, parts: [] } : { k: 'lit', at, value };
}

/** A string, or several in a row; with interpolations a template whose text has `{}` in their place. */
export function readString(place: Place, node: SyntaxNode): Expr {
  const at = spanOf(node);
  const parts: Expr[] = [];
  const pieces = node.type === 'concatenated_string' ? named(node) : [node];
  let text = '';
  for (const piece of pieces) {
    if (piece.type !== 'string') parts.push(readExpression(place, piece));
    else if (piece.children.some((it) => it.type === 'interpolation')) text += interpolated(place, piece, parts);
    else text += stringValue(textOf(place, piece));
  }
  return parts.length > 0 ? { k: 'template', at, text, parts } : { k: 'lit', at, value: text };
}

/** The prefix, quotes and inside of a string as written; `closed` is false while it is being typed. */
export function stringShape(text: string): {
  readonly prefix: string;
  readonly quote: string;
  readonly inside: string;
} {
  const [opening, prefix, quote] = /^([a-zA-Z]*)("""|'''|"|'|`)/.exec(text) ?? ['', '', ''];
  const closed = quote !== '' && text.length >= opening!.length + quote!.length && text.endsWith(quote!);
  return {
    prefix: prefix!.toLowerCase(),
    quote: quote!,
    inside: text.slice(opening!.length, closed ? text.length - quote!.length : undefined),
  };
}

function stringValue(text: string): string {
  const { prefix, inside } = stringShape(text);
  const cooked = cook(inside, prefix);
  return /[ft]/.test(prefix) ? cooked.replace(/\{\{|\}\}/g, (pair) => pair[0]!) : cooked;
}

function interpolated(place: Place, node: SyntaxNode, parts: Expr[]): string {
  const { prefix } = stringShape(textOf(place, node).slice(0, 6));
  let text = '';
  for (const piece of node.children) {
    if (piece.type === 'interpolation') {
      text += '{}';
      readInterpolation(place, piece, parts);
    } else if (piece.type === 'string_content')
      text += cook(textOf(place, piece), prefix).replace(/\{\{|\}\}/g, (pair) => pair[0]!);
  }
  return text;
}

/** `{value:>{width}}`: the value, then what its format holds. */
function readInterpolation(place: Place, node: SyntaxNode, parts: Expr[]): void {
  const value = child(node, 'expression');
  if (value) parts.push(readExpression(place, value));
  const format = child(node, 'format_specifier');
  for (const piece of format?.children ?? [])
    if (piece.type === 'format_expression') {
      const inner = child(piece, 'expression');
      if (inner) parts.push(readExpression(place, inner));
    }
}

const escapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\n': '',
};

function cook(written: string, prefix: string): string {
  const text = written.includes('\r') ? written.replace(/\r\n?/g, '\n') : written;
  if (!text.includes('\\') || prefix.includes('r')) return text;
  return text.replace(
    /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{1,3})|([\\'"abfnrtv\n]))/g,
    (whole, byte?: string, short?: string, long?: string, octal?: string, single?: string) => {
      if (single !== undefined) return escapes[single] ?? single;
      const code = octal !== undefined ? Number.parseInt(octal, 8) : Number.parseInt((byte ?? short ?? long)!, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
