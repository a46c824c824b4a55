import { autoscalersOf } from '../../patterns/hpa/autoscaler.ts';
import { podsOf } from '../../rules/parts/intOrPercent.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { podsBySelector } from '../../workspace/kubernetes/podSelection.ts';
import { replicasOf, workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { scaledRange } from '../hints/scaledReplicas.ts';

/** What a percentage of pods or an overridden number comes to with this workspace's numbers; undefined where it is itself. */
export function effectiveValue(
  node: SourceNode,
  resource: Resource,
  path: string,
  graph: ResourceGraph,
): string | undefined {
  const written = node.scalar;
  if (/(?:^|\.)(?:containers|initContainers)\[\]\.image$/.test(path)) return pullPolicy(node);
  if (typeof written !== 'string' || !/^\d+%$/.test(written)) return undefined;
  const field = path.slice(path.lastIndexOf('.') + 1);
  if (resource.type === 'policy/PodDisruptionBudget') {
    const { certain, workloads } = podsBySelector(resource, resource.root.find('spec', 'selector'), graph);
    const counts = workloads.map((workload) => replicasOf(workload));
    const total = counts.reduce<number>((sum, count) => sum + (count ?? Number.NaN), 0);
    return certain && total > 0 ? share(node, total, 'up') : undefined;
  }
  const workload = workloadOf(resource);
  if (!workload || (field !== 'maxSurge' && field !== 'maxUnavailable')) return undefined;
  const rounding = field === 'maxSurge' ? 'up' : 'down';
  const [autoscaler] = autoscalersOf(resource, graph);
  const range = autoscaler && scaledRange(autoscaler);
  if (range) return `${share(node, range.least, rounding)}, ${share(node, range.most, rounding)}`;
  const replicas = replicasOf(workload);
  return replicas === undefined ? undefined : share(node, replicas, rounding);
}

function share(node: SourceNode, total: number, rounding: 'up' | 'down'): string {
  const pods = podsOf(node, total, rounding) ?? 0;
  return `${String(node.scalar)} of ${total} = ${pods} ${pods === 1 ? 'pod' : 'pods'} (rounded ${rounding})`;
}

/** How the image is pulled, where the container does not say. */
function pullPolicy(image: SourceNode): string | undefined {
  const text = image.text();
  if (text === undefined || image.parent?.lacks('imagePullPolicy') !== true) return undefined;
  const tag = /@/.test(text) ? 'digest' : (/:([^/:]+)$/.exec(text)?.[1] ?? 'latest');
  return tag === 'latest' ? 'pulled at every start of the container' : 'pulled where the node does not have it';
}
