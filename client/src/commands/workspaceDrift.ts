import { type Memento, type Uri, workspace } from 'vscode';
import type { ChosenTarget } from '../adapters/clusterTarget.ts';
import { type DriftSource, readDriftSource } from '../adapters/driftSource.ts';
import { type DriftEntry, type DriftState, driftOf, type WrittenObject } from '../cluster/drift.ts';
import { Failure } from '../cluster/failure.ts';
import type { KubeApi } from '../cluster/kubeApi.ts';
import { textAsSeen } from './textAsSeen.ts';

const KEY = 'slipway.drift';

/** What it works with. */
export interface DriftSurroundings {
  /** Remembers what is compared with which target. */
  readonly memory: Memento;
  /** Draws the cluster view again. */
  changed(): void;
  isTrusted(): boolean;
}

/**
 * How what the person chose of this workspace stands in the clusters that it is deployed to. It is compared when the person
 * asks for it, and never because something was typed; what was saved since only makes it outdated.
 */
export class WorkspaceDrift {
  readonly #surroundings: DriftSurroundings;
  readonly #states = new Map<string, DriftState>();

  constructor(surroundings: DriftSurroundings) {
    this.#surroundings = surroundings;
  }

  state(target: ChosenTarget): DriftState {
    const known = this.#states.get(keyOf(target));
    if (known) return known;
    const sources = this.sources(target);
    if (sources.length === 0) return { kind: 'not chosen' };
    return { kind: 'not compared', sources: sources.map(({ path }) => workspace.asRelativePath(path)) };
  }

  /** What is compared with a target; empty before it was chosen. */
  sources(target: ChosenTarget): readonly DriftSource[] {
    return this.#remembered()[keyOf(target)] ?? [];
  }

  async choose(target: ChosenTarget, sources: readonly DriftSource[]): Promise<void> {
    await this.#surroundings.memory.update(KEY, { ...this.#remembered(), [keyOf(target)]: sources });
    this.#become(target, undefined);
  }

  /** Compares all chosen sources with the cluster. When it is cancelled, what was known before stays. */
  async compare(target: ChosenTarget, api: KubeApi, signal: AbortSignal): Promise<readonly DriftEntry[]> {
    const before = this.#states.get(keyOf(target));
    this.#become(target, { kind: 'comparing' });
    try {
      const written: WrittenObject[] = [];
      const tools = {
        readText: textAsSeen,
        environment: process.env,
        trusted: this.#surroundings.isTrusted(),
        helm: 'helm',
      };
      const place = { api, namespace: target.namespace };
      for (const source of this.sources(target)) written.push(...(await readDriftSource(source, place, tools, signal)));
      const entries = await driftOf(api, written, target.namespace, signal);
      this.#become(target, { kind: 'compared', entries, atMilliseconds: Date.now(), isOutdated: false });
      return entries;
    } catch (error) {
      const isCancelled = error instanceof Failure && error.kind === 'cancelled';
      const failed = error instanceof Failure && !isCancelled;
      this.#become(target, failed ? { kind: 'failed', reason: error.report } : before);
      throw error;
    }
  }

  /** An object of the last comparison. */
  entry(target: ChosenTarget, wanted: Pick<DriftEntry, 'kind' | 'name' | 'namespace'>): DriftEntry | undefined {
    const state = this.#states.get(keyOf(target));
    return state?.kind === 'compared'
      ? state.entries.find(
          ({ kind, name, namespace }) =>
            kind === wanted.kind && name === wanted.name && (namespace ?? '') === (wanted.namespace ?? ''),
        )
      : undefined;
  }

  /** A file was saved: where it may be a manifest, or a part of a chart, what was compared is out of date. */
  saved(uri: Uri): void {
    if (!/\.(?:ya?ml|json|tpl)$/i.test(uri.path) || uri.path.includes('/.vscode/')) return;
    let isChanged = false;
    for (const [key, state] of this.#states) {
      if (state.kind !== 'compared' || state.isOutdated) continue;
      this.#states.set(key, { ...state, isOutdated: true });
      isChanged = true;
    }
    if (isChanged) this.#surroundings.changed();
  }

  #remembered(): Readonly<Record<string, readonly DriftSource[]>> {
    return this.#surroundings.memory.get<Record<string, readonly DriftSource[]>>(KEY, {});
  }

  #become(target: ChosenTarget, state: DriftState | undefined): void {
    if (state) this.#states.set(keyOf(target), state);
    else this.#states.delete(keyOf(target));
    this.#surroundings.changed();
  }
}

function keyOf({ context, namespace }: ChosenTarget): string {
  return `${context} ${namespace}`;
}
