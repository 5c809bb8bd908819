/** The catalogue's method lists against the installed packages: nothing is missing, nothing is invented. `UPDATE=1` rewrites the lists. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { python } from '../../scripts/python.mjs';
import type { Sdk } from '../../src/core/catalogue.ts';
import { openaiNode, openaiPython } from '../../src/sdks/openai.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const nodePackage = join(root, 'node_modules/openai');
const venv = await python();

test('the Node list is what the installed openai package has', () => {
  if (process.env.UPDATE) derive('write', 'node', 'src/sdks/openai-node-methods.ts', nodePackage);
  else compare(openaiNode, derive('print', 'node', nodePackage));
});

test('the Python list is what the openai package of .venv has', (t) => {
  if ('missing' in venv) {
    if (process.env.CI === 'true') assert.fail(venv.missing);
    t.skip(venv.missing);
    return;
  }
  const directory = pythonPackage(venv.python);
  if (process.env.UPDATE) derive('write', 'python', 'src/sdks/openai-python-methods.ts', directory);
  else compare(openaiPython, derive('print', 'python', directory));
});

test('the derivation sees what is certain to be there', () => {
  const methods = JSON.parse(derive('print', 'node', nodePackage)).methods as Record<string, string>;
  assert.equal(methods['chat.completions.create'], 'single');
  assert.equal(methods['chat.completions.stream'], 'stream');
  assert.equal(methods['chat.completions.runTools'], 'helper');
  assert.equal(methods['models.list'], 'paginated');
  assert.equal(methods['files.waitForProcessing'], 'helper');
  assert.equal(methods.post, 'single');
  assert.equal(methods['webhooks.verifySignature'], undefined);
  assert.ok(Object.keys(methods).length > 400);
});

function compare(sdk: Sdk, derived: string): void {
  const { version, methods } = JSON.parse(derived) as { version: string; methods: Record<string, string> };
  const major = Number.parseInt(version, 10);
  const listed: Record<string, string> = {};
  for (const [path, { shape, since, until }] of sdk.methods)
    if ((since ?? 0) <= major && until === undefined) listed[path] = shape;
  assert.deepEqual(listed, methods);
}

function derive(command: 'print' | 'write', language: 'node' | 'python', ...paths: readonly string[]): string {
  const args = [join(root, 'scripts/derive-methods.mjs'), command, language, 'OpenAI', ...paths];
  const env = { ...process.env, ...('python' in venv && { PYTHON: venv.python }) };
  return execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8', env, maxBuffer: 1 << 24 });
}

/** Found by folder, since importing the package takes seconds. */
function pythonPackage(interpreter: string): string {
  const environment = dirname(dirname(interpreter));
  if (process.platform === 'win32') return join(environment, 'Lib/site-packages/openai');
  const [version = ''] = readdirSync(join(environment, 'lib')).filter((name) => name.startsWith('python'));
  return join(environment, 'lib', version, 'site-packages/openai');
}
