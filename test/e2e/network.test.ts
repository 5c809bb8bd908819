/** Nothing leaves the machine: each editor of these tests fails on closing when something did. Here that this would be seen. */
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { launch, type VSCode } from './vscode.ts';
import { Workbench, walkOf } from './workbench.ts';

/** A host that no network knows. */
const host = 'limits.invalid';

let code: VSCode;
let workbench: Workbench;
const walk = walkOf(() => workbench);

before(async () => {
  code = await launch({
    files: {
      'ask.py':
        'from openai import OpenAI\n\nfor question in ["a", "b"]:\n    OpenAI().responses.create(model="m", input=question)\n',
    },
    env: { OPENAI_BASE_URL: `https://${host}/v1`, OPENAI_API_KEY: 'sk-of-nobody' },
    reaches: [host, 'page.invalid'],
  });
  workbench = await Workbench.open(code);
});
after(() => code?.close());

walk('findings, hover, repair and guide ask for nothing beyond this machine', async () => {
  await workbench.openFile('ask.py');
  await workbench.squiggles('warning', 1);
  await workbench.hover('responses', 'Prevent.');
  await workbench.lightBulb('responses');
  await workbench.choose('Retry with exponential backoff');
  await workbench.squiggles('warning', 0);
  await workbench.undo();
  await workbench.squiggles('warning', 1);
  await workbench.command('Rate Limit Guide: Open Guide');
  await code.page.locator('iframe.webview.ready').waitFor();
  assert.deepEqual(code.traffic.outside(), []);
});

walk('the one request that a user has sent is seen', async () => {
  await workbench.command('Rate Limit Guide: Measure My Account’s Limits…');
  await workbench.answer('The address of an API');
  await workbench.answer('The model', 'gpt-4o-mini');
  await workbench.pickEntry('The key in the environment’s OPENAI_API_KEY');
  assert.deepEqual(code.traffic.outside(), []);
  await code.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Send Request' }).click();
  for (const end = Date.now() + 20_000; Date.now() < end && code.traffic.outside().length === 0; )
    await code.page.waitForTimeout(50);
  assert.deepEqual(code.traffic.outside(), [host]);
});

walk('so is a request of the page', async () => {
  const failed = code.page.waitForEvent('requestfailed', (request) => request.url().includes('page.invalid'));
  await code.page.evaluate(() => void new Image().setAttribute('src', 'http://page.invalid/'));
  await failed;
  assert.deepEqual(code.traffic.outside(), [host, 'page.invalid']);
});
