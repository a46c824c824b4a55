import { matchesAny } from '../../configuration/glob.ts';
import { defineRule } from '../../rules/contract.ts';
import { CONTAINER_OWNERS } from '../../rules/parts/containers.ts';
import { demandOf } from '../../rules/parts/policies.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe, type Resource } from '../../workspace/resource.ts';
import { chosenLabels } from './nodeChoice.ts';

/** Who may run on which nodes is the organisation's decision: `policies.pods` of slipway.yaml. */
export const rule = defineRule({
  id: 'reliability/node-choice-not-allowed',
  severity: 'warning',
  profile: 'recommended',
  types: CONTAINER_OWNERS,
  equivalents: [
    'kyverno:restrict-node-affinity',
    'kyverno:restrict-node-selection',
    'kyverno:restrict-controlplane-scheduling',
  ],
  *check(resource, graph) {
    const demand = demandOf(resource, graph, 'pods');
    if (demand?.policy.forbidControlPlane === true) {
      for (const key of controlPlaneTolerations(resource)) {
        yield {
          at: key,
          message: `${describe(resource)} tolerates ${key.text()}, and so may run beside the control plane.`,
          ...demand.because('forbidControlPlane'),
        };
      }
    }
    const allowed = demand?.policy.allowedNodeLabels;
    if (!demand || !allowed) return;
    for (const { key, at } of chosenLabels(resource)) {
      if (matchesAny(allowed, key) || allowed.includes(key)) continue;
      yield {
        at: at.key === key ? at.keyPlace : at,
        message: `${describe(resource)} chooses its nodes by the label ${key}, which is not allowed.`,
        ...demand.because('allowedNodeLabels'),
      };
    }
    const name = workloadOf(resource)?.podSpec?.find('nodeName');
    if (allowed.length > 0 || name?.text() === undefined) return;
    yield {
      at: name,
      message: `${describe(resource)} chooses the node ${name.text()}, past the scheduler.`,
      ...demand.because('allowedNodeLabels'),
    };
  },
});

function controlPlaneTolerations(resource: Resource): SourceNode[] {
  const tolerations = workloadOf(resource)?.podSpec?.find('tolerations')?.items ?? [];
  return tolerations.flatMap((toleration) => {
    const key = toleration.find('key');
    return key && /^node-role\.kubernetes\.io\/(?:control-plane|master)$/.test(key.text() ?? '') ? [key] : [];
  });
}
