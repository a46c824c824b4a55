import type { SourceNode } from '../../text/sourceNode.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { budgetsOf } from '../reliability/disruptionBudget.ts';
import { AUTOSCALER, autoscalersOf } from './autoscaler.ts';

const SCALED_OBJECT = 'keda.sh/ScaledObject';

/** A workload that leaves its number of pods to an autoscaler, which is not there. */
export interface UnscaledWorkload {
  readonly resource: Resource;
  /** The requests of its first container that has some. */
  readonly requests: SourceNode | undefined;
}

/**
 * The workloads that leave out `replicas` though a disruption budget takes for granted that they have several pods.
 * Only in a workspace that has autoscalers for others, for else they are somebody else's; and not where an autoscaler
 * of the same set hides whom it scales in a template.
 */
export function withoutAutoscaler(graph: ResourceGraph): readonly UnscaledWorkload[] {
  const autoscalers = graph.all(AUTOSCALER, SCALED_OBJECT);
  if (autoscalers.length === 0) return [];
  const open = new Set(
    autoscalers
      .filter((autoscaler) => graph.edgesFrom(autoscaler, 'scales').length === 0)
      .map((autoscaler) => graph.setOf(autoscaler)),
  );
  return graph.all('apps/Deployment', 'argoproj.io/Rollout').flatMap((resource) => {
    if (!resource.root.lacks('spec', 'replicas') || open.has(graph.setOf(resource))) return [];
    if (budgetsOf(resource, graph).length === 0 || autoscalersOf(resource, graph).length > 0) return [];
    const requests = workloadOf(resource)
      ?.containers.map((container) => container.find('resources', 'requests'))
      .find((node) => node !== undefined);
    return [{ resource, requests }];
  });
}
