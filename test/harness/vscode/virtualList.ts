import type { Locator } from 'playwright-core';
import { eventually } from './eventually.ts';

/** One row of a list or tree, as a person sees it. */
export interface ListRow {
  /** Its text on one line; parts that merely stand side by side run together, so look at `parts` first. */
  readonly text: string;
  /** What a screen reader says. */
  readonly label: string;
  /** Depth in a tree, from 1; a plain list has 1 throughout. */
  readonly level: number;
  /** Undefined where there is nothing below the row. */
  readonly expanded: boolean | undefined;
  /** Class names of the icons in the row, such as `codicon-error`. */
  readonly icons: readonly string[];
  /** Its text by part, under the class names that VS Code gives the parts. */
  readonly parts: Readonly<Record<string, string>>;
}

/** The rows of a list. The copies of parents that a tree keeps at its top while it is scrolled lie elsewhere. */
const ROWS = '.monaco-list-rows > .monaco-list-row';

/** How long a turn of the wheel may take to show; a list that is drawn anew meanwhile forgets it, and is read again. */
const SCROLL_TIMEOUT_MILLISECONDS = 5000;

const PARTS = ['label-name', 'label-description', 'marker-message', 'marker-source', 'marker-code', 'marker-line'];

/**
 * Reads every row of the `.monaco-list` inside `container`. The list holds only the rows in view in the page, so it is
 * scrolled through with the mouse wheel, from the top to the end. A list without rows gives none; one that changes
 * meanwhile throws, so look at it through `eventually`.
 */
export async function readAllRows(container: Locator): Promise<readonly ListRow[]> {
  const list = container.locator('.monaco-list').first();
  const rows = new Map<number, ListRow>();
  let seen = await scrollToTop(list);
  for (;;) {
    for (const { index, row } of seen) rows.set(index, row);
    if (seen.length === 0 || seen.some(({ last }) => last)) break;
    seen = await scrollBeyond(list, rows);
  }
  const sorted = [...rows].sort(([a], [b]) => a - b);
  const indexes = sorted.map(([index]) => index);
  if (indexes.some((index, position) => index !== position))
    throw new Error(`The list changed while it was read; rows ${indexes.join(', ')} were seen.`);
  return sorted.map(([, row]) => row);
}

/** Scrolls until the row whose name is `label` is in view, and gives it. Throws when the list has no such row. */
export async function findRow(container: Locator, label: string): Promise<Locator> {
  const list = container.locator('.monaco-list').first();
  const name = container.page().locator('.label-name', { hasText: new RegExp(`^\\s*${escaped(label)}\\s*$`) });
  const row = list.locator(ROWS, { has: name }).first();
  let seen = await scrollToTop(list);
  const seenIndexes = new Set<number>();
  for (;;) {
    if ((await row.count()) > 0) return row;
    if (seen.length === 0 || seen.some(({ last }) => last)) throw new Error(`There is no row ${label}.`);
    for (const { index } of seen) seenIndexes.add(index);
    seen = await scrollBeyond(list, seenIndexes);
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Gives the rows at the top, as soon as they are in view. */
async function scrollToTop(list: Locator): Promise<VisibleRow[]> {
  return eventually(
    'the top of the list',
    async () => {
      const seen = await readVisibleRows(list);
      if (seen.length > 0 && seen.every(({ index }) => index > 0)) await scroll(list, () => -1_000_000);
      return seen;
    },
    (seen) => seen.length === 0 || seen.some(({ index }) => index === 0),
  );
}

/**
 * Scrolls on by half a page and gives the rows that are then in view: VS Code takes the wheel's distance for more than it
 * is, and no row may be passed over. It takes effect later, and another turn of the wheel before that would pass rows
 * over too. A list that closed or lost its rows meanwhile gives none.
 */
async function scrollBeyond(list: Locator, known: { has(index: number): boolean }): Promise<VisibleRow[]> {
  await scroll(list, (heightPixels) => heightPixels * 0.5);
  return eventually(
    'the list to scroll on',
    () => readVisibleRows(list),
    (seen) => seen.length === 0 || seen.some(({ index, last }) => last || !known.has(index)),
    SCROLL_TIMEOUT_MILLISECONDS,
  );
}

async function scroll(list: Locator, distancePixels: (heightPixels: number) => number): Promise<void> {
  // Asked of all elements at once, which waits for none: a list that is gone has nothing to scroll.
  const [box] = await list.evaluateAll((elements) =>
    elements.map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x, y, width, height };
    }),
  );
  if (!box) return;
  const { mouse } = list.page();
  await mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await mouse.wheel(0, distancePixels(box.height));
}

interface VisibleRow {
  readonly index: number;
  readonly last: boolean;
  readonly row: ListRow;
}

async function readVisibleRows(list: Locator): Promise<VisibleRow[]> {
  // What runs inside the page must not name functions: the names are kept by a helper that the page has not.
  const seen = await list.locator(ROWS).evaluateAll(
    (elements, parts) =>
      elements.map((element) => ({
        index: Number(element.getAttribute('data-index')),
        last: element.getAttribute('data-last-element') === 'true',
        text: (element as unknown as { innerText: string }).innerText,
        label: element.getAttribute('aria-label') ?? '',
        level: Number(element.getAttribute('aria-level') ?? 1),
        expanded: element.getAttribute('aria-expanded'),
        classes: [...element.querySelectorAll('[class*="codicon-"]')].flatMap((icon) => [...icon.classList]),
        parts: parts.map((part) => [part, element.querySelector(`.${part}`)?.textContent] as const),
      })),
    PARTS,
  );
  return seen.map(({ index, last, text, label, level, expanded, classes, parts }) => ({
    index,
    last,
    row: {
      text: oneLine(text),
      label,
      level,
      expanded: expanded === null ? undefined : expanded === 'true',
      icons: classes.filter((name) => name.startsWith('codicon-')),
      parts: Object.fromEntries(parts.flatMap(([part, found]) => (found == null ? [] : [[part, oneLine(found)]]))),
    },
  }));
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
