import type { SourceNode } from '../../text/sourceNode.ts';
import { replicasOf, type Workload } from '../kubernetes/workload.ts';
import type { ResourceGraph } from '../resourceGraph.ts';

/** The most pods that a workload may have at a time, and what says so. */
export interface PodCount {
  /** Pods when nothing changes. */
  readonly most: number;
  /** The value that says so; undefined for a default. */
  readonly at: SourceNode | undefined;
  /** Further pods while a new version takes the place of the old one. */
  readonly surge: number;
}

const KEDA_MAXIMUM = 100;

/** The most pods of a workload by its autoscaler or replicas; undefined where either is not known. */
export function podCountOf(workload: Workload, graph: ResourceGraph): PodCount | undefined {
  const { resource } = workload;
  // A Job's pods come and go; they are no part of the steady sum.
  if (resource.type.startsWith('batch/') || resource.type === 'apps/DaemonSet') return undefined;
  const scalers = graph.edgesTo(resource, 'scales').map(({ source }) => source);
  const scaler = scalers.find(({ type }) => type === 'autoscaling/HorizontalPodAutoscaler');
  const scaled = scalers.find(({ type }) => type === 'keda.sh/ScaledObject');
  let at: SourceNode | undefined;
  let most: number | undefined;
  if (scaler) {
    at = scaler.root.find('spec', 'maxReplicas');
    most = at?.number();
  } else if (scaled) {
    at = scaled.root.find('spec', 'maxReplicaCount');
    most = at?.number() ?? (scaled.root.lacks('spec', 'maxReplicaCount') ? KEDA_MAXIMUM : undefined);
  } else {
    at = resource.root.find('spec', 'replicas');
    most = replicasOf(workload);
  }
  return most === undefined ? undefined : { most, at, surge: surgeOf(workload, most) };
}

/** Pods above the wanted number during a rollout; 0 where nothing certain is known, so that a sum never claims too much. */
function surgeOf({ resource: { type, root } }: Workload, replicas: number): number {
  const strategy = root.find('spec', 'strategy');
  if (type === 'apps/Deployment') {
    if (strategy?.text('type') === 'Recreate' || strategy?.open) return 0;
    const surge = strategy?.find('rollingUpdate', 'maxSurge');
    return surge ? share(surge, replicas) : Math.ceil(replicas / 4);
  }
  if (type !== 'argoproj.io/Rollout' || !strategy) return 0;
  // Both versions stand in full until the switch, and until the old one is scaled down.
  if (strategy.find('blueGreen')) return replicas;
  const canary = strategy.find('canary');
  if (canary?.find('trafficRouting')) return canary.boolean('dynamicStableScale') === true ? 0 : replicas;
  const surge = canary?.find('maxSurge');
  return surge ? share(surge, replicas) : 0;
}

/** An IntOrString of surge: percentages are rounded up. */
function share(node: SourceNode, replicas: number): number {
  const { scalar } = node;
  if (typeof scalar === 'number') return Math.max(0, Math.trunc(scalar));
  const percent = typeof scalar === 'string' ? /^(\d+)%$/.exec(scalar)?.[1] : undefined;
  return percent === undefined ? 0 : Math.ceil((Number(percent) * replicas) / 100);
}
