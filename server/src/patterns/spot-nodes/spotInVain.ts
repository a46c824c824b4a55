import { SERVING_TYPES, workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { chooses } from './placement.ts';
import { isOnDemand, POOL_TYPES, SPOT_LABELS, type SpotPool } from './spotPools.ts';

/** Workloads whose pods go to nodes with a label of spot capacity and to no others. */
export interface SpotDemand {
  readonly label: SpotPool['label'];
  readonly workloads: readonly Resource[];
}

/**
 * The spot capacity that workloads ask for by the cloud's own label, where every group of nodes of that cloud in the
 * workspace is on demand. Without any group of it here, the capacity may be in another repository.
 */
export function spotInVain(graph: ResourceGraph): readonly SpotDemand[] {
  return POOL_TYPES.flatMap((type) => {
    const pools = graph.all(type);
    if (pools.length === 0 || !pools.every(isOnDemand)) return [];
    return (SPOT_LABELS.get(type) ?? []).flatMap((label): SpotDemand[] => {
      const workloads = graph.all(...SERVING_TYPES).filter((resource) => {
        const podSpec = workloadOf(resource)?.podSpec;
        return podSpec !== undefined && chooses(podSpec, { label }) !== undefined;
      });
      return workloads.length > 0 ? [{ label, workloads }] : [];
    });
  });
}
