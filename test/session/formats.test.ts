/** What is read of formatters' configurations. */
import assert from 'node:assert/strict';
import test from 'node:test';
import type { Format } from '../../src/core/editor.ts';
import { createFormats } from '../../src/session/formats.ts';
import { memoryHost } from '../engine.ts';

type Case = readonly [what: string, path: string, files: Readonly<Record<string, string>>, expected: Format];

const cases: readonly Case[] = [
  ['nothing', '/p/a.py', {}, {}],
  [
    'black’s table',
    '/p/a.py',
    { '/p/pyproject.toml': '[tool.black]\nline-length = 100\n' },
    { formatter: 'black', lineWidth: 100 },
  ],
  [
    'black without a width',
    '/p/a.py',
    { '/p/pyproject.toml': '[tool.black]\n' },
    { formatter: 'black', lineWidth: 88 },
  ],
  [
    'ruff’s table',
    '/p/x/a.py',
    { '/p/pyproject.toml': '[tool.ruff]\nline-length = 79\n[tool.ruff.format]\n' },
    { formatter: 'ruff', lineWidth: 79 },
  ],
  ['ruff.toml', '/p/a.py', { '/p/ruff.toml': 'line-length = 120\n' }, { formatter: 'ruff', lineWidth: 120 }],
  [
    'black as a hook',
    '/p/a.py',
    { '/p/.pre-commit-config.yaml': 'repos:\n- repo: x\n  hooks:\n  - id: black\n' },
    { formatter: 'black', lineWidth: 88 },
  ],
  [
    'a hook, and the width in the table',
    '/p/a.py',
    { '/p/.pre-commit-config.yaml': '- id: ruff-format\n', '/p/pyproject.toml': '[tool.ruff]\nline-length = 99\n' },
    { formatter: 'ruff', lineWidth: 99 },
  ],
  ['broken TOML', '/p/a.py', { '/p/pyproject.toml': '[tool.black\n' }, {}],
  [
    'black takes no width from .editorconfig',
    '/p/a.py',
    { '/p/.editorconfig': '[*.py]\nmax_line_length = 79\n', '/p/pyproject.toml': '[tool.black]\n' },
    { formatter: 'black', lineWidth: 88 },
  ],
  [
    '.editorconfig alone',
    '/p/a.py',
    { '/p/.editorconfig': 'root = true\n[*]\nmax_line_length = 100\n[*.{py,pyi}]\nmax_line_length = 79\n' },
    { lineWidth: 79 },
  ],
  [
    '.prettierrc as JSON',
    '/p/a.ts',
    { '/p/.prettierrc': '{ "printWidth": 100, }' },
    { formatter: 'prettier', lineWidth: 100 },
  ],
  [
    '.prettierrc as YAML',
    '/p/a.ts',
    { '/p/.prettierrc': 'semi: false\nprintWidth: 120\n' },
    { formatter: 'prettier', lineWidth: 120 },
  ],
  [
    'a program',
    '/p/a.ts',
    { '/p/prettier.config.mjs': 'export default { printWidth: 90, semi: false };' },
    { formatter: 'prettier', lineWidth: 90 },
  ],
  [
    'package.json',
    '/p/src/a.ts',
    { '/p/package.json': '{"prettier": {"printWidth": 110}}' },
    { formatter: 'prettier', lineWidth: 110 },
  ],
  [
    'prettier as a dependency',
    '/p/src/a.ts',
    { '/p/package.json': '{"devDependencies": {"prettier": "^3"}}' },
    { formatter: 'prettier', lineWidth: 80 },
  ],
  [
    'prettier reads .editorconfig',
    '/p/a.ts',
    {
      '/p/package.json': '{"devDependencies": {"prettier": "^3"}}',
      '/p/.editorconfig': '[*]\nmax_line_length = 100\n',
    },
    { formatter: 'prettier', lineWidth: 100 },
  ],
  [
    'commas and arrows',
    '/p/a.ts',
    { '/p/prettier.config.cjs': "module.exports = { trailingComma: 'none', arrowParens: 'avoid' };" },
    { formatter: 'prettier', lineWidth: 80, trailingCommas: 'none', arrowParentheses: 'avoid' },
  ],
  [
    'biome’s names for them',
    '/p/a.ts',
    { '/p/biome.json': '{"javascript": {"formatter": {"trailingCommas": "es5", "arrowParentheses": "asNeeded"}}}' },
    { formatter: 'biome', lineWidth: 80, trailingCommas: 'es5', arrowParentheses: 'avoid' },
  ],
  [
    'biome.json',
    '/p/src/a.ts',
    { '/p/biome.json': '{"formatter": {"lineWidth": 120}}' },
    { formatter: 'biome', lineWidth: 120 },
  ],
  ['biome as a linter only', '/p/src/a.ts', { '/p/biome.json': '{"formatter": {"enabled": false}}' }, {}],
  [
    'the nearest counts',
    '/p/web/a.ts',
    { '/p/biome.json': '{"formatter": {"lineWidth": 120}}', '/p/web/.prettierrc': '{}' },
    { formatter: 'prettier', lineWidth: 80 },
  ],
];

for (const [what, path, files, expected] of cases) {
  test(what, async () => {
    const language = path.endsWith('.py') ? 'python' : 'typescript';
    assert.deepEqual(await createFormats(memoryHost(files)).of(path, language), expected);
  });
}
