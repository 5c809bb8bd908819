/** The host on Node: files of the local disk, and the parser's bytes. The one place of the session that knows Node. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createSyntax, type Syntax } from '../languages/syntax.ts';
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

/** The parser, which reads what it needs beside the program. */
export function nodeSyntax(): Syntax {
  return createSyntax((name) =>
    readFile(locateWasm(name === 'parser' ? 'tree-sitter.wasm' : `tree-sitter-${name}.wasm`)),
  );
}

/** The build puts the parser beside the bundle; in development it lies in the installed packages. */
function locateWasm(name: string): string {
  const beside = fileURLToPath(new URL(name, import.meta.url));
  if (existsSync(beside)) return beside;
  const packaged =
    name === 'tree-sitter.wasm' ? 'web-tree-sitter/web-tree-sitter.wasm' : `@vscode/tree-sitter-wasm/wasm/${name}`;
  return fileURLToPath(import.meta.resolve(packaged));
}
