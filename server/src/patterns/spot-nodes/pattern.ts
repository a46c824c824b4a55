import { instanceName } from '../../rules/parts/instanceName.ts';
import { definePattern, type Participant } from '../../rules/pattern.ts';
import { podsBySelector } from '../../workspace/kubernetes/podSelection.ts';
import { SERVING_TYPES } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import { applySpotNodes } from './applySpotNodes.ts';
import { placementsOf } from './placement.ts';
import { spotInVain } from './spotInVain.ts';
import { EKS_GROUP, GKE_POOL, NODE_POOL, spotPoolOf, spotPools } from './spotPools.ts';

export const pattern = definePattern({
  id: 'spot-nodes',
  title: 'Spot nodes',
  category: 'cost',
  summary:
    'Runs what can lose a node at any time on capacity that the cloud sells for a fraction and takes back at short notice.',
  roles: {
    capacity: { title: 'spot capacity', required: true },
    workload: { title: 'workload that stands there', required: true },
    budget: { title: 'disruption budget', required: false },
  },
  *recognize(graph) {
    for (const pool of spotPools(graph)) {
      const workloads = graph
        .all(...SERVING_TYPES)
        .filter((workload) => placementsOf(workload, graph).some((placement) => placement.pool === pool));
      const budgets = graph
        .all('policy/PodDisruptionBudget')
        .filter((budget) =>
          podsBySelector(budget, budget.root.find('spec', 'selector'), graph).workloads.some(({ resource }) =>
            workloads.includes(resource),
          ),
        );
      yield {
        pattern: 'spot-nodes',
        name: instanceName(pool.resource, graph),
        participants: [
          { role: 'capacity', resource: pool.resource, at: pool.at },
          ...workloads.map((resource) => named('workload', resource)),
          ...budgets.map((resource) => named('budget', resource)),
        ],
        // Where there is no taint, whatever the cluster runs may stand there.
        missing:
          workloads.length > 0 || (pool.taints?.length !== undefined && pool.taints.length === 0) ? [] : ['workload'],
      };
    }
    for (const { label, workloads } of spotInVain(graph)) {
      yield {
        pattern: 'spot-nodes',
        name: `${label.key}: ${label.value}`,
        participants: workloads.map((resource) => named('workload', resource)),
        missing: ['capacity'],
      };
    }
  },
  explanations: [
    {
      types: [EKS_GROUP, GKE_POOL, NODE_POOL],
      path: ['**', 'capacity_type'],
      text: (_field, resource) => explain(resource),
    },
    {
      types: [GKE_POOL],
      path: ['**', 'spot'],
      text: (_field, resource) => explain(resource),
    },
    {
      types: [NODE_POOL],
      path: ['spec', 'template', 'spec', 'requirements', '*', 'values'],
      text: (field, resource) => (field.items.some((item) => item.text() === 'spot') ? explain(resource) : undefined),
    },
  ],
  apply: applySpotNodes,
});

/** What such nodes cost and how they end. The shares are the usual ones of the clouds' price lists. */
function explain(resource: Resource): string | undefined {
  const pool = spotPoolOf(resource);
  if (!pool) return undefined;
  return `**Spot capacity.** About ${pool.at.key === 'preemptible' ? 70 : 80} % cheaper than on demand (a reservation of one to three years saves 30–50 % and is never taken back). A node may be taken back at any time, ${pool.noticeSeconds} s after its notice.`;
}

function named(role: string, resource: Resource): Participant {
  return { role, resource, at: resource.root.find('metadata', 'name') ?? resource.root };
}
