import {
  type Disposable,
  type Event,
  EventEmitter,
  type TreeDataProvider,
  type TreeItem,
  TreeItemCollapsibleState,
} from 'vscode';
import { treeItem } from './treeItem.ts';
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
    return treeItem(item, path, collapsibleState(item));
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

function collapsibleState({ children, isOpen }: ViewItem): TreeItemCollapsibleState {
  if (children.length === 0) return TreeItemCollapsibleState.None;
  return isOpen ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
}
