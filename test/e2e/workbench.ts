/** The workbench as its user sees it: files, squiggles, hovers, the light bulb, Problems, commands. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { root } from '../../scripts/setup.mjs';
import type { VSCode } from './vscode.ts';

export class Workbench {
  readonly page: Page;
  readonly #code: VSCode;
  #editor: Locator;

  private constructor(code: VSCode) {
    this.#code = code;
    this.page = code.page;
    this.#editor = editorOf(code.page);
  }

  /** Opens the workspace and waits until the Explorer shows it. */
  static async open(code: VSCode): Promise<Workbench> {
    await code.page.goto(code.url);
    await code.page.locator('.explorer-viewlet .monaco-list-row').first().waitFor({ timeout: 60_000 });
    return new Workbench(code);
  }

  /** Loads the window anew, as a user does: the editor stores first what it restores. */
  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent('load');
    await this.command('Developer: Reload Window');
    await loaded;
    await this.page.locator('.explorer-viewlet .monaco-list-row').first().waitFor({ timeout: 60_000 });
  }

  /** Opens a file by its name, as Ctrl+P does. */
  async openFile(name: string): Promise<void> {
    await this.#pick('ControlOrMeta+P', name, name);
    await this.#isOpen(name);
  }

  /** Opens a file at the top of the workspace, where there is no search for files. */
  async openFromExplorer(name: string): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.page.locator('.explorer-viewlet .monaco-list-row', { hasText: name }).first().dblclick();
    await this.#isOpen(name);
  }

  /** Opens a notebook by its name; the words of all its cells can be pointed at. */
  async openNotebook(name: string): Promise<void> {
    await this.#pick('ControlOrMeta+P', name, name);
    await this.page.locator('.cell-editor-container .view-line').first().waitFor();
    this.#editor = this.page.locator('.notebookOverlay').first();
  }

  async #isOpen(name: string): Promise<void> {
    await this.page.locator('.tab.active', { hasText: name }).waitFor();
    this.#editor = editorOf(this.page);
    await this.#editor.locator('.view-line').first().waitFor();
  }

  /** Runs a command by its whole title in the command palette. */
  async command(title: string): Promise<void> {
    await this.#pick('F1', `>${title}`, title);
  }

  /** The same without Escape before, which would take back a selection. */
  async commandOnSelection(title: string): Promise<void> {
    await this.#pickOpen('F1', `>${title}`, title);
  }

  /** Waits until the editor shows exactly `count` squiggles of this severity. */
  async squiggles(severity: 'error' | 'warning' | 'info' | 'hint', count: number): Promise<void> {
    const all = this.#editor.locator(`.squiggly-${severity}`);
    await until(
      async () => (await all.count()) === count,
      async () => `${await all.count()} squiggles, not ${count}`,
    );
  }

  /** Waits until the editor shows `text` in one line. */
  async shows(text: string): Promise<void> {
    await this.#editor.locator('.view-line', { hasText: text }).first().waitFor();
  }

  /** Puts the cursor into the first visible `word`. */
  async clickOn(word: string): Promise<void> {
    const { x, y } = await this.#place(word);
    await this.page.mouse.click(x, y);
  }

  /** Types at the end of the cursor's line, all at once, so that nothing is completed on the way. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.press('End');
    await this.page.keyboard.insertText(text);
  }

  /** Rests the mouse on the first visible `word`; gives the hover's text once it holds `expected`. */
  async hover(word: string, expected: string): Promise<string> {
    const { x, y } = await this.#place(word);
    const hover = this.page.locator('.monaco-hover').filter({ hasText: expected }).first();
    // A move of the mouse may be lost while the workbench still starts.
    await repeat(async () => {
      await this.page.mouse.move(x + 200, y + 150);
      await this.page.mouse.move(x, y, { steps: 4 });
      await hover.waitFor({ timeout: 3000 });
    });
    return textOf(hover);
  }

  /** Follows a link in the hover that is open. */
  async followInHover(text: string): Promise<void> {
    await this.page.locator('.monaco-hover a', { hasText: text }).first().click();
  }

  /** Opens the light bulb's menu on the first visible `word`; gives its titles from top to bottom. */
  async lightBulb(word: string): Promise<string[]> {
    await this.page.keyboard.press('Escape');
    await this.clickOn(word);
    const rows = this.page.locator('.action-widget').first().locator('.monaco-list-row.action');
    await this.#pressUntil('ControlOrMeta+.', rows.first());
    return (await rows.allInnerTexts()).map(plain);
  }

  /** Takes an entry of the menu that is open. */
  async choose(title: string): Promise<void> {
    await this.page.locator('.action-widget').first().getByText(title, { exact: true }).click();
    await this.page.locator('.action-widget').first().waitFor({ state: 'hidden' });
  }

  /** Takes the entry that the open menu begins with. */
  async chooseFirst(): Promise<void> {
    await this.page.keyboard.press('Enter');
    await this.page.locator('.action-widget').first().waitFor({ state: 'hidden' });
  }

  /** Answers the question that is open with what it proposes. */
  async acceptProposal(): Promise<void> {
    await this.page.locator('.quick-input-widget input[type="text"]').first().waitFor();
    await this.page.keyboard.press('Enter');
  }

  /** Answers the question whose text holds `question`, with what it proposes or with `text`. */
  async answer(question: string, text?: string): Promise<void> {
    const widget = this.page.locator('.quick-input-widget', { hasText: question });
    const input = widget.locator('input').first();
    await widget.waitFor();
    if (text !== undefined) await input.fill(text);
    await input.press('Enter');
  }

  /** The notification that holds `text`. */
  notification(text: string): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item', { hasText: text }).first();
  }

  /** Takes an entry of the list of choices that is open. */
  async pickEntry(label: string): Promise<void> {
    await this.#row(label).click();
  }

  /** Takes an entry of the status item's menu; one that closes before it is taken is opened again. */
  async fromMenu(label: string): Promise<void> {
    await repeat(async () => {
      await this.menu();
      await this.#row(label).click({ timeout: 3000 });
    });
  }

  /** Saves the file in front and waits until `text` stands on disk. */
  async saves(path: string, text: string): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+S');
    await this.onDisk(path, text);
    await this.page.locator('.tab.active.dirty').waitFor({ state: 'detached' });
  }

  /** Waits until `text` stands on disk. */
  async onDisk(path: string, text: string): Promise<void> {
    const file = join(this.#code.workspace, path);
    const read = () => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);
    for (const end = Date.now() + 10_000; Date.now() < end && read() !== text; ) await this.page.waitForTimeout(50);
    assert.equal(read(), text);
  }

  async onDiskMatches(path: string, pattern: RegExp): Promise<void> {
    const file = join(this.#code.workspace, path);
    const holds = async () => existsSync(file) && pattern.test(readFileSync(file, 'utf8'));
    await until(holds, async () => `${path} is not like ${pattern}`);
  }

  /** Waits until the preview of a refactoring lists changes of the file `label`. */
  async refactorPreview(label: string): Promise<void> {
    await this.#refactoring().getByText(label).first().waitFor({ timeout: 20_000 });
  }

  /** Ticks every file of the preview, and has it written. */
  async applyRefactoring(): Promise<void> {
    // The list has only those rows that fit.
    await this.#refactoring().getByLabel('Maximize Panel').first().click();
    const boxes = this.#refactoring().locator('.monaco-list-row[aria-level="1"] .edit-checkbox');
    for (const box of await boxes.all()) await box.click();
    await this.#refactoring().getByRole('button', { name: 'Apply' }).click();
    await this.#refactoring().waitFor({ state: 'hidden' });
  }

  async discardRefactoring(): Promise<void> {
    await this.#refactoring().getByRole('button', { name: 'Discard' }).click();
    await this.#refactoring().waitFor({ state: 'hidden' });
  }

  #refactoring(): Locator {
    return this.page.locator('.part.panel').filter({ has: this.page.getByRole('button', { name: 'Discard' }) });
  }

  async undo(): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+Z');
  }

  /** The entries of the Problems panel once there is one that holds `expected`. */
  async problems(expected: string): Promise<string[]> {
    const rows = this.page.locator('.markers-panel .monaco-list-row');
    await this.#pressUntil('ControlOrMeta+Shift+M', rows.filter({ hasText: expected }).first());
    const texts = (await rows.allInnerTexts()).map(plain);
    await this.page.keyboard.press('ControlOrMeta+Shift+M');
    await this.page.locator('.markers-panel').waitFor({ state: 'hidden' });
    return texts;
  }

  /** Waits until the status bar says `text`. */
  async status(text: string): Promise<void> {
    await this.page.locator('.statusbar-item', { hasText: text }).first().waitFor();
  }

  /** Opens the menu behind our item in the status bar. */
  async menu(): Promise<void> {
    const input = this.page.locator('.quick-input-widget input[type="text"]').first();
    await repeat(async () => {
      if (!(await input.isVisible()))
        await this.page
          .locator('.statusbar-item[id="rate-limit-guide.rate-limit-guide.rateLimitGuide.status"]')
          .click();
      await input.waitFor({ timeout: 3000 });
    });
  }

  /** A picture for whoever looks at the run afterwards, in a folder that is not kept. */
  async screenshot(name: string): Promise<void> {
    const folder = join(root, '.cache/screenshots');
    mkdirSync(folder, { recursive: true });
    await this.page.screenshot({ path: join(folder, `${name}.png`) });
  }

  /** The middle of the first visible occurrence of `word` in the editor. */
  async #place(word: string): Promise<{ x: number; y: number }> {
    let place: { x: number; y: number } | undefined;
    await until(
      async () => {
        place = await this.#editor.evaluate(findWord, word);
        return place !== undefined;
      },
      async () => `The editor does not show “${word}”.`,
    );
    return place!;
  }

  /** Types into the quick input that `key` opens and clicks the row whose whole label is `label`. */
  async #pick(key: string, text: string, label: string): Promise<void> {
    // An open menu would take the key.
    await this.page.keyboard.press('Escape');
    await this.#pickOpen(key, text, label);
  }

  async #pickOpen(key: string, text: string, label: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget input[type="text"]').first();
    // The quick input closes when a loading page takes the focus. Enter would take whatever is first while the list settles.
    await repeat(async () => {
      await this.#pressUntil(key, input);
      await input.fill(text, { timeout: 3000 });
      await this.#row(label).click({ timeout: 5000 });
    });
  }

  /** A row of the quick input by its whole label. */
  #row(label: string): Locator {
    const exact = this.page.locator('.label-name', { hasText: new RegExp(`^\\s*${literal(label)}\\s*$`) });
    return this.page.locator('.quick-input-list .monaco-list-row').filter({ has: exact }).first();
  }

  /** Presses a key until it has opened something: a key is lost while the focus moves. */
  async #pressUntil(key: string, opened: Locator): Promise<void> {
    await repeat(async () => {
      if (await opened.isVisible()) return;
      await this.page.keyboard.press(key);
      await opened.waitFor({ timeout: 3000 });
    });
  }
}

