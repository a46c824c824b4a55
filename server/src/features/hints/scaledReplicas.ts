import { autoscalersOf } from '../../patterns/hpa/autoscaler.ts';
import { label, type Resource } from '../../workspace/resource.ts';
import type { HintFinder } from './hintFinder.ts';

/** `replicas` that an autoscaler overrides: who sets it, and between which numbers. */
export const scaledReplicas: HintFinder = {
  types: ['apps/Deployment', 'apps/StatefulSet', 'apps/ReplicaSet', 'argoproj.io/Rollout'],
  *find(resource, graph) {
    const at = resource.root.find('spec', 'replicas');
    if (!at) return;
    const [autoscaler] = autoscalersOf(resource, graph);
    if (!autoscaler) return;
    const range = scaledRange(autoscaler);
    const bounds = range ? ` to ${range.least}–${range.most}` : '';
    yield {
      at,
      label: `set by ${label(autoscaler)}${bounds}`,
      tooltip: () => `${label(autoscaler)} changes this number; what is written counts only until it does.`,
    };
  },
};

/** The replicas between which an autoscaler moves; undefined where one of them is not known. */
export function scaledRange({ root, type }: Resource): { least: number; most: number } | undefined {
  const isKeda = type === 'keda.sh/ScaledObject';
  const read = (field: string, fallback: number): number | undefined =>
    root.number('spec', field) ?? (root.lacks('spec', field) ? fallback : undefined);
  const least = isKeda ? read('minReplicaCount', 0) : read('minReplicas', 1);
  const most = isKeda ? read('maxReplicaCount', 100) : root.number('spec', 'maxReplicas');
  return least === undefined || most === undefined ? undefined : { least, most };
}
