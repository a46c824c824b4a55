import {
  type Disposable,
  type Event,
  EventEmitter,
  type TreeDataProvider,
  type TreeItem,
  TreeItemCollapsibleState,
  type TreeView,
  window,
} from 'vscode';
import { ClusterModel, type ClusterModelParts } from '../cluster/tree/clusterModel.ts';
import type { ClusterNode } from '../cluster/tree/clusterNode.ts';
import { treeItem } from './treeItem.ts';

/** What the editor holds of a node; `item` is what menus give to commands. */
interface Handle {
  readonly id: string;
  item: ClusterNode;
}

/** Draws the cluster model, and tells it what is open and whether anybody looks. */
export class ClusterView implements TreeDataProvider<Handle>, Disposable {
  readonly model: ClusterModel;
  readonly #changed = new EventEmitter<Handle | undefined>();
  readonly onDidChangeTreeData: Event<Handle | undefined> = this.#changed.event;
  readonly #handles = new Map<string, Handle>();
  readonly #view: TreeView<Handle>;
  readonly #listeners: readonly Disposable[];

  constructor(parts: Omit<ClusterModelParts, 'redraw'>) {
    this.model = new ClusterModel({ ...parts, redraw: (ids) => this.#redraw(ids) });
    this.#view = window.createTreeView('slipway.cluster', { treeDataProvider: this, showCollapseAll: true });
    this.model.setVisible(this.#view.visible);
    this.#listeners = [
      this.#view.onDidChangeVisibility(({ visible }) => this.model.setVisible(visible)),
      this.#view.onDidCollapseElement(({ element }) => this.model.close(element.id)),
      // The editor shows a node that is opened again as it was; it is read anew here.
      this.#view.onDidExpandElement(({ element }) => {
        if (!this.model.isOpen(element.id)) this.#changed.fire(element);
      }),
    ];
  }

  async getChildren(parent?: Handle): Promise<Handle[]> {
    const nodes = parent ? await this.model.open(parent.id) : this.model.roots();
    return nodes.map((node) => this.#handle(node));
  }

  getTreeItem({ item }: Handle): TreeItem {
    const { argument, command, place } = item;
    const state = place ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None;
    const click = command ? { command: { ...command, arguments: [argument] } } : {};
    const { description, icon, label, tooltip, contextValue, id } = item;
    const drawn = treeItem({ id, label, description, icon, contextValue, ...click }, id, state);
    // What the cluster says is text, never Markdown.
    drawn.tooltip = tooltip;
    return drawn;
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
    this.#view.dispose();
    this.model.dispose();
    this.#changed.dispose();
  }

  #handle(node: ClusterNode): Handle {
    const handle = this.#handles.get(node.id);
    if (handle) {
      handle.item = node;
      return handle;
    }
    const made = { id: node.id, item: node };
    this.#handles.set(node.id, made);
    return made;
  }

  #redraw(ids: readonly string[] | undefined): void {
    if (ids === undefined) {
      this.#handles.clear();
      this.#changed.fire(undefined);
      return;
    }
    for (const id of ids) {
      const handle = this.#handles.get(id);
      const node = this.model.node(id);
      if (!handle || !node) continue;
      handle.item = node;
      this.#changed.fire(handle);
    }
  }
}
