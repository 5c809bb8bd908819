/** The extension in VS Code for the Web: a worker of the page instead of Node, a virtual workspace instead of a disk. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before } from 'node:test';
import type { FrameLocator } from 'playwright-core';
import { root } from '../../scripts/setup.mjs';
import { apply } from '../../src/core/edit.ts';
import { inEnglish } from '../../src/core/words.ts';
import { analyze } from '../engine.ts';
import { launchInBrowser, type VSCode } from './vscode.ts';
import { Workbench, walkOf } from './workbench.ts';

const text = readFileSync(join(root, 'test/sample/loop.py'), 'utf8');

let code: VSCode;
let workbench: Workbench;
let guide: FrameLocator;
const walk = walkOf(() => workbench);

before(async () => {
  code = await launchInBrowser({ copy: join(root, 'test/sample') });
  workbench = await Workbench.open(code);
  guide = code.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
});
after(() => code?.close());

walk('in a browser a squiggle stands under the call; Problems and status bar tell of it', async () => {
  const { findings } = await analyze('loop.py', text);
  await workbench.openFromExplorer('loop.py');
  await workbench.squiggles('warning', 1);
  assert.ok(
    (await workbench.problems('unprotected-call')).some((entry) => entry.startsWith(inEnglish(findings[0]!.message))),
  );
  await workbench.status('1 unprotected');
});

walk('in a browser the hover tells why, and the light bulb’s repair is written as elsewhere', async () => {
  const { findings, fixes } = await analyze('loop.py', text);
  const [repair] = fixes(findings[0]!);
  await workbench.hover('completions', 'Prevent.');
  assert.equal((await workbench.lightBulb('completions'))[0], inEnglish(repair!.title));
  await workbench.chooseFirst();
  await workbench.squiggles('warning', 0);
  await workbench.status('1 protected');
  await workbench.saves('loop.py', apply(text, repair!.edits));
  await workbench.undo();
  await workbench.squiggles('warning', 1);
  await workbench.saves('loop.py', text);
});

walk('in a browser TypeScript is read, too', async () => {
  await workbench.openFromExplorer('loop.ts');
  await workbench.squiggles('warning', 1);
});

walk('in a browser the guide shows the call, its simulator plays, and its repair is applied', async () => {
  await workbench.openFromExplorer('loop.py');
  await workbench.clickOn('completions');
  await workbench.command('Rate Limit Guide: Open Guide');
  await guide.getByRole('heading', { name: 'unprotected-call', level: 1 }).waitFor();
  const simulator = guide.getByRole('region', { name: 'Simulator' });
  await simulator.getByRole('combobox', { name: 'Policy' }).selectOption('backoff');
  await simulator.locator('tr[aria-current] th', { hasText: /^Backoff$/ }).waitFor();
  await guide
    .getByRole('button', { name: /^Apply: Retry with exponential backoff/ })
    .first()
    .click();
  await guide.getByText('is no finding any more').waitFor();
});

walk('in a browser the limits meter says that it can’t measure', async () => {
  await workbench.command('Rate Limit Guide: Measure My Account’s Limits…');
  await workbench.notification('A browser hides the headers that tell limits.').waitFor();
});
