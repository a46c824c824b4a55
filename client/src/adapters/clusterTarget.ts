import { type Disposable, type Event, EventEmitter, type Memento } from 'vscode';
import { type ClusterContext, kubeConfigFiles, listContexts, loadKubeConfig } from './kubeConfig.ts';
import { slipwaySettings } from './slipwaySettings.ts';

/** The context and namespace that a person chose in this workspace. */
export interface ChosenTarget {
  readonly context: string;
  readonly namespace: string;
}

/** What was last heard of the chosen cluster. Slipway never asks it unasked: credentials may open a browser. */
export type ClusterState = 'not asked' | 'reachable' | 'unreachable';

const KEY = 'slipway.target';
const NAMESPACES_KEY = 'slipway.namespaces';

/** Where the workspace is deployed to: kept per workspace, never taken from the kubeconfig's current context. */
export class ClusterTarget implements Disposable {
  readonly #memory: Memento;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange: Event<void> = this.#changed.event;
  #state: ClusterState = 'not asked';

  constructor(memory: Memento) {
    this.#memory = memory;
  }

  get chosen(): ChosenTarget | undefined {
    return this.#memory.get<ChosenTarget>(KEY);
  }

  get state(): ClusterState {
    return this.#state;
  }

  async choose(target: ChosenTarget): Promise<void> {
    const isSame = this.chosen?.context === target.context;
    await this.#memory.update(KEY, target);
    this.heard(isSame ? this.#state : 'not asked');
  }

  /** The namespaces that were typed for a context, because they may not be listed there. */
  typedNamespaces(context: string): readonly string[] {
    return this.#memory.get<Record<string, readonly string[]>>(NAMESPACES_KEY, {})[context] ?? [];
  }

  async rememberNamespace(context: string, namespace: string): Promise<void> {
    const all = this.#memory.get<Record<string, readonly string[]>>(NAMESPACES_KEY, {});
    await this.#memory.update(NAMESPACES_KEY, {
      ...all,
      [context]: [...new Set([...(all[context] ?? []), namespace])],
    });
    this.#changed.fire();
  }

  /** Notes whether the cluster answered. */
  heard(state: ClusterState): void {
    this.#state = state;
    this.#changed.fire();
  }

  get files(): readonly string[] {
    return kubeConfigFiles(slipwaySettings.kubeconfigs(), process.env);
  }

  /** The contexts of the kubeconfigs, and what is wrong with files that cannot be read. */
  contexts(): { contexts: readonly ClusterContext[]; problems: readonly string[] } {
    const loaded = loadKubeConfig(this.files);
    return { contexts: listContexts(loaded), problems: loaded.problems.map(({ message }) => message) };
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
