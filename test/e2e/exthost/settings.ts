/** Settings of wrong types: the analysis goes on as if they were not set. */
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { test } from './suite.ts';

const folder = vscode.workspace.workspaceFolders![0]!.uri.fsPath;
const wrong = {
  run: 7,
  preset: [],
  rules: ['off'],
  exclude: { a: true },
  tests: 'no',
  'retry.maxAttempts': -1,
  'retry.baseSeconds': 'long',
  'throttle.concurrency': null,
  'scan.enable': 'yes',
  'scan.maxFiles': 'many',
};

test('settings of wrong types count as not set', async () => {
  const path = join(folder, 'wrong-settings.py');
  writeFileSync(
    path,
    'from openai import OpenAI\n\nfor q in "ab":\n    OpenAI().responses.create(model="m", input=q)\n',
  );
  mkdirSync(join(folder, '.vscode'), { recursive: true });
  const settings = Object.fromEntries(Object.entries(wrong).map(([key, value]) => [`rateLimitGuide.${key}`, value]));
  try {
    const changed = new Promise((resolve) => vscode.workspace.onDidChangeConfiguration(resolve));
    writeFileSync(join(folder, '.vscode/settings.json'), JSON.stringify(settings));
    await changed;
    const document = await vscode.workspace.openTextDocument(path);
    await vscode.window.showTextDocument(document);
    const ours = () =>
      vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'rate-limit-guide');
    for (const end = Date.now() + 15_000; Date.now() < end && ours().length === 0; )
      await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(ours().length, 1);
    await vscode.commands.executeCommand('rateLimitGuide.fixFile', document.uri);
    assert.match(document.getText(), /retry_delay/);
    const found = await vscode.lm.invokeTool('rateLimitGuide_findings', { input: {}, toolInvocationToken: undefined });
    const { files } = JSON.parse((found.content[0] as vscode.LanguageModelTextPart).value);
    assert.ok(files > 5, 'the workspace’s files are found');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  } finally {
    const restored = new Promise((resolve) => vscode.workspace.onDidChangeConfiguration(resolve));
    rmSync(join(folder, '.vscode/settings.json'));
    await restored;
    rmSync(path);
  }
});
