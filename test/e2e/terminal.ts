/** The terminal as its user sees it: commands typed, text read, links followed. */
import type { Locator, Page } from 'playwright-core';

export class Terminal {
  readonly #page: Page;
  readonly #rows: Locator;

  private constructor(page: Page) {
    this.#page = page;
    this.#rows = page.locator('.terminal-wrapper.active .xterm-rows').first();
  }

  /** Opens the panel’s terminal and waits for its prompt. */
  static async open(page: Page): Promise<Terminal> {
    const terminal = new Terminal(page);
    for (let tries = 0; tries < 8 && !(await terminal.#rows.isVisible()); tries++) {
      await page.keyboard.press('Control+`');
      await page.waitForTimeout(2000);
    }
    await terminal.shows(/[$#%>]/);
    return terminal;
  }

  async run(command: string): Promise<void> {
    await this.#page.locator('.terminal-wrapper.active .xterm-screen').click();
    await this.#page.keyboard.type(command);
    await this.#page.keyboard.press('Enter');
  }

  async shows(text: string | RegExp): Promise<void> {
    await this.#rows.filter({ hasText: text }).waitFor({ timeout: 30_000 });
  }

  /** Follows the link at the last visible `text`. */
  async follow(text: string): Promise<void> {
    await this.shows(text);
    const { x, y } = (await this.#rows.evaluate(lastPlace, text))!;
    await this.#page.keyboard.down('Control');
    await this.#page.mouse.move(x + 30, y - 40);
    await this.#page.mouse.move(x, y, { steps: 6 });
    // Links are asked for when the mouse comes to a line.
    await this.#page.waitForTimeout(1500);
    await this.#page.mouse.click(x, y);
    await this.#page.keyboard.up('Control');
  }
}

/** Runs in the page. */
function lastPlace(rows: Element, text: string): { x: number; y: number } | undefined {
  for (const row of [...rows.children].reverse()) {
    const at = (row.textContent ?? '').replaceAll('\u00a0', ' ').indexOf(text);
    if (at < 0) continue;
    const pieces = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
    let before = 0;
    for (let piece = pieces.nextNode(); piece; piece = pieces.nextNode()) {
      const length = piece.textContent?.length ?? 0;
      if (at < before + length) {
        const range = document.createRange();
        range.setStart(piece, at - before);
        range.setEnd(piece, at - before + 1);
        const box = range.getBoundingClientRect();
        return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      }
      before += length;
    }
  }
  return undefined;
}
