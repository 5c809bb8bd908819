/** A notebook as its user sees it: squiggle and hover in the cell, a repair that goes into the cells where it belongs, and its undoing. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { launch, type VSCode } from './vscode.ts';
import { Workbench, walkOf } from './workbench.ts';

const cells = [
  'from openai import OpenAI\n\nclient = OpenAI()',
  '%%time\nfor question in ["a", "b"]:\n    r = client.chat.completions.create(model="m", messages=[])',
  'print(r)',
];

let code: VSCode;
let workbench: Workbench;
const walk = walkOf(() => workbench);

before(async () => {
  const notebook = {
    cells: cells.map((source) => ({ cell_type: 'code', metadata: {}, outputs: [], execution_count: null, source })),
    metadata: { language_info: { name: 'python' } },
    nbformat: 4,
    nbformat_minor: 4,
  };
  code = await launch({
    files: { 'ask.ipynb': JSON.stringify(notebook) },
    // Cells out of sight are not drawn.
    window: { width: 1280, height: 2400, scale: 1 },
  });
  workbench = await Workbench.open(code);
});
after(() => code?.close());

/** The squiggles of each cell, from top to bottom. */
async function squiggles(): Promise<readonly number[]> {
  const editors = await code.page.locator('.cell-editor-container .monaco-editor').all();
  return Promise.all(editors.map((editor) => editor.locator('.squiggly-warning').count()));
}

async function squigglesBecome(wanted: readonly number[]): Promise<void> {
  for (const end = Date.now() + 20_000; Date.now() < end; await code.page.waitForTimeout(100))
    if (JSON.stringify(await squiggles()) === JSON.stringify(wanted)) return;
  assert.deepEqual(await squiggles(), wanted);
}

function written(): readonly string[] {
  const { cells: stored } = JSON.parse(readFileSync(join(code.workspace, 'ask.ipynb'), 'utf8'));
  return stored.map(({ source }: { source: string | readonly string[] }) => [source].flat().join(''));
}

async function saves(wanted: (texts: readonly string[]) => boolean): Promise<readonly string[]> {
  await code.page.keyboard.press('ControlOrMeta+S');
  for (const end = Date.now() + 10_000; Date.now() < end && !wanted(written()); ) await code.page.waitForTimeout(50);
  return written();
}

walk('the squiggle stands in the cell of the call, and its hover tells why', async () => {
  await workbench.openNotebook('ask.ipynb');
  await squigglesBecome([0, 1, 0]);
  const text = await workbench.hover('completions', 'Prevent.');
  assert.match(text, /A 429 ends this call/);
});

walk('the light bulb’s repair goes into both cells, and undoing takes it out of both', async () => {
  await workbench.lightBulb('completions');
  await workbench.choose('Retry with exponential backoff');
  await squigglesBecome([0, 0, 0]);
  const [imports, loop, print] = await saves(([first]) => first !== cells[0]);
  assert.match(imports!, /^import random\n.*RateLimitError.*def retry_delay.*\n\n\nclient = OpenAI\(\)$/s);
  assert.match(loop!, /^%%time\nfor question.*except .*RateLimitError.* as error:/s);
  assert.equal(print, cells[2]);
  await workbench.undo();
  await squigglesBecome([0, 1, 0]);
  assert.deepEqual(await saves(([first]) => first === cells[0]), cells);
});
