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

const PARTS = ['label-name', 'label-description', 'marker-message', 'marker-source', 'marker-code', 'marker-line'];

/**
 * Reads every row of the `.monaco-list` inside `container`. The list holds only the rows in view in the page, so it is
 * scrolled through with the mouse wheel, from the top to the end. A list without rows gives none; one that changes
 * meanwhile throws, so look at it through `eventually`.
 */
export async function readAllRows(container: Locator): Promise<readonly ListRow[]> {
  const list = container.locator('.monaco-list').first();
  const rows = new Map<number, ListRow>();
  await scrollToTop(list);
  for (;;) {
    const seen = await readVisibleRows(list);
    for (const { index, row } of seen) rows.set(index, row);
    if (seen.length === 0 || seen.some(({ last }) => last)) break;
    await scrollOn(list);
    // Scrolling takes effect later; another turn of the wheel before that would pass rows over.
    await eventually('the list to scroll on', () => hasMoreThan(list, rows));
  }
  const sorted = [...rows].sort(([a], [b]) => a - b);
  if (sorted.some(([index], position) => index !== position)) throw new Error('The list changed while it was read.');
  return sorted.map(([, row]) => row);
}

/** Scrolls until the row whose name is `label` is in view, and gives it. Throws when the list has no such row. */
export async function findRow(container: Locator, label: string): Promise<Locator> {
  const list = container.locator('.monaco-list').first();
  const name = container.page().locator('.label-name', { hasText: new RegExp(`^\\s*${escaped(label)}\\s*$`) });
  const row = list.locator('.monaco-list-row', { has: name }).first();
  await scrollToTop(list);
  const seenIndexes = new Set<number>();
  for (;;) {
    if ((await row.count()) > 0) return row;
    const seen = await readVisibleRows(list);
    if (seen.length === 0 || seen.some(({ last }) => last)) throw new Error(`There is no row ${label}.`);
    for (const { index } of seen) seenIndexes.add(index);
    await scrollOn(list);
    await eventually('the list to scroll on', () => hasMoreThan(list, seenIndexes));
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

async function hasMoreThan(list: Locator, known: { has(index: number): boolean }): Promise<boolean> {
  return (await readVisibleRows(list)).some(({ index, last }) => last || !known.has(index));
}

async function scrollToTop(list: Locator): Promise<void> {
  await eventually('the top of the list', async () => {
    const seen = await readVisibleRows(list);
    if (seen.length === 0 || seen.some(({ index }) => index === 0)) return true;
    await scroll(list, () => -1_000_000);
    return false;
  });
}

/** Half a page: VS Code takes the wheel's distance for more than it is, and no row may be passed over. */
async function scrollOn(list: Locator): Promise<void> {
  await scroll(list, (heightPixels) => heightPixels * 0.5);
}

async function scroll(list: Locator, distancePixels: (heightPixels: number) => number): Promise<void> {
  const box = await list.boundingBox();
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
  const seen = await list.locator('.monaco-list-row').evaluateAll(
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
