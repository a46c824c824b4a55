import { defineRule } from '../../rules/contract.ts';
import { POD_OWNERS } from '../../rules/parts/containers.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe } from '../../workspace/resource.ts';

/** Addresses in `/etc/hosts` stay as they are when the host behind them moves. */
export const rule = defineRule({
  id: 'pod-security/host-aliases',
  severity: 'information',
  profile: 'strict',
  types: POD_OWNERS,
  equivalents: ['trivy:KSV-0007'],
  *check(resource) {
    const aliases = workloadOf(resource)?.podSpec?.find('hostAliases');
    if (!aliases || aliases.items.length === 0) return;
    yield {
      at: aliases.keyPlace,
      message: `${describe(resource)} resolves names from its own /etc/hosts, past DNS.`,
    };
  },
});
