import { defineRule } from '../../rules/contract.ts';
import { CONTAINER_OWNERS } from '../../rules/parts/containers.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe } from '../../workspace/resource.ts';

/** An emptyDir without a size may take the whole disk of the node, or with `Memory` all of the pod's memory. */
export const rule = defineRule({
  id: 'storage/empty-directory-unbounded',
  severity: 'information',
  profile: 'strict',
  types: CONTAINER_OWNERS,
  equivalents: ['kyverno:require-emptydir-requests-and-limits'],
  *check(resource) {
    for (const volume of workloadOf(resource)?.podSpec?.find('volumes')?.items ?? []) {
      const directory = volume.find('emptyDir');
      if (!directory || directory.kind === 'unknown' || !volume.lacks('emptyDir', 'sizeLimit')) continue;
      yield {
        at: directory.keyPlace,
        message: `The volume ${volume.text('name') ?? ''} of ${describe(resource)} may grow to the size of the node's disk: it has no sizeLimit.`,
      };
    }
  },
});
