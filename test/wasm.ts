/** The parser for tests: loaded once, from the installed packages. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createSyntax, grammars, type Syntax } from '../src/languages/syntax.ts';

const require = createRequire(import.meta.url);

export const syntax: Syntax = createSyntax(async (name) =>
  readFileSync(
    require.resolve(
      name === 'parser'
        ? 'web-tree-sitter/web-tree-sitter.wasm'
        : `@vscode/tree-sitter-wasm/wasm/tree-sitter-${name}.wasm`,
    ),
  ),
);
await Promise.all(grammars.map(syntax.load));
