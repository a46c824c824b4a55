import type { SourceNode } from '../../text/sourceNode.ts';
import { resolveHost } from '../../workspace/istio/hosts.ts';
import { podsByLabels } from '../../workspace/kubernetes/podSelection.ts';
import { SERVING_TYPES } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

/** What answers to a host: workloads, or the ServiceEntry that stands for something outside the cluster. */
export interface PodsBehind {
  readonly participants: readonly Resource[];
  /** False where a template or another set of files may have more: that nothing was found then means nothing. */
  readonly certain: boolean;
}

/** Follows a host that `writer` writes to its Service and on to the pods. */
export function podsBehind(host: SourceNode, writer: Resource, graph: ResourceGraph): PodsBehind {
  const target = resolveHost(host, writer, graph);
  if (target.status !== 'found') return { participants: [], certain: target.status === 'missing' };
  const { resource } = target;
  if (resource.type !== 'Service') return { participants: [resource], certain: true };
  const { workloads, certain } = podsByLabels(resource, resource.root.find('spec', 'selector'), graph);
  const serving = workloads.map((workload) => workload.resource).filter(({ type }) => SERVING_TYPES.includes(type));
  return { participants: serving, certain };
}
