/** The guide panel in a real VS Code: opened from a call, with the simulator and the repair. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import axe, { type AxeResults } from 'axe-core';
import type { Frame, FrameLocator, Locator } from 'playwright-core';
import { root } from '../../scripts/setup.mjs';
import { launch, type VSCode } from './vscode.ts';
import { Workbench } from './workbench.ts';

/** Themes by the class that the page has in them. */
const themes = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  'high-contrast': 'Default High Contrast',
  'high-contrast-light': 'Default High Contrast Light',
};

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
  await entry('swallowed-rate-limit').click();
  await page.getByRole('heading', { name: 'swallowed-rate-limit', level: 1 }).waitFor();
  await entry('unprotected-call').click();
  await page.getByRole('heading', { name: 'unprotected-call', level: 1 }).waitFor();
});

test('the simulator starts with the call’s loop, and its sliders change the run', async () => {
  const simulator = page.getByRole('region', { name: 'Simulator' });
  await simulator.getByText('The SDK sends a 429 again 2 times.').waitFor();
  const limit = simulator.getByLabel('Limit: thousand tokens a minute');
  await limit.focus();
  await limit.press('Home');
  await simulator.getByLabel('Requests', { exact: true }).press('End');
  await simulator.getByRole('img', { name: /of 2000 completed/ }).waitFor();
  await simulator.getByRole('combobox', { name: 'Policy' }).selectOption('backoff');
  await simulator.locator('tr[aria-current] th', { hasText: /^Backoff$/ }).waitFor();
});

test('the light bulb’s “Explain” shows the call in the guide that is open', { timeout: 90_000 }, async () => {
  await entry('swallowed-rate-limit').click();
  await page.getByRole('heading', { name: 'swallowed-rate-limit', level: 1 }).waitFor();
  await workbench.lightBulb('completions');
  await workbench.choose('Explain unprotected-call');
  await page.getByRole('heading', { name: 'unprotected-call', level: 1 }).waitFor();
  await page.getByRole('button', { name: /^loop\.py, line/ }).waitFor();
  assert.equal(await code.page.locator('.tab', { hasText: 'Guide:' }).count(), 1);
});

test('after a reload the guide shows the call again, the simulator as it was left', { timeout: 90_000 }, async () => {
  const simulator = page.getByRole('region', { name: 'Simulator' });
  await simulator.getByRole('combobox', { name: 'Policy' }).selectOption('both');
  await workbench.reload();
  await page.getByRole('button', { name: /^loop\.py, line/ }).waitFor();
  assert.equal(await simulator.getByRole('combobox', { name: 'Policy' }).inputValue(), 'both');
  assert.equal(await code.page.locator('.tab', { hasText: 'Guide:' }).count(), 1);
});

test('the call is followed while lines come in above it', { timeout: 60_000 }, async () => {
  const place = () => page.getByRole('button', { name: /^loop\.py, line/ }).innerText();
  const before = Number(/\d+/.exec(await place())![0]);
  await workbench.clickOn('json');
  await workbench.type('\nimport os\nimport sys');
  await page.getByRole('button', { name: `loop.py, line ${before + 2}` }).waitFor();
  await workbench.saves(
    'loop.py',
    readFileSync(join(code.workspace, 'loop.py'), 'utf8').replace('json', 'json\nimport os\nimport sys'),
  );
});

test('the call is shown after a reload, too, when it has moved in the meantime', { timeout: 90_000 }, async () => {
  const path = join(code.workspace, 'loop.py');
  writeFileSync(path, readFileSync(path, 'utf8').replace('import os\nimport sys\n', ''));
  await workbench.reload();
  await page.getByText('this is the nearest one like it').waitFor();
  await page.getByRole('button', { name: /^loop\.py, line/ }).waitFor();
});

test('another rule has the focus at its title, and the place on the page is its beginning', async () => {
  await page.getByRole('navigation').getByText('Contents').click();
  const rule = entry('dropped-request');
  await rule.focus();
  await rule.press('Enter');
  const title = page.getByRole('heading', { name: 'dropped-request', level: 1 });
  await title.waitFor();
  assert.ok(await title.evaluate((one) => one === document.activeElement));
  assert.equal(await page.getByText('is no finding any more').count(), 0);
  await entry('unprotected-call').click();
  await page.getByRole('button', { name: /^loop\.py, line/ }).waitFor();
});

for (const [theme, name] of Object.entries(themes)) {
  for (const [width, zoom] of [
    [1500, 1],
    [700, 1],
    [1500, 2],
  ] as const) {
    test(`axe finds nothing to object to: ${theme}, ${width} pixels, zoom ${zoom}`, { timeout: 60_000 }, async () => {
      code.settings({ 'workbench.colorTheme': name });
      await code.page.setViewportSize({ width, height: 900 });
      await page.locator(`body.vscode-${theme}`).waitFor();
      await page.locator('html').evaluate((html, to) => html.style.setProperty('zoom', to), String(zoom));
      const found = await violations(await frame());
      await page.locator('html').evaluate((html) => html.style.removeProperty('zoom'));
      assert.deepEqual(found, []);
    });
  }
}

test('the repair is applied to the file, and the page says that the finding is gone', { timeout: 60_000 }, async () => {
  code.settings({});
  await code.page.setViewportSize({ width: 1500, height: 900 });
  const apply = page.getByRole('button', { name: /^Apply: Retry with exponential backoff/ }).first();
  assert.match(await page.getByRole('region', { name: 'Broken and fixed' }).innerText(), /retry_delay/);
  await apply.click();
  await workbench.squiggles('warning', 0);
  await page.getByText('is no finding any more').waitFor();
});

/** A rule in the contents list, which a narrow column folds. */
function entry(rule: string): Locator {
  return page.getByRole('navigation').getByRole('button', { name: rule });
}

async function frame(): Promise<Frame> {
  const inner = await code.page.locator('iframe.webview.ready').elementHandle();
  const outer = await inner!.contentFrame();
  const active = await outer!.waitForSelector('iframe#active-frame');
  return (await active.contentFrame())!;
}

/** What axe-core objects to, each with the elements. The page's policy holds for its own scripts, not for ours. */
async function violations(shown: Frame): Promise<readonly string[]> {
  await shown.evaluate(axe.source);
  const { violations: found } = await shown.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
  return found.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id} (${help}): ${html}`));
}
