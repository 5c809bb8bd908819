/** A user's walk through the sample workspace, with mouse and keyboard. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { root } from '../../scripts/setup.mjs';
import { apply } from '../../src/core/edit.ts';
import { fixAll } from '../../src/core/fixAll.ts';
import { defaultSettings } from '../../src/core/settings.ts';
import { inEnglish } from '../../src/core/words.ts';
import type { Analysis } from '../../src/session/session.ts';
import { analyze, diskHost, preferred, startSession } from '../engine.ts';
import { launch, type VSCode } from './vscode.ts';
import { Workbench, walkOf } from './workbench.ts';

const sample = join(root, 'test/sample');
let code: VSCode;
let workbench: Workbench;
const walk = walkOf(() => workbench);

before(async () => {
  code = await launch({ copy: sample, files: { 'draft.py': 'from openai import OpenAI\n\nclient = OpenAI()\n' } });
  workbench = await Workbench.open(code);
});
after(() => code?.close());

/** What the engine says of a file of the sample. */
async function engine(name: string): Promise<Analysis> {
  // Where the editor has it: the configuration of a formatter above the sample is none of the workspace's.
  const text = readFileSync(join(sample, name), 'utf8');
  return analyze(join(code.workspace, name), text, defaultSettings, startSession(diskHost));
}

walk('a squiggle stands under the call; Problems and status bar tell of it', async () => {
  const { message } = (await engine('loop.py')).findings[0]!;
  await workbench.openFile('loop.py');
  await workbench.squiggles('warning', 1);
  assert.ok((await workbench.problems('unprotected-call')).some((entry) => entry.startsWith(inEnglish(message))));
  await workbench.status('1 unprotected');
});

walk('the hover tells why here, how to detect and how to prevent', async () => {
  const text = await workbench.hover('completions', 'Prevent.');
  for (const words of ['A 429 ends this call', 'Why here.', 'Detect.', 'Prevent.', 'Retry with exponential backoff'])
    assert.ok(text.includes(words), `“${words}” is not in: ${text}`);
});

walk('a link in the hover repairs the call', async () => {
  const { text, findings, fixes } = await engine('loop.py');
  const repair = fixes(findings[0]!)[0]!;
  await workbench.hover('completions', 'Prevent.');
  await workbench.followInHover(inEnglish(repair.title));
  await workbench.squiggles('warning', 0);
  await workbench.clickOn('import json');
  await workbench.undo();
  await workbench.squiggles('warning', 1);
  await workbench.saves('loop.py', text);
});

walk('the light bulb lists the repairs first', async () => {
  const { findings, fixes } = await engine('loop.py');
  const repairs = fixes(findings[0]!).map(({ title }) => inEnglish(title));
  assert.ok(repairs.length >= 2);
  assert.deepEqual(await workbench.lightBulb('completions'), [
    ...repairs,
    'Retry through a shared helper in a new module…',
    'Ignore unprotected-call here',
    'Ignore unprotected-call in this file',
    'Change the severity of unprotected-call or disable it…',
    'Explain unprotected-call',
  ]);
});

for (const name of ['loop.py', 'loop.ts', 'fan_out.py', 'summarizer.py', 'route.ts']) {
  const path = name === 'route.ts' ? 'app/api/chat/route.ts' : name;

  walk(`each repair of ${name} is written as the engine says, and one undo takes it back`, async () => {
    const { text, findings, fixes } = await engine(path);
    const { severity, at } = findings[0]!;
    await workbench.openFile(name);
    await workbench.squiggles(severity === 'warning' ? 'warning' : 'info', 1);
    for (const { title, edits } of fixes(findings[0]!)) {
      const repaired = apply(text, edits);
      await workbench.lightBulb(text.slice(at.start, at.end));
      await workbench.choose(inEnglish(title));
      await workbench.saves(path, repaired);
      await workbench.undo();
      await workbench.saves(path, text);
    }
  });
}

walk('a command repairs all calls of the file', async () => {
  const { text } = await engine('loop.py');
  const { text: repaired } = await fixAll(text, async (now) => ({
    fixes: preferred(await analyze(join(code.workspace, 'loop.py'), now, defaultSettings, startSession(diskHost))),
  }));
  await workbench.openFile('loop.py');
  await workbench.squiggles('warning', 1);
  await workbench.command('Rate Limit Guide: Fix All Unprotected Calls in This File');
  await workbench.squiggles('warning', 0);
  await workbench.saves('loop.py', repaired);
  await workbench.status('1 protected');
  await workbench.undo();
  await workbench.squiggles('warning', 1);
  await workbench.saves('loop.py', text);
});

walk('a protected file has no squiggle, and the status bar says so', async () => {
  await workbench.openFile('protected.py');
  await workbench.status('1 protected');
  await workbench.squiggles('warning', 0);
  await workbench.squiggles('info', 0);
});

walk('“Ignore here” writes a comment that hides the finding', async () => {
  await workbench.openFile('loop.py');
  await workbench.lightBulb('completions');
  await workbench.choose('Ignore unprotected-call here');
  await workbench.squiggles('warning', 0);
  await workbench.shows('# rate-limit-guide: ignore[unprotected-call]');
  await workbench.undo();
  await workbench.squiggles('warning', 1);
});

walk('a squiggle follows the typing', async () => {
  await workbench.openFile('draft.py');
  await workbench.clickOn('client = OpenAI()');
  await workbench.type('\nanswer = client.responses.create(model="gpt-4o-mini", input="Hello")');
  await workbench.squiggles('info', 1);
  await workbench.undo();
  await workbench.squiggles('info', 0);
});

walk('settings are followed at once', async () => {
  await workbench.openFile('loop.py');
  code.settings({ 'rateLimitGuide.rules': { 'unprotected-call': 'error' } });
  await workbench.squiggles('error', 1);
  code.settings({ 'rateLimitGuide.enable': false });
  await workbench.squiggles('error', 0);
  code.settings({});
  await workbench.squiggles('warning', 1);
});

walk('“Explain” opens the rule’s page', async () => {
  await workbench.lightBulb('completions');
  await workbench.choose('Explain unprotected-call');
  await workbench.page.locator('.tab', { hasText: 'unprotected-call' }).waitFor();
  await workbench.page.locator('.tab', { hasText: 'unprotected-call' }).click();
  await workbench.command('View: Close Editor');
});

walk('the rule’s name beside the message opens its page, and so does the palette at the cursor', async () => {
  const page = workbench.page.locator('.tab', { hasText: 'unprotected-call' });
  const here = workbench.page.locator('.view-line', { hasText: /Line.8:/ }).first();
  await workbench.openFile('loop.py');
  await workbench.hover('completions', 'Prevent.');
  await workbench.followInHover('unprotected-call');
  await page.click();
  await here.waitFor();
  await workbench.command('View: Close Editor');
  await workbench.openFile('loop.py');
  await workbench.clickOn('completions');
  await workbench.command('Rate Limit Guide: Explain Rate Limits (HTTP 429)');
  await page.click();
  await here.waitFor();
  await workbench.command('View: Close Editor');
});

walk('disabling the rule writes the workspace’s settings and takes the squiggles away', async () => {
  await workbench.openFile('loop.py');
  await workbench.lightBulb('completions');
  await workbench.choose('Change the severity of unprotected-call or disable it…');
  await workbench.pickEntry('off');
  await workbench.squiggles('warning', 0);
  const settings = JSON.parse(readFileSync(join(code.workspace, '.vscode/settings.json'), 'utf8'));
  assert.deepEqual(settings, { 'rateLimitGuide.rules': { 'unprotected-call': 'off' } });
});
