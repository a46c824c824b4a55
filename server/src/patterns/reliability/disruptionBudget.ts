import { podsOf } from '../../rules/parts/intOrPercent.ts';
import { describesPods, isSelectedElsewhere, mayHaveOtherPods } from '../../rules/parts/podMakers.ts';
import { podsBySelector } from '../../workspace/kubernetes/podSelection.ts';
import { replicasOf, type Workload } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { namespacesAgree } from '../../workspace/selection.ts';
import { autoscalersOf } from '../hpa/autoscaler.ts';

export const DISRUPTION_BUDGET = 'policy/PodDisruptionBudget';

/** Kinds whose pods a budget protects: they are many, and come back elsewhere. */
export const PROTECTED_TYPES = ['apps/Deployment', 'apps/StatefulSet', 'argoproj.io/Rollout'];

interface BudgetIndex {
  readonly byWorkload: ReadonlyMap<Resource, readonly Resource[]>;
  /** Budgets that may select more pods than can be told. */
  readonly open: readonly Resource[];
}

/** The budgets that certainly select the pods of a workload. */
export function budgetsOf(workload: Resource, graph: ResourceGraph): readonly Resource[] {
  return budgetIndex(workload, graph).byWorkload.get(workload) ?? [];
}

/** Some budget of the namespace may select the pods of a workload, since a template writes labels on either side. */
export function mayHaveBudget(workload: Resource, graph: ResourceGraph): boolean {
  const { open } = budgetIndex(workload, graph);
  return open.some((budget) => namespacesAgree(budget.namespace, workload.namespace));
}

/**
 * A budget whose selector matches no pod; undefined for every other. Certain where the workspace describes the pods of
 * that namespace, so that these would be among them.
 */
export function protectsNothing(budget: Resource, graph: ResourceGraph): { readonly certain: boolean } | undefined {
  const selector = budget.root.find('spec', 'selector');
  if (selector?.kind !== 'map' || selector.entries.length === 0) return undefined;
  const { workloads, certain } = podsBySelector(budget, selector, graph);
  if (workloads.length > 0 || !certain || mayHaveOtherPods(budget, graph)) return undefined;
  const elsewhere = isSelectedElsewhere(budget, selector, graph);
  return elsewhere ? undefined : { certain: elsewhere === false && describesPods(budget, graph) };
}

function budgetIndex(workload: Resource, graph: ResourceGraph): BudgetIndex {
  return graph.memo(`budgets ${graph.setOf(workload)}`, () => {
    const byWorkload = new Map<Resource, Resource[]>();
    const open: Resource[] = [];
    for (const budget of graph.near(workload, DISRUPTION_BUDGET)) {
      const { workloads, certain } = podsBySelector(budget, budget.root.find('spec', 'selector'), graph);
      for (const { resource } of workloads) byWorkload.set(resource, [...(byWorkload.get(resource) ?? []), budget]);
      if (!certain) open.push(budget);
    }
    return { byWorkload, open };
  });
}

/** The fewest pods that a workload is meant to have, and who says so; undefined where that is unknown. */
export function fewestPods(workload: Workload, graph: ResourceGraph): { pods: number; by: Resource } | undefined {
  const { resource } = workload;
  const [autoscaler] = autoscalersOf(resource, graph);
  if (autoscaler) {
    const { root } = autoscaler;
    // KEDA scales to zero by itself; the eviction of what is not there is no matter.
    if (autoscaler.type !== 'autoscaling/HorizontalPodAutoscaler') return undefined;
    const pods = root.number('spec', 'minReplicas') ?? (root.lacks('spec', 'minReplicas') ? 1 : undefined);
    return pods === undefined ? undefined : { pods, by: autoscaler };
  }
  const pods = replicasOf(workload);
  return pods === undefined ? undefined : { pods, by: resource };
}

/** The pods that `minAvailable` demands of `total`, rounded as the disruption controller does. */
export function demandedPods(budget: Resource, total: number): number | undefined {
  return podsOf(budget.root.find('spec', 'minAvailable'), total, 'up');
}

/** The workload certainly has one pod or none, and nothing scales it. */
export function isSingle(workload: Workload, graph: ResourceGraph): boolean {
  if (autoscalersOf(workload.resource, graph).length > 0) return false;
  const replicas = replicasOf(workload);
  return replicas !== undefined && replicas < 2;
}
