import type { Clock } from '../clock.ts';
import type { DriftState } from '../drift.ts';
import { Failure } from '../failure.ts';
import type { KubeApi } from '../kubeApi.ts';
import type { ResourceType } from '../resourceType.ts';
import { ClusterConnection, type Collection, type CollectionView, type ConnectionState } from './clusterConnection.ts';
import type { ClusterNode } from './clusterNode.ts';
import type { ClusterSource, ForwardedPort, KnownContext, Usage } from './clusterSource.ts';
import { ClusterTree } from './clusterTree.ts';
import { readUsage, usageKey } from './resourceUsage.ts';
import { findType } from './shownKinds.ts';

/** What the model is given. Each answer is asked for anew, because settings, files and choices change. */
export interface ClusterModelParts {
  readonly clock: Clock;
  /** A connection of its own to a context; nothing is sent until it is used. Throws a `Failure` where there can be none. */
  connect(context: string): KubeApi & { dispose(): void };
  contexts(): readonly KnownContext[];
  typedNamespaces(context: string): readonly string[];
  target(): { readonly context: string; readonly namespace: string } | undefined;
  isProtected(context: string): boolean;
  forwards(): readonly ForwardedPort[];
  /** How the workspace's manifests stand in a context; undefined where they are not compared with it. */
  drift?(context: string): DriftState | undefined;
  /** Called with the ids of the nodes to draw again, `undefined` for everything. */
  redraw(ids: readonly string[] | undefined): void;
  /** Called with what should never happen. */
  fault(error: unknown): void;
}

interface Drawn {
  node: ClusterNode;
  children: readonly string[];
  /** What is under a closed node is remembered, but neither followed nor drawn again. */
  isOpen: boolean;
}

interface Connected {
  readonly api: KubeApi & { dispose(): void };
  readonly connection: ClusterConnection;
  readonly usage: Map<string, Usage>;
}

/** Changes are drawn together: a rollout of many pods brings many events at once. */
const GATHER_MILLISECONDS = 200;

/**
 * The cluster view without a window: which nodes are open, what is followed for them, and what has to be drawn again. What
 * is closed or hidden is followed no more.
 */
export class ClusterModel {
  readonly #parts: ClusterModelParts;
  readonly #tree: ClusterTree;
  readonly #connected = new Map<string, Connected>();
  readonly #drawn = new Map<string, Drawn>();
  readonly #ending = new AbortController();
  #roots: readonly string[] = [];
  #isVisible = true;
  #isDrawing = false;

  constructor(parts: ClusterModelParts) {
    this.#parts = parts;
    this.#tree = new ClusterTree(this.#source());
  }

  /** The connection to a context, shared with what commands ask of it. */
  api(context: string): KubeApi {
    return this.#connect(context).api;
  }

  /** What a context offers, asked for once. Throws the failure where it cannot be had. */
  async types(context: string): Promise<readonly ResourceType[]> {
    const { connection } = this.#connect(context);
    connection.open();
    await connection.settled(() => []);
    const { state } = connection;
    if (state.kind === 'connected') return state.types;
    const reason = 'reason' in state ? state.reason : undefined;
    throw new Failure(reason?.kind ?? 'unreachable', reason?.message ?? `Context ${context} does not answer.`, reason);
  }

  roots(): ClusterNode[] {
    const nodes = this.#tree.roots();
    this.#roots = this.#register(nodes, this.#roots);
    return nodes;
  }

