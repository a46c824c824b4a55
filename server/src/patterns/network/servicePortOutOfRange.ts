import { defineRule } from '../../rules/contract.ts';
import { demandOf } from '../../rules/parts/policies.ts';
import { describe } from '../../workspace/resource.ts';

/** Firewalls and dashboards know the organisation's ports: `policies.services` of slipway.yaml. */
export const rule = defineRule({
  id: 'network/service-port-out-of-range',
  severity: 'warning',
  profile: 'recommended',
  types: ['Service'],
  equivalents: ['kyverno:restrict-service-port-range'],
  *check(resource, graph) {
    const demand = demandOf(resource, graph, 'services');
    if (!demand) return;
    const { minimumPort = 1, maximumPort = 65535 } = demand.policy;
    for (const item of resource.root.find('spec', 'ports')?.items ?? []) {
      const node = item.find('port');
      const port = node?.number();
      if (!node || port === undefined || (port >= minimumPort && port <= maximumPort)) continue;
      yield {
        at: node,
        message: `${describe(resource)} listens at ${port}, outside of ${minimumPort} to ${maximumPort}.`,
        ...demand.because(port < minimumPort ? 'minimumPort' : 'maximumPort'),
      };
    }
  },
});
