/** Rate-limit errors explained where a developer meets them: in a terminal, while debugging, in a log, from the clipboard. */
import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { after, before } from 'node:test';
import type { FrameLocator } from 'playwright-core';
import { root } from '../../scripts/setup.mjs';
import { forever } from '../proof/scenario.ts';
import { type FaultServer, startFaultServer } from '../proof/server.ts';
import { Terminal } from './terminal.ts';
import { launch, type VSCode } from './vscode.ts';
import { Workbench, walkOf } from './workbench.ts';

const quota =
  "openai.RateLimitError: Error code: 429 - {'error': {'message': 'You exceeded your current quota, please check your plan and billing details.', 'type': 'insufficient_quota', 'param': None, 'code': 'insufficient_quota'}}";
const files = {
  'ask.mjs': `import OpenAI from 'openai';

const client = new OpenAI({ maxRetries: 0 });

async function ask(question) {
  const answer = await client.responses.create({ model: 'gpt-5', input: question });
  return answer.output_text;
}

ask('Why?').then((text) => console.log(text));
`,
  'notes.md': `# Last night

The job ended with this:

${quota}

Nobody was told.
`,
};

let server: FaultServer;
let code: VSCode;
let workbench: Workbench;
let guide: FrameLocator;
const walk = walkOf(() => workbench);

before(async () => {
  server = await startFaultServer();
  const { url } = server.open(forever);
  code = await launch({
    files: {
      ...files,
      '.vscode/launch.json': JSON.stringify({
        version: '0.2.0',
        configurations: [
          {
            name: 'Ask',
            type: 'node',
            request: 'launch',
            // VS Code puts the folder in.
            program: ['$', '{workspaceFolder}/ask.mjs'].join(''),
            runtimeExecutable: process.execPath,
            skipFiles: ['<node_internals>/**'],
            env: { OPENAI_BASE_URL: url, OPENAI_API_KEY: 'sk-none' },
          },
        ],
      }),
    },
    builtins: ['ms-vscode.js-debug', 'ms-vscode.js-debug-companion'],
    settings: { 'terminal.integrated.gpuAcceleration': 'off', 'debug.showInStatusBar': 'never' },
    env: { OPENAI_BASE_URL: url, OPENAI_API_KEY: 'sk-none', NODE: process.execPath },
    window: { width: 1400, height: 900, scale: 1 },
  });
  mkdirSync(join(code.workspace, 'node_modules'));
  symlinkSync(join(root, 'node_modules/openai'), join(code.workspace, 'node_modules/openai'), 'junction');
  workbench = await Workbench.open(code);
  guide = code.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
});
after(async () => {
  await code?.close();
  await server?.close();
});

walk('the error’s line in a terminal is a link: it explains, and leads to the call and its repairs', async () => {
  const terminal = await Terminal.open(code.page);
  await terminal.run('"$NODE" ask.mjs');
  await terminal.follow('Rate limit reached for');
  const error = guide.getByRole('region', { name: 'This error' });
  await error.waitFor();
  const text = await error.innerText();
  assert.match(text, /Requests per minute \(HTTP 429\), openai, gpt-5/);
  await workbench.screenshot('terminal-error');
  assert.match(text, /limit 60, used 60, requested 1/);
  assert.match(text, /Sending it again can succeed/);
  assert.match(await guide.getByRole('region', { name: 'This call' }).innerText(), /ask\.mjs, line 6/);
  await error.getByRole('button', { name: 'ask.mjs, line 6' }).click();
  await workbench.shows('client.responses.create');
  await error.waitFor();
  await workbench.command('View: Close All Editors');
});

walk('an error in a file is explained by the hover, and in the guide', async () => {
  await workbench.openFile('notes.md');
  const text = await workbench.hover('insufficient_quota', 'Explain');
  assert.match(text, /Quota or billing \(HTTP 429\), openai/);
  assert.match(text, /Sending it again cannot succeed/);
  await workbench.screenshot('error-hover');
  await workbench.followInHover('Explain');
  const error = guide.getByRole('region', { name: 'This error' });
  await error.filter({ hasText: 'Quota or billing' }).waitFor();
  await workbench.command('View: Close All Editors');
});

walk('the command explains the selected text', async () => {
  await workbench.openFile('notes.md');
  await workbench.clickOn('insufficient_quota');
  await code.page.keyboard.press('ControlOrMeta+A');
  await workbench.commandOnSelection('Rate Limit Guide: Explain Rate-Limit Error in Selection or Clipboard');
  await guide.getByRole('region', { name: 'This error' }).filter({ hasText: 'Quota or billing' }).waitFor();
  await workbench.command('View: Close All Editors');
});

walk('the command explains what was copied', async () => {
  await code.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await code.page.evaluate(
    (text) => navigator.clipboard.writeText(text),
    'Rate limit reached for gpt-4o in organization org-x on tokens per min (TPM): Limit 30000, Used 29937, Requested 385. Please try again in 644ms.',
  );
  await workbench.command('Rate Limit Guide: Explain Rate-Limit Error in Selection or Clipboard');
  const error = guide.getByRole('region', { name: 'This error' });
  await error.filter({ hasText: 'Sending it again can succeed after 644 ms.' }).waitFor();
  await workbench.command('View: Close All Editors');
});

walk('an error in the debug output is told of, once', async () => {
  await workbench.openFile('ask.mjs');
  await workbench.command('Debug: Start Debugging');
  await hint('The program met a rate-limit error')
    .getByRole('button', { name: 'Explain' })
    .waitFor({ timeout: 40_000 });
  assert.equal(await hint('rate-limit error').count(), 1);
  await workbench.screenshot('debug-output');
  assert.match(await hint('The program met').innerText(), /Requests per minute \(HTTP 429\), openai, gpt-5/);
  await hint('The program met').getByRole('button', { name: 'Explain' }).click();
  await guide.getByRole('button', { name: 'ask.mjs, line 6' }).first().waitFor();
});

walk('an error that stops the debugger is told of', async () => {
  await workbench.command('Run and Debug: Focus on Breakpoints View');
  const breakpoint = code.page.locator('.debug-breakpoints .monaco-list-row', { hasText: /^\s*Caught Exceptions/ });
  await breakpoint.locator('[role=checkbox], input').first().click();
  await workbench.command('Debug: Start Debugging');
  await hint('The debugger stopped at a rate-limit error').waitFor({ timeout: 40_000 });
  await workbench.screenshot('debug-stopped');
  assert.match(await hint('The debugger stopped').innerText(), /Requests per minute \(HTTP 429\), openai, gpt-5/);
  await hint('The debugger stopped').getByRole('button', { name: 'Explain' }).click();
  await guide.getByRole('region', { name: 'This error' }).getByRole('button', { name: 'ask.mjs, line 6' }).waitFor();
  await workbench.command('Debug: Stop');
});

function hint(text: string) {
  return code.page.locator('.notifications-toasts .notification-list-item', { hasText: text });
}
