/** The language server, spoken to as any editor would. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CodeAction, Diagnostic, Hover, TextDocumentEdit } from 'vscode-languageserver/node';
import { examples } from '../../src/rules/blocking-sleep.examples.ts';
import { project, python, typescript } from './cli.ts';
import { applied, type Client, modern, startClient } from './editor-client.ts';

const twice = `${python}    s = client.chat.completions.create(model="m", messages=[])\n`;

async function actionsAt(client: Client, name: string, line: number, only?: readonly string[]): Promise<CodeAction[]> {
  // Within the call, in either program.
  const at = { line, character: 30 };
  return (await client.connection.sendRequest('textDocument/codeAction', {
    textDocument: { uri: client.uri(name) },
    range: { start: at, end: at },
    context: { diagnostics: [], ...(only && { only }) },
  })) as CodeAction[];
}

function documentEdits({ edit }: CodeAction): readonly TextDocumentEdit[] {
  return (edit?.documentChanges ?? []).filter((one): one is TextDocumentEdit => 'textDocument' in one);
}

test('a document is analysed when it opens, while it is typed in, and no longer when it is closed', async (context) => {
  const at = project(context, { 'a.py': python });
  const client = await startClient(context, at);
  client.open('a.py', python, 'python');
  const [first, ...others] = await client.diagnostics('a.py');
  assert.deepEqual(others, []);
  assert.deepEqual(first?.range, { start: { line: 5, character: 8 }, end: { line: 5, character: 38 } });
  assert.deepEqual([first?.code, first?.source, first?.severity], ['unprotected-call', 'rate-limit-guide', 2]);

  client.change('a.py', 'OpenAI(max_retries=14)', { line: 2, from: 9, to: 17 });
  assert.deepEqual(await client.diagnostics('a.py'), []);
  client.change('a.py', python);
  assert.equal((await client.diagnostics('a.py')).length, 1);
  client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: client.uri('a.py') } });
  await client.diagnostics('a.py', (all) => all.length === 0);
  assert.equal(await client.end(), 0);
});

test('code actions repair, in the order of the light bulb', async (context) => {
  const at = project(context, { 'a.py': twice });
  const client = await startClient(context, at);
  client.open('a.py', twice, 'python');
  await client.diagnostics('a.py');
  const actions = await actionsAt(client, 'a.py', 5);
  assert.equal(actions[0]?.isPreferred, true);
  assert.equal(actions[0]?.kind, 'quickfix');
  assert.deepEqual(
    actions.slice(-3).map(({ title }) => title),
    [
      'Fix all findings of unprotected-call in this file',
      'Ignore unprotected-call here',
      'Ignore unprotected-call in this file',
    ],
  );
  const [change] = documentEdits(actions[0]!);
  assert.equal(change?.textDocument.version, 1);
  const repaired = applied(twice, change!.edits as never);
  assert.match(repaired, /except \(RateLimitError, /);
  client.change('a.py', repaired);
  assert.equal((await client.diagnostics('a.py')).length, 1);
  assert.deepEqual(await actionsAt(client, 'a.py', 5, ['refactor']), []);
  await client.end();
});

test('on saving, the repairs that keep what the code does are one action', async (context) => {
  const [{ bad, good }] = examples;
  const at = project(context, { 'a.py': bad, 'b.py': python });
  const client = await startClient(context, at);
  client.open('a.py', bad, 'python');
  client.open('b.py', python, 'python');
  await Promise.all(['a.py', 'b.py'].map((name) => client.diagnostics(name)));
  for (const only of ['source.fixAll.rateLimitGuide', 'source.fixAll']) {
    const [action, ...others] = await actionsAt(client, 'a.py', 0, [only]);
    assert.deepEqual(others, []);
    assert.equal(action?.kind, 'source.fixAll.rateLimitGuide');
    assert.equal(applied(bad, documentEdits(action!)[0]!.edits as never), good);
    assert.deepEqual(await actionsAt(client, 'b.py', 0, [only]), []);
  }
  assert.deepEqual(await actionsAt(client, 'a.py', 0, ['source.fixAll.eslint', 'source.organizeImports']), []);
  await client.end();
});

test('the command repairs all findings of a file at once, as a change that the editor makes', async (context) => {
  const at = project(context, { 'a.py': twice });
  const client = await startClient(context, at);
  client.open('a.py', twice, 'python');
  await client.diagnostics('a.py');
  const all = (await actionsAt(client, 'a.py', 5)).find(({ command }) => command);
  await client.connection.sendRequest('workspace/executeCommand', all!.command);
  const [change] = client.applied[0]!.edit.documentChanges as TextDocumentEdit[];
  client.change('a.py', applied(twice, change!.edits as never));
  assert.deepEqual(await client.diagnostics('a.py'), []);
  await client.end();
});

test('a helper may go to a new module: one change over two files', async (context) => {
  const at = project(context, { 'a.ts': typescript, 'package.json': '{ "name": "x" }' });
  const client = await startClient(context, at);
  client.open('a.ts', typescript, 'typescript');
  await client.diagnostics('a.ts');
  const actions = await actionsAt(client, 'a.ts', 2);
  const action = actions.find(({ title }) => title === 'Retry through a shared helper in retry.ts');
  const [creation, ...changes] = action?.edit?.documentChanges ?? [];
  assert.deepEqual(creation, { kind: 'create', uri: client.uri('retry.ts') });
  const [helper, own] = changes as TextDocumentEdit[];
  assert.match((helper!.edits[0] as { newText: string }).newText, /export async function/);
  assert.match(applied(typescript, own!.edits as never), /import \{ \w+ \} from '\.\/retry/);

  const plain = await startClient(context, at, { capabilities: {} });
  plain.open('a.ts', typescript, 'typescript');
  await plain.diagnostics('a.ts');
  const simple = await actionsAt(plain, 'a.ts', 2);
  assert.ok(simple.every(({ title }) => !title.includes('retry.ts')));
  assert.ok(simple[0]?.edit?.changes?.[plain.uri('a.ts')]);
  await plain.end();
  await client.end();
});

test('the hover tells why, how to detect and how to prevent', async (context) => {
  const at = project(context, { 'a.py': python });
  const client = await startClient(context, at);
  client.open('a.py', python, 'python');
  await client.diagnostics('a.py');
  const ask = (line: number) =>
    client.connection.sendRequest('textDocument/hover', {
      textDocument: { uri: client.uri('a.py') },
      position: { line, character: 30 },
    }) as Promise<Hover | null>;
  const { value } = (await ask(5))!.contents as { value: string };
  for (const part of ['**Why here.** ', '**Detect.** ', '**Prevent.** ', '**Seen.** ']) assert.ok(value.includes(part));
  // Nothing can be run from the hovers of other editors.
  assert.doesNotMatch(value, /command:|\(undefined\)/);
  assert.equal(await ask(0), null);
  await client.end();
});

test('what other files say counts, and a change of theirs is seen', async (context) => {
  const called = `from sending import call\nfrom openai import OpenAI\n\nclient = OpenAI()\n\n\ndef ask():\n    return client.chat.completions.create(model="m", messages=[])\n\n\ncall(ask)\n`;
  const helper = `import time\nfrom openai import RateLimitError\n\n\ndef call(send):\n    for n in range(6):\n        try:\n            return send()\n        except RateLimitError:\n            if n == 5:\n                raise\n            time.sleep(2**n)\n`;
  const at = project(context, { 'a.py': called, 'sending.py': helper, 'pyproject.toml': '' });
  const client = await startClient(context, at);
  client.open('a.py', called, 'python');
  const isUnprotected = ({ code }: Diagnostic) => code === 'unprotected-call';
  await client.diagnostics('a.py', (all) => !all.some(isUnprotected));
  at.write('sending.py', 'def call(send):\n    return send()\n');
  client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: client.uri('sending.py'), type: 2 }],
  });
  await client.diagnostics('a.py', (all) => all.some(isUnprotected));
  await client.end();
});

test('settings come from the editor, and .rate-limit-guide.json goes before them', async (context) => {
  const at = project(context, {
    'a.py': python,
    'sub/b.py': python,
    'sub/.rate-limit-guide.json': '{ "rules": { "unprotected-call": "hint", "nonsense": "hint" } }',
  });
  const client = await startClient(context, at, { settings: { rules: { 'unprotected-call': 'error' } } });
  client.open('a.py', python, 'python');
  client.open('sub/b.py', python, 'python');
  assert.equal((await client.diagnostics('a.py'))[0]?.severity, 1);
  assert.equal((await client.diagnostics('sub/b.py'))[0]?.severity, 4);
  assert.equal(client.messages.length, 1);
  assert.match(client.messages[0]!, /sub\/\.rate-limit-guide\.json: “rules\.nonsense”: there is no such rule/);

  const excluded = await startClient(context, at, {
    capabilities: { workspace: { ...modern.workspace, configuration: false } },
    initializationOptions: { exclude: ['a.py'] },
  });
  excluded.open('a.py', python, 'python');
  assert.deepEqual(await excluded.diagnostics('a.py'), []);
  excluded.connection.sendNotification('workspace/didChangeConfiguration', { settings: { rateLimitGuide: {} } });
  await excluded.diagnostics('a.py', (all) => all.length === 1);
  await excluded.end();
  await client.end();
});

test('documents of other languages and odd addresses are left alone', async (context) => {
  const at = project(context, {});
  const client = await startClient(context, at);
  client.open('notes.md', python, 'markdown');
  client.connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri: 'untitled:Untitled-1', languageId: 'python', version: 1, text: python },
  });
  client.connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri: 'file://otherhost/a%zz.py', languageId: 'python', version: 1, text: python },
  });
  const found = await new Promise<string[]>((resolve) => {
    const seen: string[] = [];
    client.connection.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }) => {
      if (diagnostics.length > 0 && !seen.includes(uri)) seen.push(uri);
      if (seen.length === 2) resolve(seen.sort());
    });
  });
  assert.deepEqual(found, ['file://otherhost/a%zz.py', 'untitled:Untitled-1']);
  assert.deepEqual(await actionsAt(client, 'notes.md', 5), []);
  assert.equal(await client.end(), 0);
});

test('the server ends when the editor has gone', async (context) => {
  const at = project(context, {});
  const { code, stderr } = await at.pipe('', 'lsp', '--stdio', '--clientProcessId=1');
  assert.equal(code, 1);
  assert.equal(stderr, '');
});