function editorOf(page: Page): Locator {
  return page.locator('.editor-instance .monaco-editor').first();
}

/** A stretch of a user's walk; what the screen showed when it failed is kept. */
export function walkOf(workbench: () => Workbench | undefined) {
  return (name: string, body: () => Promise<void>): void => {
    test(name, { timeout: 90_000 }, async () => {
      try {
        await body();
      } catch (error) {
        await workbench()?.screenshot(`failed: ${name}`.replaceAll(/\W+/g, '-'));
        throw error;
      }
    });
  };
}

/** Runs in the page. The editor draws blanks as no-break spaces and splits a line into a piece for each token. */
function findWord(editor: Element, word: string): { x: number; y: number } | undefined {
  const lines = [...editor.querySelectorAll('.view-line')].sort(
    (a, b) => a.getBoundingClientRect().y - b.getBoundingClientRect().y,
  );
  for (const line of lines) {
    const at = (line.textContent ?? '').replaceAll('\u00a0', ' ').indexOf(word);
    if (at < 0) continue;
    const pieces = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    const middle = at + Math.floor(word.length / 2);
    let before = 0;
    for (let piece = pieces.nextNode(); piece; piece = pieces.nextNode()) {
      const length = piece.textContent?.length ?? 0;
      if (middle < before + length) {
        const range = document.createRange();
        range.setStart(piece, middle - before);
        range.setEnd(piece, middle - before + 1);
        const box = range.getBoundingClientRect();
        return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      }
      before += length;
    }
  }
  return undefined;
}

/** Tries until it succeeds, at most eight times. */
async function repeat(attempt: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (tries === 8) throw error;
    }
  }
}

async function until(holds: () => Promise<boolean>, otherwise: () => Promise<string>): Promise<void> {
  for (const end = Date.now() + 20_000; !(await holds()); await new Promise((resolve) => setTimeout(resolve, 50))) {
    if (Date.now() > end) throw new Error(await otherwise());
  }
}

/** The text as it is laid out, which parts words that stand in elements of their own. */
async function textOf(locator: Locator): Promise<string> {
  return plain((await locator.allInnerTexts()).join(' '));
}

function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function literal(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
