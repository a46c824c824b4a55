import type { Resource } from '../resource.ts';
import type { ResourceGraph } from '../resourceGraph.ts';
import { SERVING_TYPES, type Workload, workloadOf } from './workload.ts';

/** A ConfigMap that workloads need before they can start, and that nothing of their set writes. */
export interface LostConfigMap {
  readonly name: string;
  /** The workloads that name it; one at least. */
  readonly readers: readonly Workload[];
}

/** Every ConfigMap of the workspace that is named and missing. */
export function lostConfigMaps(graph: ResourceGraph): readonly LostConfigMap[] {
  return graph.memo('lost-config-maps', () => {
    const found = new Map<string, { readonly name: string; readonly readers: Workload[] }>();
    for (const resource of graph.all(...SERVING_TYPES)) {
      for (const name of lostConfigMapsOf(resource, graph)) {
        const key = `${graph.setOf(resource)} ${resource.namespace} ${name}`;
        const lost = found.get(key) ?? { name, readers: [] };
        found.set(key, lost);
        lost.readers.push(workloadOf(resource)!);
      }
    }
    return [...found.values()];
  });
}

/**
 * The names of the ConfigMaps that a workload needs and that are missing: where its set has others of the namespace, and
 * in what Kustomize builds, which is deployed as it is.
 */
export function lostConfigMapsOf(workload: Resource, graph: ResourceGraph): ReadonlySet<string> {
  const isBuilt = graph.setOf(workload).startsWith('kustomize:');
  return new Set(
    graph
      .edgesFrom(workload, 'configured-by')
      .flatMap(({ to, target, writtenAt }) =>
        to.includes('ConfigMap') && target.status === 'missing' && (target.certain || isBuilt)
          ? (writtenAt.text() ?? [])
          : [],
      ),
  );
}
