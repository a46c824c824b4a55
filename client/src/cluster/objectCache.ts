import type { Clock } from './clock.ts';
import { Failure, type FailureReport } from './failure.ts';
import type { KubeApi, Selection, WatchEvent } from './kubeApi.ts';
import type { KubeObject } from './kubeObject.ts';

/** How far the cache can be believed. A stale cache still shows what it last knew, and why it knows no better. */
export type CacheState =
  | { readonly kind: 'syncing' }
  | { readonly kind: 'live' }
  | { readonly kind: 'stale'; readonly reason: FailureReport; readonly sinceMilliseconds: number };

/** What the cache holds at one moment. The same snapshot is given until something changes. */
export interface CacheSnapshot {
  readonly state: CacheState;
  readonly objects: readonly KubeObject[];
  readonly resourceVersion: string;
}

/** The pauses between attempts to reach the server again, doubled from the first to the longest. */
export interface Backoff {
  readonly firstMilliseconds: number;
  readonly longestMilliseconds: number;
}

const defaultBackoff: Backoff = { firstMilliseconds: 250, longestMilliseconds: 15_000 };

/** A watch that ends sooner than this without an event was of no use. */
const shortWatchMilliseconds = 5_000;

/**
 * The objects of one collection, kept by list and watch. The cache is the only writer of its objects. It survives a
 * server that goes away, a watch that ends and a resource version that expired, and asks for no more than one list and
 * one watch at a time.
 */
export class ObjectCache {
  readonly #api: Pick<KubeApi, 'list' | 'watch'>;
  readonly #path: string;
  readonly #selection: Selection;
  readonly #clock: Clock;
  readonly #backoff: Backoff;
  readonly #objects = new Map<string, KubeObject>();
  readonly #listeners = new Set<() => void>();
  #state: CacheState = { kind: 'syncing' };
  #resourceVersion = '';
  #snapshot: CacheSnapshot | undefined;
  #notifying = false;

  constructor(
    api: Pick<KubeApi, 'list' | 'watch'>,
    path: string,
    selection: Selection,
    clock: Clock,
    backoff: Backoff = defaultBackoff,
  ) {
    this.#api = api;
    this.#path = path;
    this.#selection = selection;
    this.#clock = clock;
    this.#backoff = backoff;
  }

  snapshot(): CacheSnapshot {
    this.#snapshot ??= {
      state: this.#state,
      objects: [...this.#objects.values()],
      resourceVersion: this.#resourceVersion,
    };
    return this.#snapshot;
  }

  /** Calls the listener after changes, once for all changes of one turn of the event loop. Returns how to stop. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Keeps the cache current until the signal fires. Never throws for what the server does. */
  async run(signal: AbortSignal): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      try {
        if (this.#resourceVersion === '') await this.#list(signal);
        failures = (await this.#follow(signal)) ? 0 : failures + 1;
        if (failures > 1) await this.#pause(failures - 1, signal);
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof Failure)) throw error;
        if (error.kind === 'expired') {
          this.#resourceVersion = '';
          this.#become({ kind: 'syncing' });
          failures += 1;
          if (failures > 1) await this.#pause(failures - 1, signal);
          continue;
        }
        failures += 1;
        this.#becomeStale(error.report);
        await this.#pause(failures, signal);
      }
    }
  }

  async #list(signal: AbortSignal): Promise<void> {
    const list = await this.#api.list(this.#path, this.#selection, signal);
    this.#objects.clear();
    for (const object of list.items) this.#objects.set(keyOf(object), object);
    this.#resourceVersion = list.resourceVersion;
    this.#state = { kind: 'live' };
    this.#changed();
  }

  /**
   * Follows one watch to its end; true when it was of use: it brought something or lasted, so that a server that hangs
   * up at once is not hammered.
   */
  async #follow(signal: AbortSignal): Promise<boolean> {
    const events = await this.#api.watch(this.#path, this.#resourceVersion, this.#selection, signal);
    this.#become({ kind: 'live' });
    const openedAt = this.#clock.now();
    let brought = false;
    for await (const event of events) {
      brought = true;
      this.#take(event);
    }
    return brought || this.#clock.now() - openedAt >= shortWatchMilliseconds;
  }

  #take(event: WatchEvent): void {
    this.#resourceVersion = event.object.metadata.resourceVersion ?? this.#resourceVersion;
    if (event.type === 'BOOKMARK') return;
    if (event.type === 'DELETED') this.#objects.delete(keyOf(event.object));
    else this.#objects.set(keyOf(event.object), event.object);
    this.#changed();
  }

  #become(state: CacheState): void {
    if (this.#state.kind === state.kind) return;
    this.#state = state;
    this.#changed();
  }

  #becomeStale(reason: FailureReport): void {
    const since = this.#state.kind === 'stale' ? this.#state.sinceMilliseconds : this.#clock.now();
    this.#state = { kind: 'stale', reason, sinceMilliseconds: since };
    this.#changed();
  }

  #pause(failures: number, signal: AbortSignal): Promise<void> {
    const { firstMilliseconds, longestMilliseconds } = this.#backoff;
    return this.#clock.sleep(Math.min(firstMilliseconds * 2 ** (failures - 1), longestMilliseconds), signal);
  }

  #changed(): void {
    this.#snapshot = undefined;
    if (this.#notifying) return;
    this.#notifying = true;
    setImmediate(() => {
      this.#notifying = false;
      for (const listener of this.#listeners) listener();
    });
  }
}

function keyOf(object: KubeObject): string {
  return `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
}
