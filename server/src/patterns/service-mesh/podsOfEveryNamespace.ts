import type { SourceNode } from '../../text/sourceNode.ts';
import { type PodSelection, podsByLabels } from '../../workspace/kubernetes/podSelection.ts';
import { WORKLOAD_TYPES, type Workload } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

/** The pods that a selector picks wherever they are: what Gateways and the policies of the root namespace do. */
export function podsOfEveryNamespace(
  from: Resource,
  selector: SourceNode | undefined,
  graph: ResourceGraph,
): PodSelection {
  const inOwn = podsByLabels(from, selector, graph);
  if (from.namespace === undefined) return inOwn;
  const workloads = new Set<Workload>(inOwn.workloads);
  let { certain } = inOwn;
  for (const namespace of new Set(graph.near(from, ...WORKLOAD_TYPES).map((resource) => resource.namespace))) {
    const selection = podsByLabels(from, selector, graph, namespace);
    for (const workload of selection.workloads) workloads.add(workload);
    certain &&= selection.certain;
  }
  return { workloads: [...workloads], certain };
}
