import { type QuickPickItem, window } from 'vscode';
import type { CommandContext } from './command.ts';

/** Shows a list that stays while one difference after the other is opened; it goes when it is dismissed. */
export function showDifferences<T extends QuickPickItem>(
  { log }: Pick<CommandContext, 'log'>,
  title: string,
  items: readonly T[],
  open: (item: T) => Promise<void>,
): void {
  const picker = window.createQuickPick<T>();
  picker.title = title;
  picker.placeholder = 'Select an object to see the difference';
  picker.ignoreFocusOut = true;
  picker.matchOnDescription = true;
  picker.items = items;
  picker.onDidAccept(() => {
    const [item] = picker.selectedItems;
    if (!item) return;
    open(item)
      .then(() => picker.show())
      .catch((error: unknown) => log.error(String(error)));
  });
  picker.onDidHide(() => picker.dispose());
  picker.show();
}
