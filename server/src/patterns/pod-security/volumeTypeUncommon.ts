import { defineRule } from '../../rules/contract.ts';
import { POD_OWNERS } from '../../rules/parts/containers.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe } from '../../workspace/resource.ts';

/** What the `restricted` Pod Security Standard allows; `hostPath` has rules of its own. */
const ALLOWED = new Set([
  'name',
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'hostPath',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);

/** A volume that names its storage in the pod passes by claims, classes and quotas. */
export const rule = defineRule({
  id: 'pod-security/volume-type-uncommon',
  severity: 'warning',
  profile: 'strict',
  types: POD_OWNERS,
  equivalents: [
    'trivy:KSV-0028',
    'gatekeeper:volumes',
    'gatekeeper:flexvolume-drivers',
    'kyverno:restrict-volume-types',
  ],
  *check(resource) {
    for (const volume of workloadOf(resource)?.podSpec?.find('volumes')?.items ?? []) {
      for (const source of volume.entries) {
        if (ALLOWED.has(source.key ?? '')) continue;
        yield {
          at: source.keyPlace,
          message: `The volume ${volume.text('name') ?? ''} of ${describe(resource)} is of type ${source.key}, which the restricted Pod Security Standard does not allow.`,
        };
      }
    }
  },
});
