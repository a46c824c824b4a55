import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';

/** A NodePort opens a port on every node, past gateways, their certificates and their limits. */
export const rule = defineRule({
  id: 'network/node-port',
  severity: 'warning',
  profile: 'strict',
  types: ['Service'],
  equivalents: [
    'kube-linter:exposed-services',
    'kube-score:service-type',
    'kics:service_type_is_nodeport',
    'gatekeeper:block-nodeport-services',
    'kyverno:restrict-nodeport',
    'popeye:1104',
  ],
  *check(resource) {
    const { root } = resource;
    const type = root.find('spec', 'type');
    if (type?.text() !== 'NodePort') return;
    yield { at: type, message: `${describe(resource)} opens a port on every node of the cluster.` };
  },
});
