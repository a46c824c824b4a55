import { throwIfCancelled } from './cancellation.ts';
import { Failure, type FailureReport } from './failure.ts';
import { isGivenObject } from './givenObject.ts';
import type { KubeApi } from './kubeApi.ts';
import type { KubeObject } from './kubeObject.ts';
import { manifestSync } from './manifestSync.ts';
import type { ObjectDiff } from './objectDiff.ts';
import { objectOwner } from './objectOwner.ts';
import { collectionPath, type ResourceType, resourceTypeOf } from './resourceType.ts';

/** How an object of the workspace or of its namespaces stands, the gravest first. */
export const DRIFT_GROUPS = ['drifted', 'missing', 'not in the manifests', 'not known', 'in sync'] as const;

/** One of them. */
export type DriftGroup = (typeof DRIFT_GROUPS)[number];

/** An object as the files have it, and where. */
export interface WrittenObject {
  readonly object: KubeObject;
  readonly file: string;
  readonly documentIndex: number;
}

/** One object, compared. */
export interface DriftEntry {
  readonly group: DriftGroup;
  readonly kind: string;
  /** Undefined for what belongs to no namespace. */
  readonly namespace: string | undefined;
  readonly name: string;
  /** Undefined where the server does not know the kind. */
  readonly type: ResourceType | undefined;
  /** Where the files have it; undefined for what is in the cluster only. */
  readonly written?: WrittenObject;
  /** Given for what drifted. */
  readonly diff?: ObjectDiff;
  /** Why it is not known, or who else looks after it; empty where there is nothing to say. */
  readonly note: string;
}

/** What is known of the workspace's manifests in a cluster. */
export type DriftState =
  | { readonly kind: 'not chosen' }
  | { readonly kind: 'not compared'; readonly sources: readonly string[] }
  | { readonly kind: 'comparing' }
  | { readonly kind: 'failed'; readonly reason: FailureReport }
  | {
      readonly kind: 'compared';
      readonly entries: readonly DriftEntry[];
      readonly atMilliseconds: number;
      /** True when files were saved since. */
      readonly isOutdated: boolean;
    };

/** Objects that are compared at once. */
const CONCURRENT_OBJECTS = 4;

/**
 * Compares objects with the cluster, and looks for objects of the same kinds in the same namespaces that no file has.
 * Hooks of Helm and Argo CD come and go, and are no part of it. Nothing is written. Throws when the cluster does not
 * answer, and `cancelled`.
 */
export async function driftOf(
  api: KubeApi,
  written: readonly WrittenObject[],
  namespace: string,
  signal: AbortSignal,
): Promise<DriftEntry[]> {
  const types = await api.discovery(signal);
  const placed = new Map<string, Omit<DriftEntry, 'group' | 'note'> & { readonly written: WrittenObject }>();
  for (const each of written) {
    const { object } = each;
    if (isHook(object)) continue;
    const type = resourceTypeOf(object, types);
    const home = type?.namespaced === false ? undefined : (object.metadata.namespace ?? namespace);
    const { name } = object.metadata;
    const key = keyOf(object, home);
    // Two sources may define one object; the first that was chosen counts.
    if (!placed.has(key)) placed.set(key, { kind: object.kind, namespace: home, name, type, written: each });
  }
  const compared: DriftEntry[] = [];
  const waiting = [...placed.values()];
  for (let start = 0; start < waiting.length; start += CONCURRENT_OBJECTS) {
    throwIfCancelled(signal);
    const some = waiting.slice(start, start + CONCURRENT_OBJECTS);
    compared.push(
      ...(await Promise.all(
        some.map(async (entry): Promise<DriftEntry> => {
          const sync = await manifestSync(api, types, entry.written.object, namespace, signal);
          if (sync.state === 'unknown') return { ...entry, group: 'not known', note: sync.reason };
          if (sync.state === 'drifted') return { ...entry, group: 'drifted', note: '', diff: sync.diff };
          return { ...entry, group: sync.state, note: '' };
        }),
      )),
    );
  }
  const others = await unwritten(api, waiting, new Set(placed.keys()), signal);
  return [...compared, ...others].sort(
    (a, b) => DRIFT_GROUPS.indexOf(a.group) - DRIFT_GROUPS.indexOf(b.group) || (labelOf(a) < labelOf(b) ? -1 : 1),
  );
}

/** What the cluster has beside the manifests: one list for each of their kinds and namespaces. */
async function unwritten(
  api: KubeApi,
  placed: readonly Pick<DriftEntry, 'type' | 'namespace'>[],
  known: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<DriftEntry[]> {
  const lists = new Map<string, { type: ResourceType; namespace: string }>();
  for (const { namespace, type } of placed) {
    if (type && namespace !== undefined) lists.set(collectionPath(type, namespace), { type, namespace });
  }
  const found: DriftEntry[] = [];
  for (const [path, { namespace, type }] of lists) {
    throwIfCancelled(signal);
    const { kind } = type;
    try {
      const { items } = await api.list(path, {}, signal);
      for (const object of items) {
        if (isGivenObject(object) || isHook(object) || known.has(keyOf(object, namespace))) continue;
        const owner = objectOwner(object);
        const note = owner ? `${owner.tool} ${owner.name} looks after it` : '';
        found.push({ group: 'not in the manifests', kind, namespace, name: object.metadata.name, type, note });
      }
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      // What is not served has no objects.
      if (error.kind === 'not-found' || error.kind === 'unsupported') continue;
      if (error.kind !== 'forbidden') throw error;
      found.push({ group: 'not known', kind, namespace, name: 'others', type: undefined, note: error.report.message });
    }
  }
  return found;
}

function isHook({ metadata }: KubeObject): boolean {
  const { annotations = {} } = metadata;
  return annotations['argocd.argoproj.io/hook'] !== undefined || annotations['helm.sh/hook'] !== undefined;
}

function keyOf({ apiVersion, kind, metadata }: KubeObject, namespace: string | undefined): string {
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  return [group, kind, namespace ?? '', metadata.name].join('/');
}

function labelOf({ kind, name, namespace }: DriftEntry): string {
  return `${kind} ${namespace ?? ''} ${name}`;
}
