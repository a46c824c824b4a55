import { ANY_OBJECT, defineRule } from '../../rules/contract.ts';
import { demandOf } from '../../rules/parts/policies.ts';
import { describe } from '../../workspace/resource.ts';

/** What belongs to another team, or was replaced by something better: `policies.kinds.forbidden` of slipway.yaml. */
export const rule = defineRule({
  id: 'naming/kind-forbidden',
  severity: 'warning',
  profile: 'recommended',
  types: [ANY_OBJECT],
  equivalents: ['kubescape:rule-deny-cronjobs', 'kyverno:restrict-jobs', 'kyverno:block-velero-restore'],
  *check(resource, graph) {
    const demand = demandOf(resource, graph, 'kinds');
    const node = resource.root.find('kind');
    if (!demand || !node || !demand.policy.forbidden?.includes(resource.kind)) return;
    yield {
      at: node,
      message: `${describe(resource)} is a ${resource.kind}, which is not to be written here.`,
      ...demand.because('forbidden'),
    };
  },
});
