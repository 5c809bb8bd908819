/** Modules of workspace packages, found through what their package.json exports and imports. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSettings } from '../../src/core/settings.ts';
import { memoryHost, startSession } from '../engine.ts';

const client = "import OpenAI from 'openai';\n\nexport const client = new OpenAI({ maxRetries: 8 });\n";
const ask = (module: string) =>
  `import { client } from '${module}';\n\nexport const ask = () => client.responses.create({ model: 'm', input: 'x' });\n`;

async function count(files: Readonly<Record<string, string>>, path: string): Promise<number | undefined> {
  const session = startSession(memoryHost(files));
  await session.setFiles(Object.keys(files));
  session.update(path, files[path]!);
  return (await session.analyze(path, defaultSettings))?.findings.length;
}

test('what a package exports under a path leads to its source', async () => {
  const manifest = {
    name: '@work/llm',
    exports: {
      '.': './dist/index.js',
      './client': { types: './dist/openai/client.d.ts', import: './dist/openai/client.js' },
      './tools/*': './source/tools/*.mjs',
    },
  };
  const files = {
    '/work/llm/package.json': JSON.stringify(manifest),
    '/work/llm/src/openai/client.ts': client,
    '/work/llm/src/index.ts': "export { client } from './openai/client.js';\n",
    '/work/llm/source/tools/one.mjs': client,
    '/work/app/a.ts': ask('@work/llm'),
    '/work/app/b.ts': ask('@work/llm/client'),
    '/work/app/c.ts': ask('@work/llm/tools/one'),
    '/work/app/d.ts': ask('@work/llm/none'),
  };
  assert.equal(await count(files, '/work/app/a.ts'), 0);
  assert.equal(await count(files, '/work/app/b.ts'), 0);
  assert.equal(await count(files, '/work/app/c.ts'), 0);
  assert.equal(await count(files, '/work/app/d.ts'), 1);
});

test('a package has names of its own for what it imports', async () => {
  const files = {
    '/work/app/package.json': JSON.stringify({
      imports: { '#llm/*': './lib/llm/*.ts', '#shared': ['./lib/shared.js'] },
    }),
    '/work/app/lib/llm/client.ts': client,
    '/work/app/lib/shared.js': client,
    '/work/app/src/a.ts': ask('#llm/client'),
    '/work/app/src/b.ts': ask('#shared'),
    '/work/app/src/c.ts': ask('#llm/none'),
  };
  assert.equal(await count(files, '/work/app/src/a.ts'), 0);
  assert.equal(await count(files, '/work/app/src/b.ts'), 0);
  assert.equal(await count(files, '/work/app/src/c.ts'), 1);
});

test('a broken package.json hinders nothing', async () => {
  const files = {
    '/work/app/package.json': '{ "exports": [1, {',
    '/work/app/a.ts': ask('./client'),
    '/work/app/client.ts': client,
  };
  assert.equal(await count(files, '/work/app/a.ts'), 0);
});
