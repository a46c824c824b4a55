import { mkdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';
import { eventually } from './eventually.ts';
import { type Problem, problemsFromRows } from './problem.ts';
import { QuickInput } from './quickInput.ts';
import { findRow, type ListRow, readAllRows } from './virtualList.ts';

/** How long a thing may take that is there already, as far as was seen, before one looks anew whether it still is. */
const ACT_TIMEOUT_MILLISECONDS = 5000;

/** A menu takes no click in its first tenth of a second, and stays open; nothing on the screen shows when that is over. */
const DEAF_MENU_MILLISECONDS = 300;

/** Where pictures go, for people to look at after a run. */
const SCREENSHOTS_FOLDER = join(import.meta.dirname, '..', '..', '..', 'artifacts', 'screenshots');

/** How long one question may take on a busy machine before it is asked again; asking anew drops the one before. */
const ANSWER_TIMEOUT_MILLISECONDS = 15_000;

/** NodeFilter.SHOW_TEXT of the DOM. */
const SHOW_TEXT_NODES = 4;

/** One proposal of the completion list. */
export interface Completion {
  readonly label: string;
  /** What stands at the right of the list. */
  readonly detail: string;
}

/**
 * A window of VS Code in a browser, used as a person uses it: by keys and mouse, looking at what is on the screen. Nothing
 * is asked of VS Code behind its back. Every act waits until its effect can be seen, and says at last what it saw instead.
 */
export class BrowserWindow {
  readonly page: Page;
  /** The box that asks, with which commands are run and files are opened. */
  readonly quickInput: QuickInput;

  constructor(page: Page) {
    this.page = page;
    this.quickInput = new QuickInput(page);
  }

  /** Waits until the workbench is there. */
  async waitUntilReady(): Promise<void> {
    await this.page.locator('.monaco-workbench').waitFor();
    await this.page.locator('.statusbar').waitFor();
  }

  /** Ends Restricted Mode for the open folder, on the page where VS Code offers that. */
  async trustWorkspace(): Promise<void> {
    await this.runCommand('Workspaces: Manage Workspace Trust');
    await this.page
      .locator('.workspace-trust-editor .monaco-button', { hasText: /^Trust$/ })
      .first()
      .click();
    await this.page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor({ state: 'hidden' });
    await this.press('Escape');
  }

  /** Opens a file of the workspace by its relative path, through Go to File. */
  async openFile(path: string): Promise<void> {
    const name = basename(path);
    const folder = dirname(path);
    await eventually(`${path} in Go to File`, async () => {
      await this.quickInput.pick('Control+P', path, ({ text, label }) => {
        return (
          label.startsWith(name) &&
          (folder === '.' || text.includes(folder.replaceAll('/', '')) || text.includes(folder))
        );
      });
      return true;
    });
    await this.page.locator('.editor-group-container.active .tab.active', { hasText: name }).waitFor();
    await this.#activeEditor().locator('.view-line').first().waitFor();
  }

  /** Puts the cursor at the first place where `text` stands in the active editor, and selects it. */
  async select(text: string): Promise<void> {
    await this.#focusEditor();
    await this.page.keyboard.press('Control+Home');
    await this.page.keyboard.press('Control+F');
    const widget = this.#activeEditor().locator('.find-widget.visible');
    const input = widget.locator('textarea').first();
    await input.fill(text);
    await eventually(
      `“${text}” in the editor`,
      () => textOf(widget.locator('.matchesCount')),
      (count) => /^\d+ of \d+/.test(count),
    );
    await this.page.keyboard.press('Escape');
    await widget.waitFor({ state: 'hidden' });
  }

  /** Puts the cursor behind the first place where `text` stands. */
  async goBehind(text: string): Promise<void> {
    await this.select(text);
    await this.page.keyboard.press('ArrowRight');
  }

  /** Types at the cursor, key by key. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  async press(key: string): Promise<void> {
    await this.page.keyboard.press(key);
  }

  /** Saves the active editor, which must have unsaved changes, and waits until its tab shows none. */
  async save(): Promise<void> {
    const unsaved = this.page.locator('.editor-group-container.active .tab.active.dirty');
    // The tab says a moment after the change that there is one; before that, nothing could be told from its silence.
    await unsaved.waitFor();
    await this.#focusEditor();
    await this.page.keyboard.press('Control+S');
    await unsaved.waitFor({ state: 'detached' });
  }

  /** How many places in view are underlined, by severity. */
  async squiggles(): Promise<Readonly<Record<'error' | 'warning' | 'info', number>>> {
    const count = (severity: string) => this.#activeEditor().locator(`.squiggly-${severity}`).count();
    return { error: await count('error'), warning: await count('warning'), info: await count('info') };
  }

  /** Waits until something in view is underlined with this severity. */
  async waitForSquiggles(severity: 'error' | 'warning' | 'info'): Promise<void> {
    await this.#activeEditor().locator(`.squiggly-${severity}`).first().waitFor();
  }

  /** The text of the hover over the end of the first place where `text` stands; it must have `contains` to be complete. */
  async hoverAt(text: string, contains = ''): Promise<string> {
    await this.select(text);
    return eventually(
      `a hover over “${text}” with “${contains}”`,
      async () => {
        const box = await this.#boxOf(text);
        // A pointer that is suddenly there is no hover: it has to move over the place.
        await this.page.mouse.move(box.x + box.width - 6, box.y + box.height / 2);
        await this.page.mouse.move(box.x + box.width - 4, box.y + box.height / 2);
        const hover = this.page.locator('.monaco-hover:visible .hover-row, .monaco-hover:visible .hover-contents');
        await hover.first().waitFor({ timeout: ANSWER_TIMEOUT_MILLISECONDS });
        return textOf(this.page.locator('.monaco-hover:visible'));
      },
      (seen) => seen !== '' && !seen.includes('Loading…') && seen.includes(contains),
    );
  }

  /** What the Problems view shows: everything, or what its filter lets through. */
  async problems(): Promise<readonly Problem[]> {
    return problemsFromRows(await readAllRows(await this.#problemsPanel()));
  }

  /** Writes into the filter of the Problems view, which looks at files, messages and codes. Empty shows everything. */
  async filterProblems(text: string): Promise<void> {
    await this.#problemsPanel();
    await this.page.locator('.panel input[placeholder^="Filter"]').first().fill(text);
  }

  /** Waits for problems that `accept` takes. */
  async waitForProblems(what: string, accept: (problems: readonly Problem[]) => boolean): Promise<readonly Problem[]> {
    return eventually(what, () => this.problems(), accept);
  }

  /** The titles that are offered as quick fixes at the first place where `text` stands; the menu is closed again. */
  async quickFixes(text: string): Promise<readonly string[]> {
    await this.select(text);
    const rows = await this.#openQuickFixes();
    const titles = await rows.locator('.title').allInnerTexts();
    await this.page.keyboard.press('Escape');
    await this.page.locator('.action-widget .actionList').waitFor({ state: 'hidden' });
    return titles.map(clean);
  }

  /** Takes the quick fix `title` at the first place where `text` stands. */
  async quickFix(text: string, title: string): Promise<void> {
    await this.select(text);
    const rows = await this.#openQuickFixes();
    const wanted = rows.filter({ has: this.page.locator('.title', { hasText: title }) }).first();
    if ((await wanted.count()) === 0) {
      const offered = await rows.locator('.title').allInnerTexts();
      throw new Error(`No quick fix “${title}” is offered at “${text}”, only ${offered.join(', ')}.`);
    }
    await wanted.click();
    await this.page.locator('.action-widget .actionList').waitFor({ state: 'hidden' });
  }

  /** Asks for completions at the cursor and gives the whole list, which stays open. */
  async completions(): Promise<readonly Completion[]> {
    const rows = await eventually(
      'the whole completion list',
      async () => readAllRows(await this.#openCompletions()),
      ({ length }) => length > 0,
    );
    return rows.map(({ parts, text }) => ({
      label: parts['label-name'] ?? text,
      detail: clean(text.replace(parts['label-name'] ?? '', '')),
    }));
  }

  /**
   * The documentation that the completion list shows for `label`; it must have `contains` to be complete, since that of
   * the row before stays on the screen for a moment. The list is closed again.
   */
  async completionDocumentation(label: string, contains = ''): Promise<string> {
    const list = await this.#openCompletions();
    const focused = list.locator('.monaco-list-row.focused .label-name');
    await eventually(
      `${label} in the completion list`,
      async () => {
        if ((await textOf(focused)) !== label) await this.page.keyboard.press('ArrowDown');
        return textOf(focused);
      },
      (seen) => seen === label,
    );
    const details = this.page.locator('.suggest-details:visible');
    await eventually('the documentation beside the list', async () => {
      // The key opens and closes it. So it is pressed again only where nothing came for a while.
      if (!(await details.isVisible())) await this.page.keyboard.press('Control+Space');
      await details.waitFor({ timeout: ANSWER_TIMEOUT_MILLISECONDS });
      return true;
    });
    const documentation = await eventually(
      `the documentation of ${label}`,
      () => textOf(details),
      (text) => text !== '' && !text.startsWith('Loading') && text.includes(contains),
    );
    await this.page.keyboard.press('Escape');
    return documentation;
  }

  /** Runs a command through the palette by its full title, such as `Slipway: Ship`. */
  async runCommand(title: string): Promise<void> {
    await eventually(`the command “${title}” in the palette`, async () => {
      await this.quickInput.pick('F1', `>${title}`, ({ parts }) => parts['label-name'] === title);
      return true;
    });
  }

  /** The commands of the palette whose titles start with `prefix`; what is not enabled is not among them. */
  async offeredCommands(prefix: string): Promise<readonly string[]> {
    return this.quickInput.offered('F1', `>${prefix}`, (title) => title.startsWith(prefix));
  }

  /** Opens a container of the activity bar, such as `Slipway`, and waits for its view `view`. */
  async openView(container: string, view: string): Promise<void> {
    const pane = this.#pane(view);
    const items = this.page.locator('.activitybar .action-item', {
      has: this.page.locator(`a[aria-label^="${container}"]`),
    });
    const header = pane.locator('.pane-header');
    // Both clicks would also close what came open meanwhile, so one looks again after each.
    await eventually(`${view} in ${container}`, async () => {
      if (!(await pane.isVisible())) await items.first().click({ timeout: ACT_TIMEOUT_MILLISECONDS });
      await pane.waitFor({ timeout: ANSWER_TIMEOUT_MILLISECONDS });
      if ((await header.getAttribute('aria-expanded', { timeout: ACT_TIMEOUT_MILLISECONDS })) !== 'false') return true;
      await header.click({ timeout: ACT_TIMEOUT_MILLISECONDS });
      return false;
    });
  }

  /** The rows of a view in the side bar, which must be open; what is below collapsed rows is not among them. */
  async treeRows(view: string): Promise<readonly ListRow[]> {
    return readAllRows(this.#pane(view).locator('.pane-body'));
  }

  /** Opens or closes the row of a view that has this label. */
  async toggleRow(view: string, label: string): Promise<void> {
    const body = this.#pane(view).locator('.pane-body');
    const stateOf = (row: Locator) => row.getAttribute('aria-expanded', { timeout: ACT_TIMEOUT_MILLISECONDS });
    const before = await eventually(
      `the row ${label}`,
      async () => stateOf(await findRow(body, label)),
      (state) => state !== null,
    );
    // A view that is drawn anew meanwhile may swallow the click.
    await eventually(`${label} to open or close`, async () => {
      const row = await findRow(body, label);
      if ((await stateOf(row)) !== before) return true;
      await row.locator('.monaco-tl-twistie').click({ timeout: ACT_TIMEOUT_MILLISECONDS });
      await eventually(
        'the click to count',
        () => stateOf(row),
        (now) => now !== before,
        ANSWER_TIMEOUT_MILLISECONDS,
      );
      return true;
    });
  }

  /** Opens the menu of the row of a view, and takes the entry with this title. */
  async chooseFromMenu(view: string, label: string, title: string): Promise<void> {
    await eventually(`${title} in the menu of ${label}`, async () => {
      const row = await findRow(this.#pane(view).locator('.pane-body'), label);
      await row.locator('.label-name').click({ button: 'right', timeout: ACT_TIMEOUT_MILLISECONDS });
      const entries = this.page.locator('.monaco-menu .action-item:not(.disabled)');
      try {
        const entry = entries.filter({ hasText: title }).first();
        await entry.waitFor({ timeout: ACT_TIMEOUT_MILLISECONDS });
        // One click alone: a second one could land on what the first one opened.
        await delay(DEAF_MENU_MILLISECONDS);
        await entry.click({ timeout: ACT_TIMEOUT_MILLISECONDS });
        await entry.waitFor({ state: 'hidden', timeout: ACT_TIMEOUT_MILLISECONDS });
        return true;
      } catch {
        // An open menu keeps the mouse from everything below it.
        const titles = await entries.allInnerTexts();
        await this.page.keyboard.press('Escape');
        throw new Error(`The menu has ${titles.map(clean).join(', ')}.`);
      }
    });
  }

  /** Waits until the rows of a view are as `accept` wants them. */
  async waitForTree(view: string, accept: (rows: readonly ListRow[]) => boolean): Promise<readonly ListRow[]> {
    return eventually(`the rows of ${view}`, () => this.treeRows(view), accept);
  }

  /** The texts of the notifications on the screen. */
  async notifications(): Promise<readonly string[]> {
    const messages = this.page.locator('.notifications-toasts .notification-list-item-message');
    return (await messages.allInnerTexts()).map(clean);
  }

  /** Waits for a notification with this text. */
  async waitForNotification(text: string): Promise<void> {
    await eventually(
      `the notification “${text}”`,
      () => this.notifications(),
      (seen) => seen.some((message) => message.includes(text)),
    );
  }

  /** The texts in the status bar. */
  async statusBar(): Promise<readonly string[]> {
    const items = this.page.locator('.statusbar .statusbar-item:visible');
    return (await items.allInnerTexts()).map(clean).filter((text) => text !== '');
  }

  /** Keeps a picture of the window in artifacts/screenshots, for people to look at. Gives its path. */
  async screenshot(name: string): Promise<string> {
    await mkdir(SCREENSHOTS_FOLDER, { recursive: true });
    const path = join(SCREENSHOTS_FOLDER, `${name}.png`);
    await this.page.screenshot({ path });
    return path;
  }

  async #problemsPanel(): Promise<Locator> {
    const panel = this.page.locator('.markers-panel');
    if (!(await panel.isVisible())) {
      await this.runCommand('Problems: Focus on Problems View');
      await panel.waitFor();
    }
    return panel;
  }

  #activeEditor(): Locator {
    return this.page.locator('.editor-group-container.active .monaco-editor').first();
  }

  async #focusEditor(): Promise<void> {
    await this.#activeEditor().locator('.native-edit-context, textarea.inputarea').first().focus();
  }

  #pane(view: string): Locator {
    return this.page
      .locator('.sidebar .pane', { has: this.page.locator('.pane-header .title', { hasText: view }) })
      .first();
  }

  async #openQuickFixes(): Promise<Locator> {
    const rows = this.page.locator('.action-widget .monaco-list-row.action');
    await eventually('quick fixes', async () => {
      await this.page.keyboard.press('Control+.');
      await rows.first().waitFor({ timeout: ANSWER_TIMEOUT_MILLISECONDS });
      return true;
    });
    return rows;
  }

  async #openCompletions(): Promise<Locator> {
    const list = this.page.locator('.suggest-widget.visible');
    await eventually('completions', async () => {
      if (!(await list.isVisible())) await this.page.keyboard.press('Control+Space');
      await list.locator('.monaco-list-row').first().waitFor({ timeout: ANSWER_TIMEOUT_MILLISECONDS });
      return true;
    });
    return list;
  }

  /** Where on the screen the first visible `text` of the active editor is. */
  async #boxOf(text: string): Promise<{ x: number; y: number; width: number; height: number }> {
    const box = await this.#activeEditor().evaluate(
      (editor, { wanted, showText }) => {
        for (const line of editor.querySelectorAll('.view-line')) {
          // The editor draws spaces as no-break spaces.
          const start = (line.textContent ?? '').replaceAll('\u00a0', ' ').indexOf(wanted);
          if (start < 0) continue;
          const range = editor.ownerDocument.createRange();
          const walker = editor.ownerDocument.createTreeWalker(line, showText);
          let offset = 0;
          let begun = false;
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const length = node.textContent?.length ?? 0;
            if (!begun && start < offset + length) {
              range.setStart(node, start - offset);
              begun = true;
            }
            if (begun && start + wanted.length <= offset + length) {
              range.setEnd(node, start + wanted.length - offset);
              const { x, y, width, height } = range.getBoundingClientRect();
              return { x, y, width, height };
            }
            offset += length;
          }
        }
        return undefined;
      },
      { wanted: text, showText: SHOW_TEXT_NODES },
      { timeout: ACT_TIMEOUT_MILLISECONDS },
    );
    if (!box) throw new Error(`“${text}” is not in view.`);
    return box;
  }
}

/** The visible text of all that the locator finds. */
async function textOf(locator: Locator): Promise<string> {
  return clean((await locator.allInnerTexts()).join('\n'));
}

/** Text as a person reads it: single spaces, no invisible characters at the ends. */
function clean(text: string): string {
  return text
    .replaceAll('\u00a0', ' ')
    .replace(/[ \t]+/g, ' ')
    .replace(/\s*\n\s*/g, '\n')
    .trim();
}
