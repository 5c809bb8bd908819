/** The team's notes: what a heading names, and what stands under it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { modelOf } from '../../src/core/model-name.ts';
import { findNotes, notesOn, readNotes } from '../../src/session/notes.ts';
import { analyze } from '../engine.ts';

const text = `# Our limits

Of the platform team.

## gpt-4o, \`gpt-4o-mini\`

30 000 tokens a minute.

### For batches

Use the queue.

## unprotected-call

\`\`\`python
# not a heading
retry(...)
\`\`\`

## claude-*
Ask in #models.
## empty
`;

const titles = (rule: string, model?: string) =>
  notesOn(readNotes(text), { rule, ...(model !== undefined && { model }) }).map(({ title }) => title);

test('a heading names a rule, a model, several of them, or all that begin alike', () => {
  assert.deepEqual(titles('unprotected-call'), ['unprotected-call']);
  assert.deepEqual(titles('dropped-request', 'gpt-4o'), ['gpt-4o, gpt-4o-mini']);
  assert.deepEqual(titles('unprotected-call', 'GPT-4o-mini'), ['gpt-4o, gpt-4o-mini', 'unprotected-call']);
  assert.deepEqual(titles('dropped-request', 'claude-sonnet-5'), ['claude-*']);
  assert.deepEqual(titles('dropped-request', 'gpt-4o-2024-08-06'), []);
  assert.deepEqual(titles('dropped-request'), []);
});

test('under it stands all up to the next heading of its rank; code is no heading', () => {
  const notes = new Map(readNotes(text).map((note) => [note.title, note.text]));
  assert.equal(notes.get('gpt-4o, gpt-4o-mini'), '30 000 tokens a minute.\n\n### For batches\n\nUse the queue.');
  assert.equal(notes.get('unprotected-call'), '```python\n# not a heading\nretry(...)\n```');
  assert.equal(notes.get('claude-*'), 'Ask in #models.');
  assert.equal(notes.has('empty'), false);
});

test('no notes in a file without headings, in Windows’ lines neither', () => {
  assert.deepEqual(readNotes('no heading'), []);
  assert.deepEqual(readNotes('\uFEFF# a\r\nb\r\n'), [{ title: 'a', text: 'b' }]);
});

test('the nearest file at or above the folder counts', async () => {
  const host = (path: string) => ({
    readFile: async (one: string) => (one === path ? new TextEncoder().encode('# a\nb') : undefined),
  });
  assert.equal((await findNotes(host('/w/.rate-limit-guide.md'), '/w/src/deep')).length, 1);
  assert.equal((await findNotes(host('/w/src/deep/.rate-limit-guide.md'), '/w/src')).length, 0);
});

test('a request’s model stands in its call, or where its client is made', async () => {
  const model = async (path: string, source: string) => modelOf((await analyze(path, source)).verdicts[0]!.request);
  const python = 'from openai import OpenAI\nclient = OpenAI()\n';
  assert.equal(await model('a.py', `${python}client.responses.create(model="gpt-5", input="x")`), 'gpt-5');
  assert.equal(await model('a.py', `${python}client.responses.create(model=name, input="x")`), undefined);
  const node = "import OpenAI from 'openai';\nconst client = new OpenAI();\n";
  assert.equal(await model('a.ts', `${node}await client.responses.create({ model: 'gpt-5', input: 'x' });`), 'gpt-5');
  const chain = 'from langchain_openai import ChatOpenAI\nllm = ChatOpenAI(model="gpt-4o")\nllm.invoke("x")';
  assert.equal(await model('a.py', chain), 'gpt-4o');
});
