/** The tools for chat agents, called as an agent calls them. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { test } from './suite.ts';

const source = `from openai import OpenAI

client = OpenAI()

for question in ["a", "b"]:
    client.responses.create(model="gpt-5", input=question)
`;

test('tools: an agent finds the three of them, described', async () => {
  const own = vscode.lm.tools.filter(({ name }) => name.startsWith('rateLimitGuide_'));
  assert.deepEqual(own.map(({ name }) => name).sort(), [
    'rateLimitGuide_explain',
    'rateLimitGuide_findings',
    'rateLimitGuide_repair',
  ]);
  for (const { description, inputSchema } of own) assert.ok(description.length > 100 && inputSchema);
});

test('tools: findings of a file, one explained, and its repair as edits that make the finding go', async () => {
  await withFile(async (path, document) => {
    const { findings } = JSON.parse(await ask('findings', { path }));
    assert.equal(findings.length, 1);
    const [{ rule, range, fixes }] = findings;
    assert.deepEqual([rule, range.start, fixes[0]], ['unprotected-call', { line: 6, column: 5 }, 'backoff']);

    const page = await ask('explain', { path, line: range.start.line });
    assert.match(page, /^# unprotected-call[\s\S]*## Here[\s\S]*A 429 ends this call/);

    const { edits, repair, offered } = JSON.parse(await ask('repair', { path, line: range.start.line }));
    assert.equal(repair, 'backoff');
    assert.ok(offered.some(({ name }: { name: string }) => name === 'sdk-retries'));
    const change = new vscode.WorkspaceEdit();
    for (const edit of edits) change.replace(document.uri, rangeOf(edit.range), edit.newText);
    await vscode.workspace.applyEdit(change);
    assert.match(document.getText(), /retry_delay/);
    assert.deepEqual(JSON.parse(await ask('findings', { path })).findings, []);
  });
});

test('tools: another repair by its name, and a true reason where there is none of that name', async () => {
  await withFile(async (path) => {
    const raised = JSON.parse(await ask('repair', { path, line: 6, repair: 'sdk-retries' }));
    assert.match(raised.edits[0].newText, /max_retries=14/);
    const none = JSON.parse(await ask('repair', { path, line: 6, repair: 'no-such' }));
    assert.equal(none.edits, undefined);
    assert.ok(none.offered.length > 0);
  });
});

test('tools: the whole workspace, a rule alone, and what is not there', async () => {
  const { files, findings } = JSON.parse(await ask('findings', {}));
  assert.ok(files > 5 && findings.length > 20);
  assert.match(await ask('explain', { rule: 'dropped-request' }), /^# dropped-request/);
  await assert.rejects(ask('explain', { rule: 'nothing' }), /There is no rule/);
  await withFile((path) => assert.rejects(ask('repair', { path, line: 1 }), /There are: line 6/));
});

async function ask(tool: string, input: object): Promise<string> {
  const { content } = await vscode.lm.invokeTool(`rateLimitGuide_${tool}`, { input, toolInvocationToken: undefined });
  return content.map((part) => (part as vscode.LanguageModelTextPart).value).join('');
}

function rangeOf({ start, end }: Record<'start' | 'end', { line: number; column: number }>): vscode.Range {
  return new vscode.Range(start.line - 1, start.column - 1, end.line - 1, end.column - 1);
}

async function withFile(body: (path: string, document: vscode.TextDocument) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'rate-limit-guide-'));
  const path = join(folder, 'ask.py');
  writeFileSync(path, source);
  try {
    const document = await vscode.workspace.openTextDocument(path);
    await vscode.window.showTextDocument(document);
    await body(path, document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
