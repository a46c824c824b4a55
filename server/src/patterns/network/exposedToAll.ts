import { defineRule } from '../../rules/contract.ts';
import { podsByLabels } from '../../workspace/kubernetes/podSelection.ts';
import { describe } from '../../workspace/resource.ts';
import { isInternalBalancer } from './internalBalancer.ts';

/** A load balancer without a list of addresses serves the whole internet. */
export const rule = defineRule({
  id: 'network/exposed-to-all',
  severity: 'information',
  profile: 'strict',
  types: ['Service'],
  equivalents: [
    'kubescape:exposure-to-internet',
    'kubescape:unauthenticated-service',
    'kics:ingress_controller_exposes_workload',
    'kubescape:exposure-to-internet-via-gateway-api',
  ],
  *check(resource, graph) {
    const { root } = resource;
    const type = root.find('spec', 'type');
    if (type?.text() !== 'LoadBalancer' || !root.lacks('spec', 'loadBalancerSourceRanges')) return;
    if (isInternalBalancer(resource)) return;
    const [workload] = podsByLabels(resource, root.find('spec', 'selector'), graph).workloads;
    yield {
      at: type,
      message: `${describe(resource)} opens ${workload ? describe(workload.resource) : 'its pods'} to every address: it has no loadBalancerSourceRanges.`,
    };
  },
});
