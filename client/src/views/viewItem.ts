import type { Location } from 'vscode-languageclient/node';

/** One line of a view, ready to be drawn. Plain data: no view decides anything. */
export interface ViewItem {
  /** Unique among its siblings, and stable, so that what is open stays open. */
  readonly id: string;
  readonly label: string;
  /** Words in a lighter colour behind the label; they also carry the state for those who see no icon. */
  readonly description?: string;
  readonly tooltip?: string;
  /** The name of a codicon and, where the colour means something, of a theme colour. */
  readonly icon?: { readonly name: string; readonly color?: string };
  /** Where a click leads. */
  readonly location?: Location;
  /** The command that a click runs, where it leads to no place. */
  readonly command?: { readonly id: string; readonly title: string; readonly arguments: readonly unknown[] };
  /** What `view/item/context` menus look at. */
  readonly contextValue?: string;
  /** What the commands of the item's menu get. */
  readonly argument?: unknown;
  readonly children: readonly ViewItem[];
  readonly isOpen?: boolean;
}
