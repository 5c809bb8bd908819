/** Which retry helpers of a project are found for a request, and how they are to be called and imported. */
import assert from 'node:assert/strict';
import test from 'node:test';
import type { RetryHelper } from '../../src/core/editor.ts';
import { link } from '../../src/core/link.ts';
import { index } from '../../src/core/program.ts';
import { helperFinder } from '../../src/core/retry-helpers.ts';
import { lineMap } from '../../src/core/span.ts';
import { grammarOf } from '../../src/languages/syntax.ts';
import { libraries } from '../../src/libraries/all.ts';
import { sdks } from '../../src/sdks/all.ts';
import { keys } from '../../src/sdks/keys.ts';
import { languageOf } from '../../src/session/languages.ts';
import { createWorkspace } from '../../src/session/workspace.ts';
import { memoryHost } from '../engine.ts';
import { syntax } from '../wasm.ts';

const catalogue = { sdks, libraries, keys };

/** The helpers for the first request of the first file. */
async function helpers(files: Readonly<Record<string, string>>): Promise<readonly RetryHelper[]> {
  const [path, text] = Object.entries(files)[0]!;
  const packages = new Set([...sdks, ...libraries].flatMap(({ modules }) => modules));
  const workspace = createWorkspace({ host: memoryHost(files), syntax, packages, openText: () => undefined });
  await workspace.setFiles(Object.keys(files));
  const grammar = grammarOf(path)!;
  const tree = syntax.parse(text, grammar)!;
  const program = index(languageOf(grammar).read(tree), path, lineMap(text));
  tree.delete();
  const project = await workspace.project(program);
  const {
    verdicts: [verdict],
  } = link(program, project, { catalogue, text, versions: new Map() });
  assert.ok(verdict, 'no request was found');
  const wider = await workspace.withHelpers(project, program);
  return helperFinder(program, wider, catalogue, workspace.specifier)(verdict.request);
}

const pythonCall = `from openai import OpenAI

client = OpenAI()


def ask(question):
    return client.responses.create(model="gpt-5", input=question)
`;

const attempts = (call: string) => `    for attempt in range(6):
        try:
            return ${call}
        except Exception:
            if attempt == 5:
                raise
            time.sleep(2**attempt)
`;

test('Python: a function with arguments, a thunk and a decorator, each with its way of use', async () => {
  const found = await helpers({
    '/p/app/ask.py': `from app.models import Answer\n${pythonCall}`,
    '/p/app/models.py': 'class Answer:\n    pass\n',
    '/p/app/retrying.py': `import time
import functools


def call_with_retry(function, *args, **kwargs):
${attempts('function(*args, **kwargs)')}

def retry_thunk(thunk, attempts=6):
${attempts('thunk()')}

def retried(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
${attempts('function(*args, **kwargs)').replaceAll(/^/gm, '    ')}
    return wrapper


def retry_typed(thunk) -> str:
${attempts('thunk()')}

def retry_with_name(thunk, name):
${attempts('thunk()')}

def call_once(function, *args):
    return function(*args)
`,
  });
  const module = 'app.retrying';
  assert.deepEqual(found, [
    { name: 'call_with_retry', module, exported: 'named', takes: 'function-and-arguments', position: 0, async: false },
    { name: 'retry_thunk', module, exported: 'named', takes: 'thunk', position: 0, async: false },
    { name: 'retried', module, exported: 'named', takes: 'decorator', position: 0, async: false },
  ]);
});

test('Python: the file’s own helper comes first, then an imported one under its name here', async () => {
  const helper = (name: string) => `import time\n\n\ndef ${name}(thunk):\n${attempts('thunk()')}`;
  const found = await helpers({
    '/p/ask.py': `${helper('own_retry')}\n\nfrom shared_retry import retry_all as again\n${pythonCall}`,
    '/p/shared_retry.py': helper('retry_all'),
    '/p/tools/backoff_tools.py': helper('backoff_call'),
  });
  assert.deepEqual(
    found.map(({ name, module }) => [name, module]),
    [
      ['own_retry', undefined],
      ['again', undefined],
      ['backoff_call', 'tools.backoff_tools'],
    ],
  );
});

