/** Which files are looked at by themselves, and which of them can hold a request. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { sdks } from '../../src/sdks/all.ts';
import { keys } from '../../src/sdks/keys.ts';
import { candidates } from '../../src/session/candidates.ts';
import { excluded, isTest } from '../../src/session/selection.ts';

test('tests and mocks by the conventions of both languages', () => {
  const some = [
    'tests/a.py',
    'test/a.ts',
    'src/tests',
    'src/__tests__/a.ts',
    'pkg/__mocks__/openai.js',
    'integration-tests/a.ts',
    'pkg/e2e/a.ts',
    'integration_test/a.py',
    'web/cypress/a.ts',
    'agent.spec-d.ts',
    'test_a.py',
    'src/a_test.py',
    'src/conftest.py',
    'integration_tests/a.py',
    'unit-tests/a.ts',
    'e2e/a.ts',
    'e2e_tests/a.py',
    'a.test.ts',
    'a.spec.tsx',
    'a.e2e-spec.ts',
    'a-test.mjs',
    'x/a.test.cjs',
  ];
  const others = [
    'a.py',
    'src/latest.py',
    'evals/a.py',
    'ab_test/a.py',
    'contest.py',
    'testing.ts',
    'attest/a.ts',
    'integration/a.ts',
    'contests/a.ts',
    'src/spec.ts',
    'protest_a.py',
    '',
  ];
  for (const path of some) assert.equal(isTest(path), true, path);
  for (const path of others) assert.equal(isTest(path), false, path);
});

test('excludes are read in the manner of .gitignore', () => {
  const leavesOut = excluded(['generated/', '/top.py', '**/*_pb2.py', '!keep_pb2.py']);
  const out = ['generated/', 'a/generated/', 'generated/a.py', 'top.py', 'x/y_pb2.py'];
  const kept = ['a/top.py', 'keep_pb2.py', 'Generated/', 'generated.py', '', '../top.py'];
  for (const path of out) assert.equal(leavesOut(path), true, path);
  for (const path of kept) assert.equal(leavesOut(path), false, path);
});

test('a file is a candidate when it names an SDK, calls a request, or carries a comment of ours', () => {
  const candidate = candidates({ sdks, keys });
  const some = [
    'import openai',
    "import OpenAI from 'openai';",
    "import Anthropic from '@anthropic-ai/sdk';",
    'from cerebras.cloud import (\n    sdk,\n)',
    'import cerebras.cloud.sdk',
    'self.llm.chat.completions.create(model=m)',
    'client.chat.completions\n    .create(x)',
    'client.chat.completions.\\\n    create(x)',
    'this.client?.responses?.create({})',
    'client.embeddings.with_raw_response.create(x)',
    "import { generateText } from 'ai';",
    'answer = llm.invoke(text)',
    'const answer = await model.generateContent(text);',
    'x = 1  # rate-limit-guide: ignore',
    'requests.post(url, json={"model": model, "messages": history})',
    "import { DEEPSEEK_BASE_URL } from './urls';\nconst answer = await fetch(DEEPSEEK_BASE_URL + path, options);",
    'const answer = await axios.post<Answer>(endpoint, { model, messages });',
  ];
  const others = [
    'x = completions',
    'response.created_at',
    'messages.append(m)',
    'def create(images): pass',
    'opened ai',
    'const ai = tool.run();',
    'def invoke(self): pass',
    "const page = await fetch('/api/page');",
    'const model = llm + 1;',
  ];
  for (const text of some) assert.equal(candidate.test(text), true, text);
  for (const text of others) assert.equal(candidate.test(text), false, text);
});

test('every fixture with a marker is a candidate', () => {
  const candidate = candidates({ sdks, keys });
  const root = join(import.meta.dirname, '../fixtures');
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const texts = files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
  const marked = texts.filter((text) => /\^+ (?:[\w-]+: |warning|information)/.test(text));
  assert.ok(marked.length > 0);
  for (const text of marked) assert.equal(candidate.test(text), true, text);
});
