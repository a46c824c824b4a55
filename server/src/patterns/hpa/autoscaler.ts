import { readQuantity } from '../../rules/parts/quantity.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { type Workload, workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

export const AUTOSCALER = 'autoscaling/HorizontalPodAutoscaler';

/** The workload that an autoscaler scales, where the workspace has it. */
export function targetOf(autoscaler: Resource, graph: ResourceGraph): Workload | undefined {
  const [edge] = graph.edgesFrom(autoscaler, 'scales');
  return edge?.target.status === 'found' ? workloadOf(edge.target.resource) : undefined;
}

/** The autoscalers (HPA and KEDA) of a workload. */
export function autoscalersOf(workload: Resource, graph: ResourceGraph): readonly Resource[] {
  return graph
    .edgesTo(workload, 'scales')
    .map(({ source }) => source)
    .filter(({ type }) => type === AUTOSCALER || type === 'keda.sh/ScaledObject');
}

/** A metric by the share of a container's request: it needs that request to be set. */
export interface UtilizationMetric {
  readonly at: SourceNode;
  readonly resource: string;
  /** Undefined for pod-wide metrics, which need the request in every container. */
  readonly container: string | undefined;
}

/** The metrics of an autoscaler that are percent of a request, in `v2` and the old `v1` form. */
export function* utilizationMetrics({ root }: Resource): Iterable<UtilizationMetric> {
  const percent = root.find('spec', 'targetCPUUtilizationPercentage');
  if (percent?.number() !== undefined) yield { at: percent, resource: 'cpu', container: undefined };
  for (const metric of root.find('spec', 'metrics')?.items ?? []) {
    for (const kind of ['resource', 'containerResource']) {
      const source = metric.find(kind);
      const at = source?.find('target', 'averageUtilization') ?? source?.find('targetAverageUtilization');
      const resource = source?.text('name');
      if (at?.number() !== undefined && resource !== undefined)
        yield { at, resource, container: source?.text('container') };
    }
  }
}

/** Sum of a request over all containers of a pod, in cores or bytes; undefined where one is missing or unknown. */
export function podRequest(workload: Workload, name: string): number | undefined {
  let sum = 0;
  for (const container of workload.containers) {
    const amount = readQuantity(
      (container.find('resources', 'requests', name) ?? container.find('resources', 'limits', name))?.scalar,
    );
    if (amount === undefined) return undefined;
    sum += amount;
  }
  return workload.containers.length === 0 ? undefined : sum;
}
