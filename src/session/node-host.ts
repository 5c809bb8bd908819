/** The host on Node: files of the local disk, and the parser's bytes. The one place of the session that knows Node. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Grammar, grammars, loadSyntax, type Syntax, type WasmBytes } from '../languages/syntax.ts';
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

/** Starts the parser from the folder that the build has put it in. */
export function loadNodeSyntax(folder: string): Promise<Syntax> {
  return loadSyntaxFrom((name) => join(folder, name));
}

/** Starts the parser; `locate` says where `tree-sitter.wasm` and `tree-sitter-<grammar>.wasm` lie. */
export async function loadSyntaxFrom(locate: (name: string) => string): Promise<Syntax> {
  const read = (name: string) => readFile(locate(name));
  const pairs = grammars.map(async (grammar) => [grammar, await read(`tree-sitter-${grammar}.wasm`)] as const);
  const bytes: WasmBytes = {
    parser: await read('tree-sitter.wasm'),
    grammars: Object.fromEntries(await Promise.all(pairs)) as Record<Grammar, Uint8Array>,
  };
  return loadSyntax(bytes);
}
