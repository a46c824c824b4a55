import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { isInternalBalancer } from './internalBalancer.ts';

const OF_ANY = [
  'popeye:1103',
  'gatekeeper:block-loadbalancer-services',
  'kyverno:no-loadbalancer-service',
  'kube-linter:exposed-services',
];
const OF_EXTERNAL = ['kics:service_with_external_load_balancer'];

/** Each Service of this type rents a load balancer of its own. */
export const rule = defineRule({
  id: 'network/load-balancer',
  severity: 'information',
  profile: 'strict',
  types: ['Service'],
  equivalents: [...OF_ANY, ...OF_EXTERNAL],
  *check(resource) {
    const { root } = resource;
    const type = root.find('spec', 'type');
    if (type?.text() !== 'LoadBalancer') return;
    yield {
      at: type,
      message: `${describe(resource)} rents a load balancer of its own; a gateway shares one.`,
      equivalents: isInternalBalancer(resource) ? OF_ANY : [...OF_ANY, ...OF_EXTERNAL],
    };
  },
});
