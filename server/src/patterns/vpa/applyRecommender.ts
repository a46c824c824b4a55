import { besideOf, documents, metadataOf } from '../../rules/parts/newDocument.ts';
import type { WorkspaceChange } from '../../rules/pattern.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { verticalAutoscalersOf } from './verticalAutoscaler.ts';

const SIZED = ['apps/Deployment', 'apps/StatefulSet', 'apps/DaemonSet', 'batch/CronJob'];

/** Writes an autoscaler beside the workload that only recommends: nothing is evicted until a person has seen its numbers. */
export function applyRecommender(resource: Resource, graph: ResourceGraph): WorkspaceChange | undefined {
  const { name, kind, apiVersion } = resource;
  const names = workloadOf(resource)?.containers.flatMap((container) => container.text('name') ?? []) ?? [];
  if (name === undefined || names.length === 0 || !SIZED.includes(resource.type)) return undefined;
  if (verticalAutoscalersOf(resource, graph).length > 0) return undefined;
  const text = documents({
    apiVersion: 'autoscaling.k8s.io/v1',
    kind: 'VerticalPodAutoscaler',
    metadata: metadataOf(name, resource),
    spec: {
      targetRef: { apiVersion, kind, name },
      updatePolicy: { updateMode: 'Off' },
      resourcePolicy: {
        containerPolicies: names.map((containerName) => ({
          containerName,
          controlledResources: ['cpu', 'memory'],
          minAllowed: { cpu: '25m', memory: '64Mi' },
          maxAllowed: { cpu: '2', memory: '2Gi' },
        })),
      },
    },
  });
  return { edits: [], creates: [{ uri: besideOf(resource, `${name}-vertical-autoscaler.yaml`), text }] };
}
