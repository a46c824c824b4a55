import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';

/** Each Service of this type rents a load balancer of its own. */
export const rule = defineRule({
  id: 'network/load-balancer',
  severity: 'information',
  profile: 'strict',
  types: ['Service'],
  equivalents: [
    'popeye:1103',
    'gatekeeper:block-loadbalancer-services',
    'kyverno:no-loadbalancer-service',
    'kics:service_with_external_load_balancer',
  ],
  *check(resource) {
    const { root } = resource;
    const type = root.find('spec', 'type');
    if (type?.text() !== 'LoadBalancer') return;
    yield { at: type, message: `${describe(resource)} rents a load balancer of its own; a gateway shares one.` };
  },
});
