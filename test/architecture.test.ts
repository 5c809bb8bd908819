/** The dependency rule, read from the import lines. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import test from 'node:test';

const root = join(import.meta.dirname, '..', 'src');

/** A folder may import from itself and from those named here. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  core: [],
  sdks: ['core'],
  libraries: ['core'],
  languages: ['core'],
  guide: ['core'],
  rules: ['core'],
  simulate: ['core'],
  render: ['core', 'guide', 'simulate'],
  session: ['core', 'languages', 'render'],
  panel: ['core', 'guide', 'simulate', 'render'],
  extension: ['core', 'sdks', 'libraries', 'languages', 'guide', 'rules', 'simulate', 'render', 'session', 'panel'],
  lsp: ['core', 'sdks', 'libraries', 'languages', 'rules', 'render', 'session'],
  cli: ['core', 'sdks', 'libraries', 'languages', 'guide', 'rules', 'simulate', 'render', 'session', 'lsp'],
};

const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
const imports = files.flatMap((path) => {
  const text = readFileSync(join(root, path), 'utf8');
  return [...text.matchAll(/^(?:import|export)\b[^'"]*?from '([^']+)'|^import '([^']+)'/gm)].map((match) => ({
    path,
    module: (match[1] ?? match[2])!,
  }));
});
const folderOf = (path: string) => path.split('/')[0]!;

test('each folder imports only from those below it', () => {
  const wrong = imports.filter(({ path, module }) => {
    if (!module.startsWith('.') || module.endsWith('/package.json')) return false;
    const target = folderOf(relative(root, join(root, path, '..', module)));
    return target !== folderOf(path) && !allowed[folderOf(path)]?.includes(target);
  });
  assert.ok(imports.length > 200, 'the import lines were not found');
  assert.deepEqual(wrong, []);
});

test('rules and languages never see each other, nor does one language the other', () => {
  const wrong = imports.filter(({ path, module }) => {
    const [, own] = path.split('/');
    const other = own === 'python' ? 'typescript' : 'python';
    return folderOf(path) === 'languages' && own?.includes('.') === false && module.includes(`/${other}/`);
  });
  assert.deepEqual(wrong, []);
});

test('vscode stays in the extension, Node’s modules in the command line, the language server and the Node host', () => {
  const onNode = (path: string) =>
    ['cli', 'lsp'].includes(folderOf(path)) || ['session/node-host.ts', 'session/node-project.ts'].includes(path);
  const wrong = imports.filter(({ path, module }) => {
    if (module === 'vscode') return folderOf(path) !== 'extension';
    return module.startsWith('node:') && !onNode(path);
  });
  assert.deepEqual(wrong, []);
});

test('no barrels and no default exports', () => {
  const wrong = files.filter((path) => /^export (default|\*)/m.test(readFileSync(join(root, path), 'utf8')));
  assert.deepEqual(wrong, []);
});
