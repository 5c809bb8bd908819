/** The limits meter in a real VS Code, against the fault server: one request, seen before it is sent. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before } from 'node:test';
import type { FrameLocator } from 'playwright-core';
import { ok, quota } from '../proof/scenario.ts';
import { type FaultServer, type Run, startFaultServer } from '../proof/server.ts';
import { launch, type VSCode } from './vscode.ts';
import { Workbench, walkOf } from './workbench.ts';

const command = 'Rate Limit Guide: Measure My Account’s Limits…';
const key = 'sk-of-the-environment';
const kept = 'sk-that-is-kept';

let server: FaultServer;
let run: Run;
let code: VSCode;
let workbench: Workbench;
let guide: FrameLocator;
const walk = walkOf(() => workbench);

before(async () => {
  server = await startFaultServer();
  run = server.open(ok);
  code = await launch({
    files: {
      'ask.py': `from openai import OpenAI

client = OpenAI()


def ask(question):
    return client.responses.create(model="gpt-4o-mini", input=question).output_text
`,
      'careful.py': `import openai

client = openai.OpenAI(max_retries=5)


def ask(question):
    try:
        return client.responses.create(model="gpt-4o-mini", input=question).output_text
    except openai.RateLimitError:
        return None
`,
      'retried.py': `from openai import OpenAI
from tenacity import retry, stop_after_attempt, wait_random_exponential

client = OpenAI()


@retry(stop=stop_after_attempt(6), wait=wait_random_exponential(max=60))
def ask(question):
    return client.responses.create(model="gpt-4o-mini", input=question).output_text
`,
    },
    env: { OPENAI_BASE_URL: run.url, OPENAI_API_KEY: key },
    window: { width: 1400, height: 900, scale: 1 },
  });
  workbench = await Workbench.open(code);
  guide = code.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
});
after(async () => {
  await code?.close();
  await server?.close();
});

walk('nothing is sent before the request and its cost were seen', async () => {
  await workbench.openFile('ask.py');
  await workbench.squiggles('info', 1);
  await workbench.command(command);
  await workbench.answer('The address of an API');
  await workbench.answer('The model');
  await workbench.pickEntry('The key in the environment’s OPENAI_API_KEY');
  const dialog = code.page.locator('.monaco-dialog-box');
  await dialog.getByText('Send this request to measure the limits?').waitFor();
  const text = await dialog.innerText();
  assert.match(text, /POST http:\/\/127\.0\.0\.1:\d+\/run-1\/v1\/chat\/completions/);
  assert.match(text, /"model":"gpt-4o-mini".*"max_tokens":16/);
  assert.match(text, /At most about 26 tokens are paid for/);
  await workbench.screenshot('meter-question');
  assert.equal(run.requests.length, 0);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'hidden' });
  assert.equal(run.requests.length, 0);
});

walk('one request tells the limits, and they become the throttle’s number', async () => {
  await workbench.command(command);
  await workbench.answer('The address of an API');
  await workbench.answer('The model');
  await workbench.pickEntry('The key in the environment’s OPENAI_API_KEY');
  await code.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Send Request' }).click();
  const told = workbench.notification('60 requests a minute (59 left');
  await told.waitFor();
  await workbench.screenshot('meter-told');
  assert.match(
    await told.innerText(),
    /gpt-4o-mini at 127\.0\.0\.1:\d+: 60 requests a minute.*150,000 tokens a minute/,
  );
  assert.equal(run.requests.length, 1);
  await told.getByRole('button', { name: 'Throttle to 1 at Once' }).click();
  await workbench.onDiskMatches('.vscode/settings.json', /"rateLimitGuide\.throttle\.concurrency": 1/);
});

walk('the status item and the hover over the model tell what was measured', async () => {
  const status = code.page.locator('.statusbar-item', { hasText: 'unprotected' }).first();
  const label = await status.locator('a').first().getAttribute('aria-label');
  assert.match(label ?? '', /60 requests a minute.*measured just now/);
  const text = await workbench.hover('gpt-4o-mini', 'Measure again');
  assert.match(text, /gpt-4o-mini at 127\.0\.0\.1:\d+, measured just now: 60 requests a minute/);
  await workbench.screenshot('hover-model');
});

walk('the error’s class and the SDK’s retries are explained where they stand', async () => {
  await workbench.openFile('careful.py');
  const retries = await workbench.hover('max_retries', 'does not outlast');
  assert.match(retries, /up to 6 times, and waits 11\.6–15\.5 s in all/);
  await workbench.screenshot('hover-retries');
  const error = await workbench.hover('RateLimitError', 'is HTTP 429');
  assert.match(error, /5 times within 11\.6–15\.5 s/);
  await workbench.screenshot('hover-error-class');
});

walk('a retry decorator tells what it really does', async () => {
  await workbench.openFile('retried.py');
  const text = await workbench.hover('@retry', '18 requests for one answer');
  assert.match(
    text,
    /6 attempts of `retry` of tenacity × 3 of the OpenAI SDK = 18 requests for one answer, up to 40 s/,
  );
  await workbench.screenshot('hover-retry');
});

walk('the guide shows the measured limits, and its simulator begins with them', async () => {
  await workbench.openFile('ask.py');
  await workbench.clickOn('responses');
  await workbench.command('Rate Limit Guide: Open Guide');
  const limits = guide.getByRole('region', { name: 'Your limits' });
  const row = limits.getByRole('row', { name: /gpt-4o-mini at 127/ });
  assert.match(await row.innerText(), /60 a minute, 59 left, whole again in 1 s\s+150,000 a minute, 149,984 left/);
  const simulator = guide.getByRole('region', { name: 'Simulator' });
  assert.equal(await simulator.getByLabel('Limit: requests a minute').inputValue(), '60');
  assert.equal(await simulator.getByLabel('Limit: thousand tokens a minute').inputValue(), '150');
  await simulator.getByText('The limits are those measured for gpt-4o-mini at').waitFor();
  await limits.scrollIntoViewIfNeeded();
  await workbench.screenshot('panel-limits');
  await limits.getByRole('button', { name: 'Measure limits…' }).click();
  await workbench.answer('The address of an API');
  await code.page.getByText('The model: each has limits of its own.').waitFor();
  await code.page.keyboard.press('Escape');
});

walk('a key that is entered is kept secret, and a refusal that no wait helps is explained', async () => {
  const empty = server.open(quota);
  await workbench.command(command);
  await workbench.answer('The address of an API', empty.url);
  await workbench.answer('The model');
  await workbench.answer('kept in VS Code’s secret storage', kept);
  await code.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Send Request' }).click();
  const told = workbench.notification('refused the request with 429');
  await told.waitFor();
  assert.equal(empty.requests.length, 1);
  await told.getByRole('button', { name: 'Explain' }).click();
  await guide.getByRole('region', { name: 'This error' }).filter({ hasText: 'Quota or billing' }).waitFor();
  const title = guide.getByRole('heading', { name: 'This error' });
  // The page scrolls there smoothly.
  const top = () => title.evaluate((one) => one.getBoundingClientRect().top / innerHeight);
  for (let tries = 0; tries < 50 && Math.abs(await top()) > 0.5; tries++) await code.page.waitForTimeout(100);
  assert.ok(Math.abs(await top()) <= 0.5);
  await workbench.screenshot('meter-refused');
});

walk('no key stands in a log or a setting', async () => {
  const folder = join(code.workspace, '../server');
  const written = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /logs\/|settings\.json$/.test(path.replaceAll('\\', '/')) && /\.(?:log|json)$/.test(path))
    .map((path) => join(folder, path))
    .filter((path) => existsSync(path));
  assert.ok(written.length > 0);
  for (const path of written) {
    const text = readFileSync(path, 'utf8');
    for (const secret of [key, kept]) assert.ok(!text.includes(secret), path);
  }
});
