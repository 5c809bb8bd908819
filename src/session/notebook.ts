/** Jupyter notebooks as they lie on disk: reads the cells out of the JSON, and writes changed cells back into it. */
import { type Node as JsonNode, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { apply, type Edit } from '../core/edit.ts';
import { bom, lineMap } from '../core/span.ts';
import { cellSpans, joinCells, splitCells } from './cells.ts';
import { isAscii, jsonString, type RawText, rawTextOf } from './json-text.ts';

export interface Notebook {
  /** The language of its kernel, as an editor calls it: `python`, `typescript`, `javascript`, `r`. */
  readonly language: string;
  /** Its code cells, joined. */
  readonly text: string;
  /** The file's text with the cells as they are in `text`, another joined text; all else stays as it was. */
  withCells(text: string): string;
  /** Where an offset of the joined text lies in the file's text. */
  fileOffset(offset: number): number;
}

export function readNotebook(json: string): Notebook | { readonly problem: string } {
  const start = json.startsWith(bom) ? 1 : 0;
  const body = json.slice(start);
  const errors: ParseError[] = [];
  const root = parsed(body, errors);
  const error = errors[0];
  if (error || !root) {
    const { line, column } = lineMap(body).position(error?.offset ?? 0);
    const what = error ? `, ${printParseErrorCode(error.error)}` : '';
    return { problem: `a notebook that is not valid JSON (line ${line + 1}, column ${column + 1}${what})` };
  }
  const cells = cellsIn(root);
  if (!cells) return { problem: 'not a notebook: it has no cells' };
  const language = languageIn(root);
  const sources = cells.map((cell) => (isCode(cell, language) ? sourceIn(cell, body) : undefined));
  const text = joinCells(sources.map((source) => source?.text ?? ''));
  return {
    language,
    text,
    withCells(changed) {
      const before = splitCells(text);
      const edits = splitCells(changed).flatMap((now, index): Edit[] => {
        const source = sources[index];
        if (!source || now === before[index]) return [];
        const { offset, length } = source.node;
        return [{ span: { start: start + offset, end: start + offset + length }, text: source.write(now) }];
      });
      return apply(json, edits);
    },
    fileOffset(offset) {
      const spans = cellSpans(text);
      const index = Math.max(
        0,
        spans.findLastIndex((span) => span.start <= offset),
      );
      const source = sources[index];
      const { start: first, end } = spans[index]!;
      return start + (source ? source.offset(Math.min(offset, end) - first) : (cells[index]?.offset ?? 0));
    },
  };
}

/** A cell's source in the JSON: a string, or a list of strings. */
interface Source {
  readonly node: JsonNode;
  readonly text: string;
  /** Where an offset of the source lies in the JSON. */
  offset(offset: number): number;
  /** The JSON of another source, in the manner of this one. */
  write(text: string): string;
}

/** The parser goes down by recursion: a text that nests without measure is none of ours. */
function parsed(json: string, errors: ParseError[]): JsonNode | undefined {
  try {
    return parseTree(json, errors, { disallowComments: true, allowTrailingComma: false });
  } catch {
    return undefined;
  }
}

/** Format 4 has one list of cells, the formats before it have worksheets. */
function cellsIn(root: JsonNode): readonly JsonNode[] | undefined {
  const cells = memberOf(root, 'cells');
  if (cells?.type === 'array') return cells.children ?? [];
  const sheets = memberOf(root, 'worksheets');
  if (sheets?.type !== 'array') return undefined;
  return (sheets.children ?? []).flatMap((sheet) => memberOf(sheet, 'cells')?.children ?? []);
}

/** Kernels that extend Python read plain Python as well. */
function languageIn(root: JsonNode): string {
  const metadata = memberOf(root, 'metadata');
  const kernel = memberOf(metadata, 'kernelspec');
  const named =
    textOf(memberOf(kernel, 'language')) ?? textOf(memberOf(memberOf(metadata, 'language_info'), 'name')) ?? '';
  if (named !== '') return /^(?:ipython|coconut|pyspark|sage)/i.test(named) ? 'python' : named.toLowerCase();
  const name = textOf(memberOf(kernel, 'name'))?.toLowerCase() ?? 'python';
  return /^(?:i?python|conda|pyspark|xpython)/.test(name) ? 'python' : name;
}

/** An editor may hold a cell to be in another language than the kernel's. */
function isCode(cell: JsonNode, language: string): boolean {
  if (textOf(memberOf(cell, 'cell_type')) !== 'code') return false;
  const own =
    textOf(memberOf(memberOf(memberOf(cell, 'metadata'), 'vscode'), 'languageId')) ??
    textOf(memberOf(cell, 'language'));
  return own === undefined || own.toLowerCase() === language;
}

function sourceIn(cell: JsonNode, json: string): Source | undefined {
  const node = memberOf(cell, 'source') ?? memberOf(cell, 'input');
  if (node?.type === 'string') return oneString(node, json);
  if (node?.type !== 'array' || !node.children?.every(({ type }) => type === 'string')) return undefined;
  return listOfLines(node, json);
}

function oneString(node: JsonNode, json: string): Source {
  const raw = rawTextOf(json, node.offset, node.length);
  return {
    node,
    text: raw.text,
    offset: raw.offset,
    write(text) {
      const [head, tail] = sameEnds(raw.text, text);
      const from = json.slice(node.offset, raw.offset(head));
      const to = json.slice(raw.offset(raw.text.length - tail), node.offset + node.length);
      return from + jsonString(text.slice(head, text.length - tail), isAscii(json)).slice(1, -1) + to;
    },
  };
}

function listOfLines(node: JsonNode, json: string): Source {
  const items = (node.children ?? []).map((item) => rawTextOf(json, item.offset, item.length));
  // Early formats wrote lines with their ends or without.
  const joint = items.length > 1 && !/[\r\n]$/.test(items[0]!.text) ? '\n' : '';
  const text = items.map((item) => item.text).join(joint);
  return {
    node,
    text,
    offset: (offset) => offsetInList(items, joint, offset) ?? node.offset,
    write(changed) {
      const lines = joint === '' ? (changed.match(/[^\n]*\n|[^\n]+/g) ?? []) : changed.split('\n');
      const known = new Map(items.map((item) => [item.text, item.raw]));
      const ascii = isAscii(json);
      const written = lines.map((line) => known.get(line) ?? jsonString(line, ascii));
      if (written.length === 0) return '[]';
      const { open, between, close } = layoutOf(node, json);
      return `[${open}${written.join(between)}${close}]`;
    },
  };
}

function offsetInList(items: readonly RawText[], joint: string, offset: number): number | undefined {
  let rest = offset;
  for (const [index, item] of items.entries()) {
    const isLast = index === items.length - 1;
    if (rest < item.text.length || isLast) return item.offset(Math.min(rest, item.text.length));
    // The end of a line without its line end.
    if (rest < item.text.length + joint.length) return item.offset(item.text.length);
    rest -= item.text.length + joint.length;
  }
  return undefined;
}

/** What stands round and between the strings of a list. */
function layoutOf(node: JsonNode, json: string): { open: string; between: string; close: string } {
  const [first, second] = node.children ?? [];
  const end = node.offset + node.length - 1;
  if (!first) return newLayout(node, json);
  const last = node.children!.at(-1)!;
  const open = json.slice(node.offset + 1, first.offset);
  const between = second
    ? json.slice(first.offset + first.length, second.offset)
    : `,${open || (isSpaced(node, json) ? ' ' : '')}`;
  return { open, between, close: json.slice(last.offset + last.length, end) };
}

/** An empty list shows nothing of how its lines would stand: they stand one step deeper than its key. */
function newLayout(node: JsonNode, json: string): { open: string; between: string; close: string } {
  const line = json.lastIndexOf('\n', node.offset);
  const indent = /^[ \t]*/.exec(json.slice(line + 1))![0];
  const own = /^[ \t]*"(?:source|input)"/.test(json.slice(line + 1, node.offset));
  if (line < 0 || !own) return { open: '', between: isSpaced(node, json) ? ', ' : ',', close: '' };
  const newline = json[line - 1] === '\r' ? '\r\n' : '\n';
  const step = indent.startsWith('\t') ? '\t' : ' ';
  const open = newline + indent + step;
  return { open, between: `,${open}`, close: newline + indent };
}

/** Whether a space follows the colon before the list. */
function isSpaced({ offset }: JsonNode, json: string): boolean {
  return json[offset - 1] === ' ';
}

/** How many letters two texts share at their beginning, and behind that at their end. */
function sameEnds(a: string, b: string): readonly [head: number, tail: number] {
  const shorter = Math.min(a.length, b.length);
  let head = 0;
  while (head < shorter && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < shorter - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  // A pair of surrogates is one letter.
  if (/[\uD800-\uDBFF]/.test(a[head - 1] ?? '')) head--;
  if (/[\uDC00-\uDFFF]/.test(a[a.length - tail] ?? '')) tail--;
  return [head, tail];
}

/** The last of its name counts, as for every reader of JSON. */
function memberOf(node: JsonNode | undefined, key: string): JsonNode | undefined {
  if (node?.type !== 'object') return undefined;
  return node.children?.findLast(({ children }) => children?.[0]?.value === key)?.children?.[1];
}

function textOf(node: JsonNode | undefined): string | undefined {
  return typeof node?.value === 'string' ? node.value : undefined;
}