  /** Opens a node. Resolves when what stands under it was read, or why it cannot be. */
  async open(id: string): Promise<ClusterNode[]> {
    const drawn = this.#drawn.get(id);
    if (!drawn?.node.place) return [];
    drawn.isOpen = true;
    const { place } = drawn.node;
    if ('context' in place) {
      try {
        const { connection } = this.#connect(place.context);
        connection.open();
        this.#follow();
        await connection.settled(() => this.#tree.collectionsOf(place));
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        // The kubeconfig changed under the tree; the contexts are drawn again with it.
      }
      if (place.kind === 'category') this.#readUsage(place.context, place.namespace, place.category.id);
    }
    const nodes = this.#tree.children(drawn.node);
    if (this.#drawn.get(id) === drawn) drawn.children = this.#register(nodes, drawn.children);
    return nodes;
  }

  /** The node as it was last computed; undefined when it is gone. */
  node(id: string): ClusterNode | undefined {
    return this.#drawn.get(id)?.node;
  }

  isOpen(id: string): boolean {
    return this.#drawn.get(id)?.isOpen ?? false;
  }

  /** Closes a node: what is under it is remembered, and followed no more. */
  close(id: string): void {
    const drawn = this.#drawn.get(id);
    if (!drawn) return;
    drawn.isOpen = false;
    this.#follow();
  }

  setVisible(isVisible: boolean): void {
    if (this.#isVisible === isVisible) return;
    this.#isVisible = isVisible;
    this.#follow();
    if (isVisible) this.changed();
  }

  /** Asks again what was refused: the person asks for it, or a kubeconfig changed. Contexts that are gone are left. */
  retry(): void {
    const known = new Set(this.#parts.contexts().map(({ name }) => name));
    for (const [context, { api, connection, usage }] of this.#connected) {
      usage.clear();
      if (known.has(context)) {
        connection.retry();
        continue;
      }
      this.#connected.delete(context);
      connection.close();
      api.dispose();
    }
    this.#follow();
    this.#parts.redraw(undefined);
  }

  /** Draws again what is no longer as it was drawn. */
  changed(): void {
    this.#follow();
    if (this.#isDrawing || !this.#isVisible) return;
    this.#isDrawing = true;
    this.#parts.clock
      .sleep(GATHER_MILLISECONDS, this.#ending.signal)
      .then(() => {
        this.#isDrawing = false;
        if (this.#ending.signal.aborted || !this.#isVisible) return;
        const ids = this.#outdated();
        if (ids === undefined || ids.length > 0) this.#parts.redraw(ids);
      })
      .catch(this.#parts.fault);
  }

  dispose(): void {
    this.#ending.abort();
    for (const { api, connection } of this.#connected.values()) {
      connection.close();
      api.dispose();
    }
    this.#connected.clear();
  }

  /** The nodes that look otherwise now, the highest ones only; undefined when the contexts themselves changed. */
  #outdated(): string[] | undefined {
    const roots = this.#tree.roots();
    if (!sameIds(roots, this.#roots)) return undefined;
    const outdated: string[] = [];
    const look = (nodes: readonly ClusterNode[]): void => {
      for (const node of nodes) {
        const drawn = this.#drawn.get(node.id);
        if (!drawn) continue;
        const before = drawn.node;
        drawn.node = node;
        if (!isSameLine(before, node)) outdated.push(node.id);
        else if (drawn.isOpen && node.place) {
          if (this.#isReading(node)) continue;
          const children = this.#tree.children(node);
          if (sameIds(children, drawn.children)) look(children);
          else outdated.push(node.id);
        }
      }
    };
    look(roots);
    return outdated;
  }

  /** While a heading is read again, what was drawn of it stays. */
  #isReading({ place }: ClusterNode): boolean {
    if (!place || !('context' in place)) return false;
    return this.#tree
      .collectionsOf(place)
      .some((collection) => this.#view(place.context, collection)?.state.kind === 'syncing');
  }

  #register(nodes: readonly ClusterNode[], before: readonly string[]): readonly string[] {
    const ids = nodes.map(({ id }) => id);
    const kept = new Set(ids);
    for (const id of before) if (!kept.has(id)) this.#forget(id);
    for (const node of nodes) {
      const drawn = this.#drawn.get(node.id);
      if (drawn) drawn.node = node;
      else this.#drawn.set(node.id, { node, children: [], isOpen: false });
    }
    return ids;
  }

  #forget(id: string): void {
    for (const child of this.#drawn.get(id)?.children ?? []) this.#forget(child);
    this.#drawn.delete(id);
  }

  /** Follows what the open nodes need, where everything above them is open too. */
  #follow(): void {
    const wanted = new Map<string, Collection[]>();
    const visit = (ids: readonly string[]): void => {
      for (const id of ids) {
        const drawn = this.#drawn.get(id);
        const place = drawn?.node.place;
        if (!drawn?.isOpen || !place) continue;
        if ('context' in place) {
          const ofContext = wanted.get(place.context) ?? [];
          wanted.set(place.context, [...ofContext, ...this.#tree.collectionsOf(place)]);
        }
        visit(drawn.children);
      }
    };
    if (this.#isVisible) visit(this.#roots);
    for (const [context, { connection }] of this.#connected) {
      // Nothing is asked before the kinds are known, so that a program gives its credentials once and not many times.
      if (connection.state.kind === 'connected') connection.want(wanted.get(context) ?? []);
    }
  }

  #connect(context: string): Connected {
    let connected = this.#connected.get(context);
    if (!connected) {
      const api = this.#parts.connect(context);
      const { clock, fault } = this.#parts;
      const connection = new ClusterConnection({ api, clock, changed: () => this.changed(), fault });
      connected = { api, connection, usage: new Map() };
      this.#connected.set(context, connected);
    }
    return connected;
  }

  #view(context: string, collection: Collection): CollectionView | undefined {
    return this.#connected.get(context)?.connection.view(collection);
  }

  /** The metrics API cannot be watched: it is asked when a heading is opened, and by Refresh. */
  #readUsage(context: string, namespace: string | undefined, category: string): void {
    const connected = this.#connected.get(context);
    if (connected?.connection.state.kind !== 'connected') return;
    const name = category === 'workloads' ? 'pods.metrics.k8s.io' : category === 'nodes' ? 'nodes.metrics.k8s.io' : '';
    const type = findType(connected.connection.state.types, name);
    if (!type) return;
    readUsage(connected.api, type, namespace, this.#ending.signal)
      .then((usage) => {
        for (const [key, used] of usage) connected.usage.set(key, used);
        this.changed();
      })
      .catch(this.#parts.fault);
  }

  #source(): ClusterSource {
    const parts = this.#parts;
    return {
      contexts: () => parts.contexts(),
      connection: (context): ConnectionState => this.#connected.get(context)?.connection.state ?? { kind: 'idle' },
      view: (context, collection) => this.#view(context, collection),
      typedNamespaces: (context) => parts.typedNamespaces(context),
      target: () => parts.target(),
      isProtected: (context) => parts.isProtected(context),
      usage: (context, type, namespace, name) =>
        this.#connected.get(context)?.usage.get(usageKey(type.plural, namespace, name)),
      forwards: () => parts.forwards(),
      drift: (context) => parts.drift?.(context),
      nowMilliseconds: () => parts.clock.now(),
    };
  }
}

function sameIds(nodes: readonly ClusterNode[], ids: readonly string[]): boolean {
  return nodes.length === ids.length && nodes.every(({ id }, index) => id === ids[index]);
}

function isSameLine(a: ClusterNode, b: ClusterNode): boolean {
  return (
    a.label === b.label &&
    a.description === b.description &&
    a.tooltip === b.tooltip &&
    a.contextValue === b.contextValue &&
    a.icon.name === b.icon.name &&
    a.icon.color === b.icon.color &&
    (a.place === undefined) === (b.place === undefined)
  );
}
