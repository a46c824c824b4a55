import type { Resource } from '../resource.ts';
import type { ResourceGraph } from '../resourceGraph.ts';
import { SERVING_TYPES, type Workload, workloadOf } from './workload.ts';

/** A ConfigMap that workloads need before they can start, and that nothing of their set writes. */
export interface LostConfigMap {
  readonly name: string;
  /** The workloads that name it; one at least. */
  readonly readers: readonly Workload[];
}

/**
 * The ConfigMaps that are named and missing: where the set has others of their namespace, and in what Kustomize builds,
 * which is deployed as it is.
 */
export function lostConfigMaps(graph: ResourceGraph): readonly LostConfigMap[] {
  return graph.memo('lost-config-maps', () => {
    const found = new Map<string, { readonly name: string; readonly readers: Set<Resource> }>();
    for (const resource of graph.all(...SERVING_TYPES)) {
      for (const { to, target, writtenAt } of graph.edgesFrom(resource, 'configured-by')) {
        if (target.status !== 'missing' || !to.includes('ConfigMap')) continue;
        const set = graph.setOf(resource);
        const name = writtenAt.text();
        if (name === undefined || !(target.certain || set.startsWith('kustomize:'))) continue;
        const key = `${set} ${resource.namespace} ${name}`;
        const lost = found.get(key) ?? { name, readers: new Set() };
        found.set(key, lost);
        lost.readers.add(resource);
      }
    }
    return [...found.values()].map(({ name, readers }) => ({
      name,
      readers: [...readers].map((resource) => workloadOf(resource)!),
    }));
  });
}
