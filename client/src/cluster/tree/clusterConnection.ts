import type { Clock } from '../clock.ts';
import { Failure, type FailureKind, type FailureReport } from '../failure.ts';
import type { KubeApi } from '../kubeApi.ts';
import type { KubeObject } from '../kubeObject.ts';
import { ObjectCache } from '../objectCache.ts';
import { collectionPath, type ResourceType } from '../resourceType.ts';
import { BUILT_IN_TYPES } from './shownKinds.ts';
import { slimApi } from './slimObject.ts';

/** The objects of one kind in one namespace, or in the whole cluster. */
export interface Collection {
  readonly type: ResourceType;
  readonly namespace: string | undefined;
  readonly fieldSelector?: string;
}

/** What tells two collections apart. */
export function collectionKey({ fieldSelector = '', namespace, type }: Collection): string {
  return `${collectionPath(type, namespace)}?${fieldSelector}`;
}

/** How far a collection can be believed. `refused` is final until somebody asks again: nothing knocks at a closed door. */
export type CollectionState =
  | { readonly kind: 'syncing' }
  | { readonly kind: 'live' }
  | { readonly kind: 'stale' | 'refused'; readonly reason: FailureReport };

/** What is known of a collection. The same array of objects is given until something changes. */
export interface CollectionView {
  readonly state: CollectionState;
  readonly objects: readonly KubeObject[];
}

/** Whether a context answers. While it does not, the reason is that of the last attempt. */
export type ConnectionState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'connecting'; readonly reason?: FailureReport }
  | { readonly kind: 'connected'; readonly types: readonly ResourceType[] }
  | { readonly kind: 'refused'; readonly reason: FailureReport };

/** What a connection is made of. */
export interface ConnectionParts {
  readonly api: Pick<KubeApi, 'discovery' | 'list' | 'watch'>;
  readonly clock: Clock;
  /** Called after every change of what is known. */
  readonly changed: () => void;
  /** Called with what should never happen. */
  readonly fault: (error: unknown) => void;
}

interface Watched {
  readonly cache: ObjectCache;
  readonly stop: AbortController;
}

/** What passes by itself; everything else needs somebody to do something. */
const PASSING: ReadonlySet<FailureKind> = new Set<FailureKind>(['unreachable', 'timeout', 'expired', 'conflict']);

const LONGEST_PAUSE_MILLISECONDS = 15_000;

/**
 * One context as a view sees it. It asks the API server for its kinds once, and for each collection that is wanted holds
 * exactly one list and one watch, which end when it is wanted no more.
 */
export class ClusterConnection {
  readonly #parts: ConnectionParts;
  readonly #slim: Pick<KubeApi, 'list' | 'watch'>;
  readonly #watched = new Map<string, Watched>();
  readonly #waiting = new Set<() => void>();
  #state: ConnectionState = { kind: 'idle' };
  #discovering: AbortController | undefined;

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
    this.#slim = slimApi(parts.api);
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Asks for the kinds unless they are known, or their refusal is. */
  open(): void {
    if (this.#state.kind !== 'idle') return;
    this.#discovering = new AbortController();
    this.#become({ kind: 'connecting' });
    this.#discover(this.#discovering.signal).catch(this.#parts.fault);
  }

  /** Follows these collections and no others. */
  want(collections: readonly Collection[]): void {
    const wanted = new Map(collections.map((collection) => [collectionKey(collection), collection]));
    for (const [key, { stop }] of this.#watched) {
      if (wanted.has(key)) continue;
      stop.abort();
      this.#watched.delete(key);
    }
    for (const [key, collection] of wanted) if (!this.#watched.has(key)) this.#follow(key, collection);
    this.#wake();
  }

  /** What is known of a collection; undefined when it is not wanted. */
  view(collection: Collection): CollectionView | undefined {
    const watched = this.#watched.get(collectionKey(collection));
    if (!watched) return undefined;
    const { objects, state } = watched.cache.snapshot();
    const refusal = refusalOf(watched);
    return { objects, state: refusal ? { kind: 'refused', reason: refusal } : state };
  }

  /** Resolves when the kinds are known or why not, and every one of these collections is read, refused or wanted no more. */
  async settled(collections: () => readonly Collection[]): Promise<void> {
    while (this.#state.kind === 'connecting' && !this.#state.reason) await this.#change();
    while (collections().some((collection) => this.view(collection)?.state.kind === 'syncing')) await this.#change();
  }

  /** Forgets refusals and asks again; what is followed well goes on. */
  retry(): void {
    for (const [key, watched] of this.#watched) {
      if (!refusalOf(watched)) continue;
      watched.stop.abort();
      this.#watched.delete(key);
    }
    if (this.#state.kind === 'connecting') return;
    this.#state = { kind: 'idle' };
    this.open();
  }

  /** Ends everything that is under way. */
  close(): void {
    this.want([]);
    this.#discovering?.abort();
    this.#become({ kind: 'idle' });
  }

  async #discover(signal: AbortSignal): Promise<void> {
    for (let failures = 1; !signal.aborted; failures += 1) {
      try {
        const types = await this.#parts.api.discovery(signal);
        if (!signal.aborted) this.#become({ kind: 'connected', types });
        return;
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof Failure)) throw error;
        // Who may not ask for the kinds may still list some of those that every server has.
        if (error.kind === 'forbidden') return this.#become({ kind: 'connected', types: BUILT_IN_TYPES });
        if (!PASSING.has(error.kind)) return this.#become({ kind: 'refused', reason: error.report });
        this.#become({ kind: 'connecting', reason: error.report });
        const pause = Math.min(500 * 2 ** (failures - 1), LONGEST_PAUSE_MILLISECONDS);
        await this.#parts.clock.sleep(pause, signal);
      }
    }
  }

  #follow(key: string, { fieldSelector, namespace, type }: Collection): void {
    const selection = fieldSelector === undefined ? {} : { fieldSelector };
    const cache = new ObjectCache(this.#slim, collectionPath(type, namespace), selection, this.#parts.clock);
    const watched: Watched = { cache, stop: new AbortController() };
    this.#watched.set(key, watched);
    cache.subscribe(() => {
      if (this.#watched.get(key) !== watched) return;
      if (refusalOf(watched)) watched.stop.abort();
      this.#changed();
    });
    cache.run(watched.stop.signal).catch(this.#parts.fault);
  }

  #become(state: ConnectionState): void {
    this.#state = state;
    this.#changed();
  }

  #changed(): void {
    this.#parts.changed();
    this.#wake();
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#waiting.add(resolve));
  }
}

/** Why a collection may not be read; undefined while it may, or may again by itself. */
function refusalOf({ cache }: Watched): FailureReport | undefined {
  const { state } = cache.snapshot();
  return state.kind === 'stale' && !PASSING.has(state.reason.kind) ? state.reason : undefined;
}
