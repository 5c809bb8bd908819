// @ts-check
/** Bundles the sources into `dist/`: one line of `entries` for each build. */
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { licenseTexts } from './scripts/licenses.mjs';

const root = fileURLToPath(new URL('.', import.meta.url));
const dist = join(root, 'dist');
const require = createRequire(import.meta.url);

/** Some packages' CommonJS side can't be bundled. */
const mainFields = ['module', 'main'];

/** @type {Record<'node' | 'web' | 'cli' | 'page', esbuild.BuildOptions>} */
const kinds = {
  // The parser's CommonJS build takes its bytes from us; the other one looks for files beside the bundle.
  node: {
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    outExtension: { '.js': '.cjs' },
    plugins: [inSecondFile('./start.ts', './start.cjs'), inSecondFile('./ask.ts', './limits.cjs')],
    // What is loaded later is loaded by `require`.
    supported: { 'dynamic-import': false },
    mainFields,
    external: ['vscode'],
    alias: { 'web-tree-sitter': require.resolve('web-tree-sitter') },
  },
  web: {
    platform: 'browser',
    format: 'cjs',
    target: 'es2022',
    // What a browser can't do is not loaded there.
    plugins: [inSecondFile('./ask.ts', './limits.cjs')],
    external: ['vscode', 'fs', 'path', 'fs/promises', 'module', 'url', 'worker_threads'],
    alias: { 'web-tree-sitter': require.resolve('web-tree-sitter') },
  },
  // The language server shares the engine with the commands, and is loaded for its own command only.
  cli: {
    platform: 'node',
    format: 'esm',
    splitting: true,
    chunkNames: 'cli-[hash]',
    target: 'node20',
    mainFields,
    // Some dependencies are CommonJS and ask for Node's modules by `require`.
    banner: {
      js: "#!/usr/bin/env node\nimport { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);",
    },
  },
  page: { platform: 'browser', format: 'iife', target: 'es2022' },
};

/** What is built together: kind, and for each file in `dist/` (without its ending) the source. */
const entries = /** @type {const} */ ([
  [
    'node',
    { extension: 'src/extension/main.ts', start: 'src/extension/start.ts', limits: 'src/extension/limits/ask.ts' },
  ],
  ['web', { 'extension.browser': 'src/extension/main.ts' }],
  ['cli', { cli: 'src/cli/main.ts', lsp: 'src/lsp/main.ts' }],
  ['page', { panel: 'src/panel/main.ts' }],
]);

/** Beside the bundles: the parser and its grammars. @type {readonly (readonly [from: string, to: string])[]} */
const copies = [
  [require.resolve('web-tree-sitter/web-tree-sitter.wasm'), 'tree-sitter.wasm'],
  ...['python', 'typescript', 'tsx'].map((grammar) => grammarFile(`tree-sitter-${grammar}.wasm`)),
];

/** @param {string} name @returns {readonly [from: string, to: string]} */
function grammarFile(name) {
  return [require.resolve(`@vscode/tree-sitter-wasm/wasm/${name}`), name];
}

/** Leaves a module that is loaded later out of the bundle that loads it. @param {string} source @param {string} file @returns {esbuild.Plugin} */
function inSecondFile(source, file) {
  return {
    name: 'second file',
    setup({ onResolve }) {
      onResolve({ filter: /^\.\/\w+\.ts$/ }, ({ path, kind }) =>
        kind === 'dynamic-import' && path === source ? { path: file, external: true } : undefined,
      );
    },
  };
}

/** Builds everything; resolves to the built files with their sizes in bytes. Throws when a source does not build. */
export async function build() {
  prepare();
  const results = await Promise.all(bundles().map((options) => esbuild.build({ ...options, minify: true }))).finally(
    // Its service would otherwise stay as long as this process does.
    () => esbuild.stop(),
  );
  const sources = results.flatMap(({ metafile }) =>
    Object.keys(metafile?.inputs ?? {}).map((file) => join(root, file)),
  );
  writeFileSync(join(dist, 'THIRD-PARTY-LICENSES.txt'), licenseTexts([...sources, ...copies.map(([from]) => from)]));
  return results.flatMap(({ metafile }) =>
    Object.entries(metafile?.outputs ?? {}).map(([file, { bytes }]) => ({ file, bytes })),
  );
}

/** Builds on every change until the process ends, with source maps. */
export async function watch() {
  prepare();
  for (const options of bundles()) {
    const context = await esbuild.context({ ...options, sourcemap: true, logLevel: 'info' });
    await context.watch();
  }
}

function prepare() {
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist);
  // The project's package.json names no module type: an editor in a browser refuses an extension of type “module”.
  writeFileSync(join(dist, 'package.json'), '{ "type": "module" }\n');
  for (const [from, to] of copies) copyFileSync(from, join(dist, to));
}

/** @returns {esbuild.BuildOptions[]} */
function bundles() {
  return entries.map(([kind, entryPoints]) => ({
    absWorkingDir: root,
    entryPoints,
    outdir: 'dist',
    bundle: true,
    metafile: true,
    logLevel: 'warning',
    ...kinds[kind],
  }));
}
