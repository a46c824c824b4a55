import { removeEntry, setValue } from '../../languages/yaml/yamlEdits.ts';
import { besideOf, documents, metadataOf } from '../../rules/parts/newDocument.ts';
import type { WorkspaceChange } from '../../rules/pattern.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { autoscalersOf } from './autoscaler.ts';

const SCALABLE = ['apps/Deployment', 'apps/StatefulSet', 'argoproj.io/Rollout'];

/** Writes an autoscaler beside the workload, takes `replicas` out of the manifest and adds the CPU request that it measures by. */
export function applyAutoscaler(resource: Resource, graph: ResourceGraph): WorkspaceChange | undefined {
  const { name, kind, apiVersion, root } = resource;
  const workload = workloadOf(resource);
  if (!workload || name === undefined || !SCALABLE.includes(resource.type) || autoscalersOf(resource, graph).length > 0)
    return undefined;
  const replicas = root.find('spec', 'replicas');
  const edits = [
    ...(replicas ? [removeEntry(replicas)] : []),
    ...workload.containers.flatMap((container) =>
      container.lacks('resources', 'requests', 'cpu')
        ? setValue(container, ['resources', 'requests', 'cpu'], '100m')
        : [],
    ),
  ];
  const least = Math.max(2, replicas?.number() ?? 2);
  const text = documents({
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: metadataOf(name, resource),
    spec: {
      scaleTargetRef: { apiVersion, kind, name },
      minReplicas: least,
      maxReplicas: Math.max(10, least * 2),
      metrics: [
        { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } },
      ],
    },
  });
  return { edits, creates: [{ uri: besideOf(resource, `${name}-autoscaler.yaml`), text }] };
}
