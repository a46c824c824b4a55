import { defineRule } from '../../rules/contract.ts';
import { WORKLOAD_TYPES, workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe } from '../../workspace/resource.ts';

/** With the default of five dots, each name outside the cluster is first asked for in every search domain. */
export const rule = defineRule({
  id: 'reliability/dns-options-missing',
  severity: 'information',
  profile: 'strict',
  types: WORKLOAD_TYPES,
  equivalents: ['kube-linter:dnsconfig-options'],
  *check(resource) {
    const { podSpec } = workloadOf(resource)!;
    const options = podSpec?.find('dnsConfig', 'options');
    const hasDots = options?.items.some((option) => option.text('name') === 'ndots');
    if (!podSpec || hasDots || options?.open || (!options && !podSpec.lacks('dnsConfig', 'options'))) return;
    yield {
      at: podSpec.keyPlace,
      message: `Each outside name that ${describe(resource)} looks up is asked for in every search domain first: dnsConfig sets no ndots.`,
    };
  },
});
