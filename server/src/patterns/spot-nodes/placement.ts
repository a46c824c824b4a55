import type { SourceNode } from '../../text/sourceNode.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { type SpotPool, spotPools } from './spotPools.ts';

const REQUIRED = ['affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution', 'nodeSelectorTerms'];

/** Why the pods of a workload may stand on a pool: what tolerates its taint, or chooses its label. */
export interface Placement {
  readonly pool: SpotPool;
  readonly at: SourceNode;
  /** They can stand nowhere else. */
  readonly only: boolean;
}

/** The spot pools on which the pods of a workload are meant to stand. What tolerates everything is meant for every node. */
export function placementsOf(resource: Resource, graph: ResourceGraph): readonly Placement[] {
  const podSpec = workloadOf(resource)?.podSpec;
  if (!podSpec) return [];
  return spotPools(graph).flatMap((pool): Placement[] => {
    if (avoids(podSpec, pool)) return [];
    const chosen = chooses(podSpec, pool);
    if (chosen) return [{ pool, at: chosen, only: true }];
    const toleration = tolerationOf(podSpec, pool);
    return toleration ? [{ pool, at: toleration, only: false }] : [];
  });
}

/** The value of a node selector, or of a required affinity, by which pods go to such nodes alone. */
export function chooses(podSpec: SourceNode, { label }: Pick<SpotPool, 'label'>): SourceNode | undefined {
  const selected = podSpec.find('nodeSelector', label.key);
  if (selected?.text() === label.value) return selected;
  for (const term of podSpec.find(...REQUIRED)?.items ?? []) {
    for (const expression of term.find('matchExpressions')?.items ?? []) {
      const values = expression.find('values')?.items ?? [];
      if (expression.text('key') !== label.key || expression.text('operator') !== 'In') continue;
      if (values.length === 1 && values[0]!.text() === label.value) return values[0];
    }
  }
  return undefined;
}

function avoids(podSpec: SourceNode, { label }: SpotPool): boolean {
  return (podSpec.find(...REQUIRED)?.items ?? []).some((term) =>
    (term.find('matchExpressions')?.items ?? []).some((expression) => {
      if (expression.text('key') !== label.key) return false;
      const values = expression.find('values')?.items.map((value) => value.text()) ?? [];
      const operator = expression.text('operator');
      if (operator === 'DoesNotExist') return true;
      return operator === 'NotIn' ? values.includes(label.value) : operator === 'In' && !values.includes(label.value);
    }),
  );
}

/** What lets the pods stand on a pool with taints; undefined for a pool without. */
export function tolerationOf(podSpec: SourceNode, { taints }: SpotPool): SourceNode | undefined {
  const tolerations = podSpec.find('tolerations')?.items ?? [];
  const found = (taints ?? []).map(({ key, value }) =>
    tolerations.find(
      (one) => one.text('key') === key && (one.text('operator') === 'Exists' || one.text('value') === value),
    ),
  );
  return found.length > 0 && found.every((one) => one !== undefined) ? (found[0]!.find('key') ?? found[0]) : undefined;
}
