/** The extension in an editor that speaks another language: commands, status, page. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { root } from '../../scripts/setup.mjs';
import { launch, type VSCode } from './vscode.ts';
import { Workbench, walkOf } from './workbench.ts';

let code: VSCode;
let workbench: Workbench;
const walk = walkOf(() => workbench);

before(async () => {
  code = await launch({ copy: join(root, 'test/sample'), window: { width: 1500, height: 900, scale: 1 } });
  // As a language pack does, which can't be had here; the editor's own words stay English.
  await code.page.addInitScript('globalThis._VSCODE_NLS_LANGUAGE = "de"');
  workbench = await Workbench.open(code);
});
after(() => code?.close());

walk('status item and commands speak German', async () => {
  await workbench.openFile('loop.py');
  await workbench.squiggles('warning', 1);
  await workbench.clickOn('completions');
  await workbench.status('1 ungeschützt');
  await workbench.command('Rate Limit Guide: Leitfaden öffnen');
});

walk('so does the guide, with values where they belong; code and rule ids stay as they are', async () => {
  const page = code.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  const call = page.getByRole('region', { name: 'Dieser Aufruf' });
  await call.getByRole('button', { name: 'loop.py, Zeile 12' }).waitFor();
  assert.equal(await page.locator('html').getAttribute('lang'), 'de');
  await call.getByText('Das OpenAI-SDK sendet eine abgelehnte Anfrage 2-mal').first().waitFor();
  const simulator = page.getByRole('region', { name: 'Simulator' });
  await simulator.getByText('Das SDK sendet ein 429 2-mal erneut.').waitFor();
  await simulator.getByRole('combobox', { name: 'Strategie' }).waitFor();
  await page.getByRole('heading', { name: 'unprotected-call', level: 1 }).waitFor();
});
