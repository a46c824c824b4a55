import type { Resource } from '../../workspace/resource.ts';

/** Annotations with which cloud providers keep a load balancer inside the network. */
const INTERNAL = [
  'service.beta.kubernetes.io/aws-load-balancer-internal',
  'service.beta.kubernetes.io/aws-load-balancer-scheme',
  'service.beta.kubernetes.io/azure-load-balancer-internal',
  'networking.gke.io/load-balancer-type',
  'cloud.google.com/load-balancer-type',
  'service.beta.kubernetes.io/oci-load-balancer-internal',
];
const PUBLIC = new Set(['false', 'internet-facing', 'External']);

/** Whether a load balancer is, or by a template may be, kept inside the network. */
export function isInternalBalancer({ root }: Resource): boolean {
  return INTERNAL.some((annotation) => {
    if (root.lacks('metadata', 'annotations', annotation)) return false;
    const value = root.text('metadata', 'annotations', annotation);
    return value === undefined || !PUBLIC.has(value);
  });
}
