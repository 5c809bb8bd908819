/** The parser for tests: loaded once, from the installed packages. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Grammar, loadSyntax, type Syntax } from '../src/languages/syntax.ts';

const require = createRequire(import.meta.url);
const grammar = (name: Grammar) =>
  readFileSync(require.resolve(`@vscode/tree-sitter-wasm/wasm/tree-sitter-${name}.wasm`));

export const syntax: Syntax = await loadSyntax({
  parser: readFileSync(require.resolve('web-tree-sitter/web-tree-sitter.wasm')),
  grammars: { python: grammar('python'), typescript: grammar('typescript'), tsx: grammar('tsx') },
});
