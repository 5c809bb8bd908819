/** The host on Node: files of the local disk, and the parser's bytes. The one place of the session that knows Node. */
import { readFile } from 'node:fs/promises';
import { type Grammar, loadSyntax, type Syntax } from '../languages/syntax.ts';
import type { Host } from './host.ts';

export const nodeHost: Host = {
  readFile: async (path) => {
    try {
      return await readFile(path);
    } catch {
      return undefined;
    }
  },
};

/** Starts the parser; `locate` says where `tree-sitter.wasm` and `tree-sitter-<grammar>.wasm` lie. */
export async function loadNodeSyntax(locate: (name: string) => string): Promise<Syntax> {
  const grammar = (name: Grammar) => readFile(locate(`tree-sitter-${name}.wasm`));
  const [parser, python, typescript, tsx] = await Promise.all([
    readFile(locate('tree-sitter.wasm')),
    grammar('python'),
    grammar('typescript'),
    grammar('tsx'),
  ]);
  return loadSyntax({ parser, grammars: { python, typescript, tsx } });
}
