/** The facade over web-tree-sitter: owns and deletes trees, parses within a budget, and gives spans. */
import { Edit, Language, type Node, Parser, type Tree as SitterTree } from 'web-tree-sitter';
import type { Span } from '../core/span.ts';

export type { Node } from 'web-tree-sitter';

export const grammars = ['python', 'typescript', 'tsx'] as const;
export type Grammar = (typeof grammars)[number];

/** Reads the bytes of the parser (`tree-sitter.wasm`) or of a grammar. The host does that; nothing here touches files. */
export type ReadWasm = (name: 'parser' | Grammar) => Promise<Uint8Array>;

/** A parsed text. Whoever has it calls `delete()` when done: it lives in wasm memory. */
export interface Tree {
  readonly text: string;
  readonly grammar: Grammar;
  readonly root: Node;
  delete(): void;
}

export interface Syntax {
  /** Starts the parser for a grammar, once. Rejects when the bytes can't be had, or are no wasm of this version. */
  load(grammar: Grammar): Promise<void>;
  /**
   * Parses `text`, in a grammar that has been loaded. With the tree of an earlier text, only what changed is parsed again.
   * Returns undefined when `stop` says so before the end.
   */
  parse(
    text: string,
    grammar: Grammar,
    options?: { readonly before?: Tree; readonly stop?: () => boolean },
  ): Tree | undefined;
}

interface OwnTree extends Tree {
  readonly sitter: SitterTree;
}

/** A parser that loads each grammar when it is first asked for. */
export function createSyntax(read: ReadWasm): Syntax {
  const parsers = new Map<Grammar, Parser>();
  const loading = new Map<Grammar, Promise<void>>();
  let started: Promise<void> | undefined;
  const start = async (): Promise<void> => Parser.init({ wasmBinary: await read('parser') });
  const load = async (grammar: Grammar): Promise<void> => {
    started ??= start();
    const [bytes] = await Promise.all([read(grammar), started]);
    const parser = new Parser();
    parser.setLanguage(await Language.load(bytes));
    parsers.set(grammar, parser);
  };
  return {
    load(grammar) {
      const known = loading.get(grammar) ?? load(grammar);
      loading.set(grammar, known);
      return known;
    },
    parse(text, grammar, { before, stop } = {}) {
      const parser = parsers.get(grammar);
      if (!parser) throw new Error(`The grammar ${grammar} has not been loaded.`);
      const old = before?.grammar === grammar ? edited(before as OwnTree, text) : undefined;
      try {
        const sitter = parser.parse(text, old, stop ? { progressCallback: () => stop() } : undefined);
        if (!sitter) {
          parser.reset();
          return undefined;
        }
        const tree: OwnTree = { text, grammar, sitter, root: sitter.rootNode, delete: () => sitter.delete() };
        return tree;
      } finally {
        old?.delete();
      }
    },
  };
}

/** A copy of the old tree, told what differs between its text and `text`: one stretch between equal ends. */
function edited(before: OwnTree, text: string): SitterTree {
  const old = before.text;
  const shorter = Math.min(old.length, text.length);
  let start = 0;
  while (start < shorter && old.charCodeAt(start) === text.charCodeAt(start)) start++;
  let tail = 0;
  while (tail < shorter - start && old.charCodeAt(old.length - 1 - tail) === text.charCodeAt(text.length - 1 - tail))
    tail++;
  const copy = before.sitter.copy();
  copy.edit(
    new Edit({
      startIndex: start,
      oldEndIndex: old.length - tail,
      newEndIndex: text.length - tail,
      startPosition: point(old, start),
      oldEndPosition: point(old, old.length - tail),
      newEndPosition: point(text, text.length - tail),
    }),
  );
  return copy;
}

function point(text: string, offset: number): { row: number; column: number } {
  let row = 0;
  let line = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
    row++;
    line = at + 1;
  }
  return { row, column: offset - line };
}

export function spanOf(node: Node): Span {
  return { start: node.startIndex, end: node.endIndex };
}

/**
 * The grammar for a path, or for an editor's language id where the path has no telling end (an untitled document).
 * Undefined where the file is in none of our languages.
 */
export function grammarOf(path: string, language?: string): Grammar | undefined {
  const extension = /\.([a-z]+)$/i.exec(path)?.[1]?.toLowerCase() ?? '';
  if (['py', 'pyi', 'pyw'].includes(extension)) return 'python';
  // A `.ts` file may hold `<T>x` casts, which the tsx grammar can't read; JavaScript may hold JSX, and has no casts.
  if (['ts', 'mts', 'cts'].includes(extension)) return 'typescript';
  if (['tsx', 'js', 'jsx', 'mjs', 'cjs'].includes(extension)) return 'tsx';
  if (language === 'python' || language === 'typescript') return language;
  return language !== undefined && ['typescriptreact', 'javascript', 'javascriptreact'].includes(language)
    ? 'tsx'
    : undefined;
}

/** Whether a path or an address is that of a notebook, whose text are its cells, joined. */
export function isNotebookPath(path: string): boolean {
  return /\.ipynb(?:\?.*)?$/i.test(path);
}
