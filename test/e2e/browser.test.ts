/** The same extension in the browser's own extension host, a web worker, where there is no Node. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../scripts/setup.mjs';
import { launch } from './vscode.ts';
import { Workbench } from './workbench.ts';

test('in a browser it finds and repairs as it does elsewhere', { timeout: 120_000 }, async () => {
  const code = await launch({
    copy: join(root, 'test/sample'),
    settings: { 'remote.extensionKind': { 'rate-limit-guide.rate-limit-guide': ['web'] } },
  });
  try {
    const bundle = code.page
      .context()
      .waitForEvent('request', (request) => request.url().includes('extension.browser.js'));
    const workbench = await Workbench.open(code);
    await workbench.openFile('loop.py');
    assert.ok(await bundle);
    await workbench.squiggles('warning', 1);
    await workbench.lightBulb('completions');
    await workbench.choose('Retry with exponential backoff');
    await workbench.squiggles('warning', 0);
    await workbench.status('1 protected');
    await workbench.command('Rate Limit Guide: Measure My Account’s Limits…');
    await workbench.notification('A browser hides the headers that tell limits.').waitFor();
  } finally {
    await code.close();
  }
});