test('Python: relative imports where the file imports so', async () => {
  const found = await helpers({
    '/p/app/chat/ask.py': `from ..models import Answer\n${pythonCall}`,
    '/p/app/models.py': 'class Answer:\n    pass\n',
    '/p/app/net/retry.py': `import time\n\n\ndef retry_call(thunk):\n${attempts('thunk()')}`,
  });
  assert.deepEqual(
    found.map(({ module }) => module),
    ['..net.retry'],
  );
});

test('Python: a helper that never acts on a 429 is none, nor is the function that holds the request', async () => {
  const found = await helpers({
    '/p/ask.py': `import time
from openai import OpenAI

client = OpenAI()


def retry_connection(thunk):
${attempts('thunk()').replace('except Exception', 'except ConnectionError')}

def retry_ask(thunk):
    for attempt in range(3):
        try:
            thunk()
            return client.responses.create(model="gpt-5", input="x")
        except Exception:
            time.sleep(1)
`,
  });
  assert.deepEqual(found, []);
});

const typescriptCall = `import OpenAI from 'openai';
const client = new OpenAI();
export async function ask(input: string) {
  return client.responses.create({ model: 'gpt-5', input });
}
`;

const loop = `{
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      if (attempt === 6) throw error;
      await new Promise((done) => setTimeout(done, 2 ** attempt * 1000));
    }
  }
}`;

test('TypeScript: generic helpers, declared or held by a constant; not one that is typed for another answer', async () => {
  const found = await helpers({
    '/p/src/ask.ts': `import { log } from './log.js';\n${typescriptCall}`,
    '/p/src/log.ts': 'export const log = console.log;\n',
    '/p/src/net/retry.ts': `export async function withRetry<T>(run: () => Promise<T>, attempts?: number): Promise<T> ${loop}
export const retryBackoff = async <T,>(run: () => Promise<T>, options: { n: number } = { n: 6 }): Promise<T> => ${loop};
export async function retryText(run: () => Promise<string>): Promise<string> ${loop}
async function retryHidden<T>(run: () => Promise<T>): Promise<T> ${loop}
`,
    '/p/src/retryDefault.ts': `export default async function retryDefault<T>(run: () => Promise<T>): Promise<T> ${loop}\n`,
  });
  const how = { takes: 'thunk', position: 0, async: true };
  assert.deepEqual(found, [
    { name: 'withRetry', module: './net/retry.js', exported: 'named', ...how },
    { name: 'retryBackoff', module: './net/retry.js', exported: 'named', ...how },
    { name: 'retryDefault', module: './retryDefault.js', exported: 'default', ...how },
  ]);
});

test('JavaScript: CommonJS exports, and modules named without an ending', async () => {
  const found = await helpers({
    '/p/lib/ask.js': `const OpenAI = require('openai');
const { log } = require('./log');
const client = new OpenAI();
exports.ask = async (input) => log(await client.responses.create({ model: 'gpt-5', input }));
`,
    '/p/lib/log.js': 'exports.log = console.log;\n',
    '/p/lib/retry/index.js': `async function retry(run) ${loop}\nmodule.exports = { retry };\n`,
  });
  assert.deepEqual(found, [
    { name: 'retry', module: './retry', exported: 'named', takes: 'thunk', position: 0, async: true },
  ]);
});

test('a script that works when it is imported is no module to import from', async () => {
  const helper = `import time\n\n\ndef retry_call(thunk):\n${attempts('thunk()')}\n\n`;
  for (const work of [
    'print(retry_call(lambda: 1))\n',
    'answer = client.responses.create(model="x")\n',
    'for one in []:\n    pass\n',
  ])
    assert.deepEqual(await helpers({ '/p/ask.py': pythonCall, '/p/again.py': helper + work }), [], work);
  const guarded = 'if __name__ == "__main__":\n    retry_call(print)\n';
  assert.equal((await helpers({ '/p/ask.py': pythonCall, '/p/again.py': helper + guarded })).length, 1);
});
