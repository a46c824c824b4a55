import { defineRule } from '../../rules/contract.ts';
import { SERVING_TYPES, workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe } from '../../workspace/resource.ts';
import { chooses, tolerationOf } from './placement.ts';
import { spotPools } from './spotPools.ts';

/** Pods that choose nodes whose taint they do not tolerate wait for ever. */
export const rule = defineRule({
  id: 'spot-nodes/toleration-missing',
  severity: 'error',
  profile: 'recommended',
  types: SERVING_TYPES,
  *check(resource, graph) {
    const podSpec = workloadOf(resource)?.podSpec;
    const tolerations = podSpec?.find('tolerations');
    if (!podSpec || tolerations?.known === false || (!tolerations && !podSpec.lacks('tolerations'))) return;
    if (tolerations?.items.some((one) => one.text('key') === undefined)) return;
    const chosen = spotPools(graph).filter((pool) => chooses(podSpec, pool));
    const [pool] = chosen;
    if (!pool || chosen.some(({ taints }) => !taints || taints.length === 0)) return;
    if (chosen.some((one) => tolerationOf(podSpec, one))) return;
    const taint = pool.taints![0]!;
    yield {
      at: chooses(podSpec, pool)!,
      message: `${describe(resource)} chooses spot nodes but does not tolerate their taint ${taint.key}${taint.value ? `=${taint.value}` : ''}, so that its pods wait for ever.`,
      related: [{ at: pool.at, message: 'The spot nodes.' }],
    };
  },
});
