/** A notebook in the editor: its cells are one program, each shows its own findings, and a repair edits the cells it belongs to. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { test } from './suite.ts';

const sources = [
  '# A notebook\n\nfrom openai import OpenAI',
  'from openai import OpenAI\n\nclient = OpenAI()',
  '%%time\nfor question in ["a", "b"]:\n    r = client.chat.completions.create(model="m", messages=[])',
  'client.embeddings.create(model="m", input="x")',
];
const found = [[], [], ['3:9 unprotected-call'], ['1:1 unprotected-call']];

test('notebook: each cell shows its findings, also after another cell has changed', async () => {
  await withNotebook(async (notebook) => {
    await shows(notebook, found);
    await change(notebook, 1, 'OpenAI()', 'OpenAI(max_retries=14)');
    await shows(notebook, [[], [], [], []]);
    await change(notebook, 1, 'OpenAI(max_retries=14)', 'OpenAI()');
    await shows(notebook, found);
  });
});

test('notebook: findings follow cells that come and go', async () => {
  await withNotebook(async (notebook) => {
    await shows(notebook, found);
    const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, 'x = 1', 'python');
    await edit(notebook, vscode.NotebookEdit.insertCells(2, [cell]));
    await shows(notebook, [[], [], [], ['3:9 unprotected-call'], ['1:1 unprotected-call']]);
    await edit(notebook, vscode.NotebookEdit.deleteCells(new vscode.NotebookRange(3, 4)));
    await shows(notebook, [[], [], [], ['1:1 unprotected-call']]);
  });
});

test('notebook: the light bulb’s repair goes into the cells where it belongs', async () => {
  await withNotebook(async (notebook) => {
    await shows(notebook, found);
    const { document } = notebook.cellAt(2);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      new vscode.Range(2, 10, 2, 10),
      vscode.CodeActionKind.QuickFix.value,
    );
    const [repair] = actions;
    assert.equal(repair?.isPreferred, true);
    assert.equal(repair.edit?.size, 2);
    await vscode.workspace.applyEdit(repair.edit);
    const [heading, imports, loop, last] = texts(notebook);
    assert.equal(heading, sources[0]);
    assert.match(imports!, /^import random\n.*RateLimitError.*def retry_delay.*\n\n\nclient = OpenAI\(\)$/s);
    assert.match(loop!, /^%%time\nfor question.*except .*RateLimitError.* as error:/s);
    assert.equal(last, sources[3]);
    await shows(notebook, [[], [], [], found[3]!]);
  });
});

test('notebook: all repairs in one step', async () => {
  await withNotebook(async (notebook) => {
    await shows(notebook, found);
    await vscode.commands.executeCommand('rateLimitGuide.fixFile', notebook.cellAt(3).document.uri);
    await shows(notebook, [[], [], [], []]);
    assert.match(texts(notebook)[2]!, /while True:/);
    assert.match(texts(notebook)[1]!, /def retry_delay/);
  });
});

test('notebook: the hover of a finding', async () => {
  await withNotebook(async (notebook) => {
    await shows(notebook, found);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      notebook.cellAt(2).document.uri,
      new vscode.Position(2, 12),
    );
    const words = hovers.flatMap(({ contents }) => contents.map((part) => (part as vscode.MarkdownString).value));
    assert.match(words.join('\n'), /\(command:rateLimitGuide\.applyFix\?/);
  });
});

async function withNotebook(body: (notebook: vscode.NotebookDocument) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'rate-limit-guide-'));
  const path = join(folder, 'a.ipynb');
  const cells = sources.map((source, index) => ({
    cell_type: index === 0 ? 'markdown' : 'code',
    metadata: {},
    ...(index > 0 && { outputs: [], execution_count: null }),
    source,
  }));
  const metadata = { language_info: { name: 'python' } };
  writeFileSync(path, JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 4 }));
  try {
    const notebook = await vscode.workspace.openNotebookDocument(vscode.Uri.file(path));
    await vscode.window.showNotebookDocument(notebook);
    await body(notebook);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Waits until each cell has the diagnostics wanted. */
async function shows(notebook: vscode.NotebookDocument, wanted: readonly (readonly string[])[]): Promise<void> {
  const read = () => notebook.getCells().map(({ document }) => placesIn(document));
  for (const end = Date.now() + 15_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 50)))
    if (JSON.stringify(read()) === JSON.stringify(wanted)) return;
  assert.deepEqual(read(), wanted);
}

function placesIn({ uri }: vscode.TextDocument): readonly string[] {
  const ours = vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'rate-limit-guide');
  return ours.map(({ range: { start }, code }) => {
    const rule = typeof code === 'object' ? code.value : code;
    return `${start.line + 1}:${start.character + 1} ${rule}`;
  });
}

function texts(notebook: vscode.NotebookDocument): readonly string[] {
  return notebook.getCells().map(({ document }) => document.getText());
}

async function change(notebook: vscode.NotebookDocument, cell: number, before: string, after: string): Promise<void> {
  const { document } = notebook.cellAt(cell);
  const start = document.getText().indexOf(before);
  const written = new vscode.WorkspaceEdit();
  const range = new vscode.Range(document.positionAt(start), document.positionAt(start + before.length));
  written.replace(document.uri, range, after);
  await vscode.workspace.applyEdit(written);
}

async function edit(notebook: vscode.NotebookDocument, change: vscode.NotebookEdit): Promise<void> {
  const written = new vscode.WorkspaceEdit();
  written.set(notebook.uri, [change]);
  await vscode.workspace.applyEdit(written);
}
