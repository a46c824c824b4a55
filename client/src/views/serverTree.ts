import {
  type Disposable,
  type Event,
  EventEmitter,
  MarkdownString,
  Range,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
} from 'vscode';
import type { ViewItem } from './viewItem.ts';

/** An item with the path of ids that makes it unique in its view. */
interface PlacedItem {
  readonly item: ViewItem;
  readonly path: string;
}

/** Draws a tree that is computed from an answer of the server, and asks again when it is told to. */
export class ServerTree implements TreeDataProvider<PlacedItem>, Disposable {
  readonly #load: () => Promise<readonly ViewItem[]>;
  readonly #changed = new EventEmitter<undefined>();
  readonly onDidChangeTreeData: Event<undefined> = this.#changed.event;

  constructor(load: () => Promise<readonly ViewItem[]>) {
    this.#load = load;
  }

  refresh(): void {
    this.#changed.fire(undefined);
  }

  async getChildren(parent?: PlacedItem): Promise<PlacedItem[]> {
    const items = parent ? parent.item.children : await this.#load();
    return items.map((item) => ({ item, path: `${parent?.path ?? ''}/${item.id}` }));
  }

  getTreeItem({ item, path }: PlacedItem): TreeItem {
    const drawn = new TreeItem(item.label, collapsibleState(item));
    drawn.id = path;
    if (item.description !== undefined) drawn.description = item.description;
    if (item.tooltip !== undefined) drawn.tooltip = new MarkdownString(item.tooltip);
    if (item.icon) {
      drawn.iconPath = new ThemeIcon(item.icon.name, item.icon.color ? new ThemeColor(item.icon.color) : undefined);
    }
    if (item.contextValue !== undefined) drawn.contextValue = item.contextValue;
    drawn.accessibilityInformation = { label: [item.label, item.description].filter(Boolean).join(', ') };
    if (item.location) {
      const { start, end } = item.location.range;
      const selection = new Range(start.line, start.character, end.line, end.character);
      const uri = Uri.parse(item.location.uri);
      drawn.command = { command: 'vscode.open', title: 'Go to the Line', arguments: [uri, { selection }] };
    } else if (item.command) {
      const { arguments: given, id, title } = item.command;
      drawn.command = { command: id, title, arguments: [...given] };
    }
    return drawn;
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

function collapsibleState({ children, isOpen }: ViewItem): TreeItemCollapsibleState {
  if (children.length === 0) return TreeItemCollapsibleState.None;
  return isOpen ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
}
