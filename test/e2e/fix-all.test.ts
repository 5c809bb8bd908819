/** Repairs of many findings at once, in a file and in the whole workspace, and one that brings a new file along. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { fixAll } from '../../src/core/fixAll.ts';
import { examples } from '../../src/rules/blocking-sleep.examples.ts';
import { analyze, preferred } from '../engine.ts';
import { launch, type VSCode } from './vscode.ts';
import { Workbench, walkOf } from './workbench.ts';

const [blocking] = examples;
const unprotected = `

async def ask(question: str) -> None:
    await AsyncOpenAI(max_retries=0).responses.create(model="gpt-4o-mini", input=question)
`;

const files = {
  'wait.py': `${blocking.bad}${unprotected}`,
  'pair.py': `from openai import OpenAI

client = OpenAI()


def ask(question):
    return client.responses.create(model="gpt-5", input=question).output_text


def embed(texts):
    # One request for all of them.
    return client.embeddings.create(model="text-embedding-3-small", input=texts)
`,
  'src/chat.ts': `import OpenAI from 'openai';

const client = new OpenAI();

export async function ask(question: string): Promise<string> {
  const response = await client.responses.create({ model: 'gpt-5', input: question });
  return response.output_text;
}
`,
  'draft.ts': `import OpenAI from 'openai';

export const answer = await new OpenAI().responses.create({ model: 'gpt-5', input: 'Hello' });
`,
  'src/note.ts': "export const note = 'nothing to repair';\n",
};

const settings = { 'editor.codeActionsOnSave': { 'source.fixAll.rateLimitGuide': 'explicit' } };

let code: VSCode;
let workbench: Workbench;
const walk = walkOf(() => workbench);

before(async () => {
  code = await launch({ files, settings });
  workbench = await Workbench.open(code);
});
after(() => code?.close());

async function repaired(path: keyof typeof files): Promise<string> {
  const { text } = await fixAll(files[path], async (now) => ({ fixes: preferred(await analyze(path, now)) }));
  return text;
}

walk('the light bulb repairs all calls of the file, and one undo takes that back', async () => {
  await workbench.openFile('pair.py');
  await workbench.squiggles('info', 2);
  await workbench.lightBulb('responses');
  await workbench.choose('Fix all unprotected calls in this file');
  await workbench.squiggles('info', 0);
  await workbench.saves('pair.py', await repaired('pair.py'));
  await workbench.clickOn('import random');
  await workbench.undo();
  await workbench.squiggles('info', 2);
  await workbench.saves('pair.py', files['pair.py']);
});

walk('a preview shows what would be repaired, and nothing is written when it is discarded', async () => {
  await workbench.openFile('pair.py');
  await workbench.command('Rate Limit Guide: Preview Fixes for All Unprotected Calls in This File');
  await workbench.refactorPreview('pair.py');
  await workbench.discardRefactoring();
  await workbench.squiggles('info', 2);
});

walk('the helper is written to a new module of the user’s naming', async () => {
  await workbench.openFile('draft.ts');
  await workbench.squiggles('info', 1);
  await workbench.lightBulb('responses');
  await workbench.choose('Retry through a shared helper in a new module…');
  await workbench.acceptProposal();
  await workbench.squiggles('info', 0);
  await workbench.shows("import { withBackoff } from './retry';");
  assert.match(readFileSync(join(code.workspace, 'retry.ts'), 'utf8'), /^export async function withBackoff/m);
});

walk('saving makes the repairs that keep what the code does, where the user wants that, and no others', async () => {
  await workbench.openFile('wait.py');
  await workbench.squiggles('warning', 1);
  await workbench.saves('wait.py', `${blocking.good}${unprotected}`);
});

walk('the whole workspace is repaired after a preview', async () => {
  await workbench.command('Rate Limit Guide: Fix All Unprotected Calls in the Workspace');
  for (const name of ['pair.py', 'chat.ts']) await workbench.refactorPreview(name);
  await workbench.applyRefactoring();
  for (const path of ['pair.py', 'src/chat.ts'] as const) await workbench.onDisk(path, await repaired(path));
  await workbench.onDisk('src/note.ts', files['src/note.ts']);
});
