import { kubernetesType } from '../../languages/yaml/kubernetesTypes.ts';
import type { EdgeFinder } from '../resourceGraph.ts';
import { edgeTo } from './edgeTo.ts';

const PATHS: Readonly<Record<string, readonly string[]>> = {
  'autoscaling/HorizontalPodAutoscaler': ['spec', 'scaleTargetRef'],
  'keda.sh/ScaledObject': ['spec', 'scaleTargetRef'],
  'autoscaling.k8s.io/VerticalPodAutoscaler': ['spec', 'targetRef'],
  'flagger.app/Canary': ['spec', 'targetRef'],
  'argoproj.io/Rollout': ['spec', 'workloadRef'],
};

/** HPA, KEDA, VPA, Flagger and Rollout `workloadRef` → the workload that they scale or drive. */
export const autoscalerTarget: EdgeFinder = {
  relation: 'scales',
  from: Object.keys(PATHS),
  *find(source, graph) {
    const reference = source.root.find(...PATHS[source.type]!);
    if (!reference) return;
    const kind =
      reference.text('kind') ??
      (reference.lacks('kind') && source.type === 'keda.sh/ScaledObject' ? 'Deployment' : undefined);
    const apiVersion = reference.text('apiVersion') ?? (reference.lacks('apiVersion') ? 'apps/v1' : undefined);
    if (kind === undefined || apiVersion === undefined) return;
    yield* edgeTo('scales', source, reference.find('name'), [kubernetesType(apiVersion, kind)], graph);
  },
};
