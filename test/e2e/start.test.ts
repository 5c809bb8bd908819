/** `npm start` shows the sample in an editor, and Ctrl+C leaves nothing behind. */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { chromium } from 'playwright-core';
import { findChromium, root } from '../../scripts/setup.mjs';

test('npm start opens the sample and Ctrl+C ends every process', { timeout: 180_000 }, async () => {
  // A group of its own is what a terminal gives a command: Ctrl+C goes to all of it.
  const start = spawn('npm', ['start'], { cwd: root, env: { ...process.env, CI: 'true', PORT: '0' }, detached: true });
  const ended = once(start, 'exit');
  const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    await page.goto(await printedUrl(start.stdout));
    await page.locator('.tab.active', { hasText: 'loop.py' }).waitFor({ timeout: 60_000 });
    await page.locator('.squiggly-warning').first().waitFor({ timeout: 60_000 });
    const family = descendants(start.pid!);
    assert.ok(family.length >= 3, 'npm, the script, the server and its extension host run');

    process.kill(-start.pid!, 'SIGINT');
    await ended;
    assert.deepEqual(
      family.filter((pid) => processes().some((one) => one.pid === pid)),
      [],
    );
  } finally {
    await browser.close();
    if (start.exitCode === null && start.signalCode === null) process.kill(-start.pid!, 'SIGTERM');
  }
});

function printedUrl(output: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  return new Promise((resolve, reject) => {
    output.on('data', (chunk) => {
      text += chunk;
      const url = /^\s*(http:\S+)\s*$/m.exec(text);
      if (url && text.includes('Ctrl+C')) resolve(url[1]!);
    });
    output.on('end', () => reject(new Error(`npm start printed no address:\n${text}`)));
  });
}

function processes(): { pid: number; parent: number }[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  return lines.map((line) => {
    const [pid, parent] = line.trim().split(/\s+/).map(Number);
    return { pid: pid!, parent: parent! };
  });
}

function descendants(ancestor: number): number[] {
  const all = processes();
  const found = [ancestor];
  // The list grows while it is walked: children, then theirs.
  for (const pid of found) found.push(...all.filter(({ parent }) => parent === pid).map((one) => one.pid));
  return found;
}
