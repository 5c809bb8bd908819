/** Files that depend on each other: an edit in one updates the warnings of the others that are open. */
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { test } from './suite.ts';

const folder = join(vscode.workspace.workspaceFolders![0]!.uri.fsPath, 'shop');
const helper = 'from openai import OpenAI\n\nclient = OpenAI()\n';
const caller =
  'from helper import client\n\n\ndef ask(text):\n    return client.responses.create(model="m", input=text)\n';

test('editing a helper updates the warnings of the open file that uses it', async () => {
  mkdirSync(folder);
  try {
    writeFileSync(join(folder, 'helper.py'), helper);
    writeFileSync(join(folder, 'ask.py'), caller);
    const ask = await show('ask.py');
    await messages(ask, /retries 2 times/);

    const edited = await show('helper.py', vscode.ViewColumn.Beside);
    const change = new vscode.WorkspaceEdit();
    change.insert(edited.uri, edited.positionAt(helper.indexOf('()') + 1), 'max_retries=0');
    await vscode.workspace.applyEdit(change);
    await messages(ask, /`max_retries` is 0/);

    await vscode.commands.executeCommand('undo');
    await messages(ask, /retries 2 times/);

    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    writeFileSync(join(folder, 'helper.py'), helper.replace('()', '(max_retries=14)'));
    await messages(ask, undefined);
  } finally {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    rmSync(folder, { recursive: true, force: true });
  }
});

async function show(name: string, column = vscode.ViewColumn.Active): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(join(folder, name));
  await vscode.window.showTextDocument(document, column);
  return document;
}

/** Waits until the document's only finding reads so, or until there is none. */
async function messages(document: vscode.TextDocument, wanted: RegExp | undefined): Promise<void> {
  const read = () => vscode.languages.getDiagnostics(document.uri).map(({ message }) => message);
  const fits = (found: readonly string[]) =>
    wanted ? found.length === 1 && wanted.test(found[0]!) : found.length === 0;
  for (const end = Date.now() + 10_000; Date.now() < end; await new Promise((next) => setTimeout(next, 50))) {
    if (fits(read())) return;
  }
  assert.fail(`${JSON.stringify(read())} is not ${wanted ?? 'empty'}`);
}
