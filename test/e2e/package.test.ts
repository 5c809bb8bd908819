/** What is in the package: all that the extension needs, and nothing else. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { root } from '../../scripts/setup.mjs';

const vsce = join(root, 'node_modules/@vscode/vsce/vsce');
const files = execFileSync(process.execPath, [vsce, 'ls', '--no-dependencies'], { cwd: root, encoding: 'utf8' })
  .trim()
  .split('\n');

test('the package holds the bundles, the parser and what they show', () => {
  for (const file of [
    'package.json',
    'README.md',
    'LICENSE',
    'dist/extension.cjs',
    'dist/start.cjs',
    'dist/limits.cjs',
    'dist/extension.browser.js',
    'dist/cli.js',
    'dist/lsp.js',
    'dist/package.json',
    'dist/tree-sitter.wasm',
    'dist/tree-sitter-python.wasm',
    'dist/tree-sitter-typescript.wasm',
    'dist/tree-sitter-tsx.wasm',
    'media/icon.png',
    'media/config.schema.json',
    'package.nls.json',
    'package.nls.ja.json',
    'l10n/bundle.l10n.ja.json',
  ])
    assert.ok(files.includes(file), `${file} is missing`);
});

test('the package holds nothing else', () => {
  const expected =
    /^(package(\.nls(\.[\w-]+)?)?\.json|l10n\/bundle\.l10n\.[\w-]+\.json|README\.md|CHANGELOG\.md|LICENSE|dist\/[^/]+\.(c?js|json|wasm|txt)|media\/.+)$/;
  assert.deepEqual(
    files.filter((file) => !expected.test(file) || file.includes('screenshot')),
    [],
  );
});

test('the licences of all that is bundled go along, here and in the package for npm', () => {
  const licences = readFileSync(join(root, 'dist/THIRD-PARTY-LICENSES.txt'), 'utf8');
  const sections = new Map(licences.split(/^(?=\S.*\n=+$)/m).map((section) => [section.split(' ', 1)[0]!, section]));
  const sources = globSync('src/**/*.ts', { cwd: root }).map((path) => readFileSync(join(root, path), 'utf8'));
  const imported = sources.flatMap((text) =>
    [...text.matchAll(/from '((?:@[\w-]+\/)?[a-z][\w-]*)[/']/g)].map((match) => match[1]!),
  );
  // The rules' examples import further packages.
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const bundled = new Set(imported.filter((name) => name in devDependencies));
  assert.ok(bundled.size >= 8);
  for (const name of [...bundled, '@vscode/tree-sitter-wasm', 'tree-sitter-python', 'tree-sitter-typescript'])
    assert.match(sections.get(name) ?? '', /Copyright|License/, name);
  const packed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
  });
  const paths = JSON.parse(packed)[0].files.map(({ path }: { path: string }) => path);
  for (const list of [files, paths]) assert.ok(list.includes('dist/THIRD-PARTY-LICENSES.txt'));
});

test('what the manifest names is there', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const pictures = manifest.contributes.walkthroughs
    .flatMap(({ steps }: { steps: { media: { image: Record<string, string> } }[] }) => steps)
    .flatMap(({ media }: { media: { image: Record<string, string> } }) => Object.values(media.image));
  for (const file of [manifest.main, manifest.browser, manifest.icon, ...pictures])
    assert.ok(existsSync(join(root, file)), file);
  for (const picture of new Set<string>(pictures)) assert.ok(files.includes(picture), `${picture} is not packed`);
});

test('the command line runs under the Node that npm runs under, which may be older than ours', () => {
  const node = process.env.npm_node_execpath ?? process.execPath;
  const version = execFileSync(node, [join(root, 'dist/cli.js'), '--version'], { encoding: 'utf8' });
  assert.match(version, /^\d+\.\d+\.\d+\s*$/);
});

test('what activates is small, and so is the whole package', () => {
  const size = (file: string) => statSync(join(root, file)).size;
  assert.ok(size('dist/extension.cjs') <= 150_000);
  assert.ok(size('rate-limit-guide.vsix') <= 2_000_000);
});

test('the README’s table of sizes is of this package', () => {
  const rows = readFileSync(join(root, 'README.md'), 'utf8').matchAll(/^\| `([\w.…-]+)` \| (\d+) \| (\d+) \| /gm);
  const told = new Map([...rows].map(([, name, size, packed]) => [name!, [Number(size), Number(packed)] as const]));
  const bundles = files.filter((file) => /^dist\/.*\.(c?js|wasm)$/.test(file));
  assert.equal(told.size, bundles.length);
  for (const file of bundles) {
    const bytes = readFileSync(join(root, file));
    const name = file.slice('dist/'.length).replace(/-[A-Z\d]{8}\./, '-….');
    const [size, packed] = told.get(name) ?? [0, 0];
    for (const [said, is] of [
      [size, bytes.length],
      [packed, deflateRawSync(bytes).length],
    ] as const)
      assert.ok(Math.abs(said * 1000 - is) <= Math.max(1000, is * 0.15), `${name}: ${said} KB is ${is} bytes`);
  }
});
