import { matchesAny } from '../../configuration/glob.ts';
import { defineRule } from '../../rules/contract.ts';
import { choice, demandOf } from '../../rules/parts/policies.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { WORKLOAD_TYPES, workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe, type Resource } from '../../workspace/resource.ts';

/** Which disks there are, and what they cost, is the organisation's decision: `policies.storage` of slipway.yaml. */
export const rule = defineRule({
  id: 'storage/storage-class-not-allowed',
  severity: 'warning',
  profile: 'recommended',
  types: ['PersistentVolumeClaim', ...WORKLOAD_TYPES],
  equivalents: ['gatekeeper:storageclass', 'kyverno:require-storageclass', 'kyverno:restrict-storageclass'],
  *check(resource, graph) {
    const demand = demandOf(resource, graph, 'storage');
    if (!demand) return;
    const { requireClass = false, allowedClasses } = demand.policy;
    for (const spec of claimsOf(resource)) {
      const node = spec.find('storageClassName');
      const written = node?.text();
      if (requireClass && spec.lacks('storageClassName')) {
        yield {
          at: spec.keyPlace,
          message: `A claim of ${describe(resource)} leaves its storage class to the cluster.`,
          ...demand.because('requireClass'),
        };
      } else if (node && written && allowedClasses && !matchesAny(allowedClasses, written)) {
        yield {
          at: node,
          message: `${describe(resource)} asks for the storage class ${written}; allowed is ${choice(allowedClasses) || 'none'}.`,
          ...demand.because('allowedClasses'),
        };
      }
    }
  },
});

/** The `spec` of each volume claim that a resource makes. */
function claimsOf(resource: Resource): SourceNode[] {
  if (resource.type === 'PersistentVolumeClaim') return [resource.root.find('spec') ?? []].flat();
  const templates = resource.root.find('spec', 'volumeClaimTemplates')?.items ?? [];
  const volumes = workloadOf(resource)?.podSpec?.find('volumes')?.items ?? [];
  return [
    ...templates.map((template) => template.find('spec')),
    ...volumes.map((volume) => volume.find('ephemeral', 'volumeClaimTemplate', 'spec')),
  ].filter((spec) => spec !== undefined);
}
