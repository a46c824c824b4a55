import { defineRule } from '../../rules/contract.ts';
import { isNodeAgent } from '../../rules/parts/nodeAgents.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe } from '../../workspace/resource.ts';

/** A pod without a controller is gone when its node is. */
export const rule = defineRule({
  id: 'reliability/naked-pod',
  severity: 'warning',
  profile: 'strict',
  types: ['Pod'],
  equivalents: ['polaris:nakedPod', 'kyverno:prevent-bare-pods', 'kubescape:naked-pods', 'popeye:208'],
  *check(resource) {
    const { root } = resource;
    const at = root.find('metadata', 'name');
    if (!at || isNodeAgent(workloadOf(resource)!) || !root.lacks('metadata', 'ownerReferences')) return;
    if (!root.lacks('metadata', 'annotations', 'helm.sh/hook')) return;
    yield {
      at,
      message: `Nothing makes ${describe(resource)} anew when its node is gone; a Deployment or a Job would.`,
    };
  },
});
