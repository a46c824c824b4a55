import { defineRule } from '../../rules/contract.ts';
import { podsByLabels } from '../../workspace/kubernetes/podSelection.ts';
import { describe } from '../../workspace/resource.ts';

/** Annotations with which cloud providers keep a load balancer inside the network. */
const INTERNAL = [
  'service.beta.kubernetes.io/aws-load-balancer-internal',
  'service.beta.kubernetes.io/aws-load-balancer-scheme',
  'service.beta.kubernetes.io/azure-load-balancer-internal',
  'networking.gke.io/load-balancer-type',
  'cloud.google.com/load-balancer-type',
  'service.beta.kubernetes.io/oci-load-balancer-internal',
];

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
    if (INTERNAL.some((annotation) => !root.lacks('metadata', 'annotations', annotation))) return;
    const [workload] = podsByLabels(resource, root.find('spec', 'selector'), graph).workloads;
    yield {
      at: type,
      message: `${describe(resource)} opens ${workload ? describe(workload.resource) : 'its pods'} to every address: it has no loadBalancerSourceRanges.`,
    };
  },
});
