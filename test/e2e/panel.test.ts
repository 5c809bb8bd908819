/** The guide panel in a real VS Code: opened from a call, with the simulator and the repair. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { FrameLocator } from 'playwright-core';
import { root } from '../../scripts/setup.mjs';
import { launch, type VSCode } from './vscode.ts';
import { Workbench } from './workbench.ts';

let code: VSCode;
let workbench: Workbench;
let page: FrameLocator;

before(async () => {
  code = await launch({ copy: join(root, 'test/sample'), window: { width: 1500, height: 900, scale: 1 } });
  workbench = await Workbench.open(code);
  page = code.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
});
after(() => code?.close());

test('the command opens the guide for the call at the cursor', { timeout: 90_000 }, async () => {
  await workbench.openFile('loop.py');
  await workbench.squiggles('warning', 1);
  await workbench.clickOn('completions');
  await workbench.command('Rate Limit Guide: Open Guide');
  await page.getByRole('heading', { name: 'unprotected-call', level: 1 }).waitFor();
  const here = page.getByRole('region', { name: 'This call' });
  assert.match(await here.innerText(), /loop\.py, line \d+/);
  assert.match(await here.innerText(), /A 429 ends this call/);
});

test('the contents list is searched, and its links lead to the sections', async () => {
  const search = page.getByRole('searchbox', { name: 'Search the guide' });
  await search.fill('token bucket');
  await page.getByRole('status').filter({ hasText: /found/ }).waitFor();
  await search.fill('');
  assert.ok((await page.getByRole('navigation').getByRole('listitem').count()) >= 10);
  await page.getByRole('button', { name: 'swallowed-rate-limit' }).click();
  await page.getByRole('heading', { name: 'swallowed-rate-limit', level: 1 }).waitFor();
  await page.getByRole('button', { name: 'unprotected-call' }).click();
  await page.getByRole('heading', { name: 'unprotected-call', level: 1 }).waitFor();
});

test('the simulator starts with the call’s loop, and its sliders change the run', async () => {
  const simulator = page.getByRole('region', { name: 'Simulator' });
  const figures = () => simulator.getByRole('img').getAttribute('aria-label');
  const atFirst = await figures();
  const limit = simulator.getByLabel('Limit: thousand tokens a minute');
  await limit.focus();
  await limit.press('Home');
  await simulator.getByLabel('Requests', { exact: true }).press('End');
  const after = await figures();
  assert.notEqual(after, atFirst);
  assert.match(after ?? '', /of 2000 completed/);
  await simulator.getByLabel('Policy').selectOption('backoff');
  assert.equal(await simulator.locator('tr[aria-current] th').innerText(), 'Backoff');
});

test('the light bulb’s “Explain” shows the call in the guide that is open', { timeout: 90_000 }, async () => {
  await page.getByRole('button', { name: 'swallowed-rate-limit' }).click();
  await page.getByRole('heading', { name: 'swallowed-rate-limit', level: 1 }).waitFor();
  await workbench.lightBulb('completions');
  await workbench.choose('Explain unprotected-call');
  await page.getByRole('heading', { name: 'unprotected-call', level: 1 }).waitFor();
  await page.getByRole('button', { name: /^loop\.py, line/ }).waitFor();
  assert.equal(await code.page.locator('.tab', { hasText: 'Guide:' }).count(), 1);
});

test('the repair is applied to the file, and the page says that the finding is gone', { timeout: 60_000 }, async () => {
  const apply = page.getByRole('button', { name: /^Apply: Retry with exponential backoff/ }).first();
  assert.match(await page.getByRole('region', { name: 'Broken and fixed' }).innerText(), /retry_delay/);
  await apply.click();
  await workbench.squiggles('warning', 0);
  await page.getByText('No such finding stands there any more.').waitFor();
});
