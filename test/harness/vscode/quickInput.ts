import type { Page } from 'playwright-core';
import { DEFAULT_TIMEOUT_MILLISECONDS, eventually } from './eventually.ts';
import { type ListRow, readAllRows } from './virtualList.ts';

/** How long a thing may take that is there already, as far as was seen, before one looks anew whether it still is. */
const ACT_TIMEOUT_MILLISECONDS = 5000;

/** What stands in the box. */
export interface Question {
  /** Title, hint and the words below, each on a line of its own. */
  readonly words: string;
  /** What is typed in. */
  readonly value: string;
}

/** The box at the top of the window: questions of commands, the palette, Go to File. */
export class QuickInput {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get #widget() {
    return this.#page.locator('.quick-input-widget:visible');
  }

  /** What is asked now; undefined while nothing is. Read at once: a box that closes meanwhile would never answer. */
  async read(): Promise<Question | undefined> {
    const [found] = await this.#widget.evaluateAll((elements) =>
      elements.map((element) => {
        const input = element.querySelector('input');
        const texts = ['.quick-input-title', '.quick-input-message'].map(
          (part) => element.querySelector(part)?.textContent ?? '',
        );
        return { words: [texts[0], input?.placeholder, texts[1]].join('\n'), value: input?.value ?? '' };
      }),
    );
    return found;
  }

  /** Waits until something is asked that has these words in its title, its hint or below, and gives it. */
  async waitFor(words: string, timeoutMilliseconds: number = DEFAULT_TIMEOUT_MILLISECONDS): Promise<Question> {
    const found = await eventually(
      `the question “${words}”`,
      () => this.read(),
      (question) => question?.words.includes(words) ?? false,
      timeoutMilliseconds,
    );
    if (!found) throw new Error(`The question “${words}” is gone.`);
    return found;
  }

  /** The rows that are offered. */
  async rows(): Promise<readonly ListRow[]> {
    const list = this.#widget.locator('.quick-input-list');
    await list.locator('.monaco-list-row').first().waitFor();
    return readAllRows(list);
  }

  /** Takes the row whose label has these words. */
  async choose(label: string): Promise<void> {
    const rows = this.#widget.locator('.quick-input-list .monaco-list-row');
    await rows
      .filter({ has: this.#page.locator('.label-name', { hasText: label }) })
      .first()
      .click();
  }

  /** Writes an answer in place of what stands there, without giving it. */
  async write(text: string): Promise<void> {
    await this.#widget.locator('input').first().fill(text);
  }

  /** Gives the answer that stands there. */
  async accept(): Promise<void> {
    await this.#widget.locator('input').first().press('Enter');
  }

  /** Closes the box without an answer, and waits until it is closed. */
  async dismiss(): Promise<void> {
    await this.#widget.locator('input').first().press('Escape');
    await this.#widget.waitFor({ state: 'hidden' });
  }

  /** Types into the box that `key` opens, and takes the row that `matches`. Throws when it is not there yet. */
  async pick(key: string, filter: string, matches: (row: ListRow) => boolean): Promise<void> {
    await this.#page.keyboard.press(key);
    await this.#widget.locator('input').first().fill(filter, { timeout: ACT_TIMEOUT_MILLISECONDS });
    const list = this.#widget.locator('.quick-input-list');
    try {
      const found = await eventually(
        `a row for “${filter}”`,
        async () => (await readAllRows(list)).find(matches),
        (row) => row !== undefined,
        ACT_TIMEOUT_MILLISECONDS,
      );
      // By its name, not by its place: rows that are found later push it down.
      const row = list.locator(`.monaco-list-row[aria-label=${JSON.stringify(found?.label)}]`).first();
      await row.click({ timeout: ACT_TIMEOUT_MILLISECONDS });
    } catch (error) {
      await this.#page.keyboard.press('Escape');
      throw error;
    }
    // The box closes, or holds the first question of what was picked.
    await eventually(
      `the box of “${filter}” to be answered`,
      async () => (await this.read())?.value,
      (value) => value !== filter,
    );
  }

  /** The labels that the box lists behind `key` for `filter` and that `isWanted` takes, once the list stands still. */
  async offered(key: string, filter: string, isWanted: (label: string) => boolean): Promise<readonly string[]> {
    let before = '';
    const labels = await eventually(
      `what is offered for “${filter}”`,
      async () => {
        if (!(await this.#widget.isVisible())) await this.#page.keyboard.press(key);
        await this.#widget.locator('input').first().fill(filter, { timeout: ACT_TIMEOUT_MILLISECONDS });
        const rows = await readAllRows(this.#widget.locator('.quick-input-list'));
        return rows.map(({ parts }) => parts['label-name'] ?? '').filter(isWanted);
      },
      // The list is filtered a moment after the typing; it is whole when two looks see the same.
      (seen) => {
        const isSettled = seen.length > 0 && seen.join('\n') === before;
        before = seen.join('\n');
        return isSettled;
      },
    );
    await this.dismiss();
    return labels;
  }
}
