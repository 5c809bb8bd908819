/** The first minutes: the welcome, the walkthrough, the status item’s menu, pausing, and the team’s notes. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { root } from '../../scripts/setup.mjs';
import { launch, type VSCode } from './vscode.ts';
import { Workbench, walkOf } from './workbench.ts';

const notes = `# The platform team’s notes

## gpt-4o-mini

We share 30 000 tokens a minute; see [the dashboard](https://limits.example.com/us).

Ask before a run of more than an hour.

## unprotected-call

- Use \`withPlatformRetry\` from the toolkit.
`;

let code: VSCode;
let workbench: Workbench;
const walk = walkOf(() => workbench);

before(async () => {
  code = await launch({
    copy: join(root, 'test/sample'),
    files: { '.rate-limit-guide.md': notes },
    settings: { 'workbench.tips.enabled': true },
    // A narrow walkthrough leaves its pictures out.
    window: { width: 1700, height: 900, scale: 1 },
  });
  workbench = await Workbench.open(code);
});
after(() => code?.close());

walk('the first finding is greeted once, with a way to the first steps', async () => {
  await workbench.openFile('loop.py');
  const toast = code.page.locator('.notification-toast', { hasText: 'an HTTP 429 would break' });
  await toast.waitFor();
  await workbench.screenshot('welcome');
  await toast.getByRole('button', { name: 'First Steps' }).click();
  const steps = code.page.locator('.gettingStartedContainer');
  await steps.getByText('Get ready for rate limits').first().waitFor();
  await workbench.screenshot('walkthrough');
});

walk('the walkthrough has five steps with pictures, and its buttons work', async () => {
  const steps = code.page.locator('.gettingStartedContainer .step-title');
  assert.deepEqual(await steps.allInnerTexts(), [
    'See which calls a 429 would break',
    'Hover to see why',
    'Repair it',
    'Play it out in the guide',
    'Make it your team’s',
  ]);
  for (const name of ['find', 'understand', 'repair', 'guide', 'team']) {
    const step = code.page
      .locator('.getting-started-step')
      .nth(['find', 'understand', 'repair', 'guide', 'team'].indexOf(name));
    await step.click();
    const picture = code.page.locator('.getting-started-media img').first();
    await picture.waitFor();
    assert.match((await picture.getAttribute('srcset')) ?? '', new RegExp(`walkthrough-${name}-`));
    assert.ok(await picture.evaluate((image) => (image as HTMLImageElement).decode().then(() => true)));
  }
  await workbench.screenshot('walkthrough-last-step');
  await steps.first().click();
  await code.page.getByRole('button', { name: 'Open an example' }).click();
  await workbench.squiggles('warning', 1);
});

walk('the greeting does not come back', async () => {
  await workbench.reload();
  await workbench.openFile('fan_out.py');
  await workbench.squiggles('warning', 1);
  assert.equal(await code.page.locator('.notification-toast').count(), 0);
});

walk('the status item lists the findings of the file and goes to one', async () => {
  await workbench.openFile('loop.py');
  await workbench.squiggles('warning', 1);
  await workbench.clickOn('pathlib');
  await workbench.status('1 unprotected');
  await workbench.menu();
  await workbench.screenshot('menu');
  await workbench.pickEntry('unprotected-call');
  await code.page.locator('.statusbar-item', { hasText: 'Ln 12' }).waitFor();
});

walk('analysis is paused and resumed from there', async () => {
  await workbench.fromMenu('Pause analysis');
  await workbench.status('Rate limits: paused');
  await workbench.squiggles('warning', 0);
  await workbench.fromMenu('Resume analysis');
  await workbench.squiggles('warning', 1);
  await workbench.status('1 unprotected');
});

walk('the team’s notes stand in the hover and in the guide, and follow their file', async () => {
  const hover = await workbench.hover('completions', 'Team, on gpt-4o-mini:');
  assert.match(hover, /We share 30 000 tokens a minute; see the dashboard\. …/);
  assert.match(hover, /Team, on unprotected-call:/);
  await workbench.screenshot('notes-hover');
  await workbench.clickOn('completions');
  await workbench.command('Rate Limit Guide: Open Guide');
  const page = code.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  const team = page.getByRole('region', { name: 'The team’s notes' });
  await team.getByRole('heading', { name: 'gpt-4o-mini' }).waitFor();
  assert.equal(await team.getByRole('link').getAttribute('href'), 'https://limits.example.com/us');
  await team.getByText('Ask before a run of more than an hour.').waitFor();
  assert.equal(await team.getByRole('listitem').locator('code').innerText(), 'withPlatformRetry');
  await workbench.screenshot('notes-panel');
  writeFileSync(join(code.workspace, '.rate-limit-guide.md'), '# gpt-4o-mini\n\nAsk the platform team.\n');
  await team.getByText('Ask the platform team.').waitFor();
  assert.equal(await team.getByRole('heading', { name: 'unprotected-call' }).count(), 0);
});
