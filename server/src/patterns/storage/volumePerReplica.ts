import { defineRule } from '../../rules/contract.ts';
import { replicasOf, workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe } from '../../workspace/resource.ts';

/** Each replica has its own volume, which is paid for and stays when the replica is gone. */
export const rule = defineRule({
  id: 'storage/volume-per-replica',
  severity: 'information',
  profile: 'strict',
  types: ['apps/StatefulSet'],
  equivalents: ['kics:statefulset_requests_storage'],
  *check(resource) {
    const { root } = resource;
    for (const template of root.find('spec', 'volumeClaimTemplates')?.items ?? []) {
      const storage = template.find('spec', 'resources', 'requests', 'storage');
      const policy = root.find('spec', 'persistentVolumeClaimRetentionPolicy');
      if (storage?.text() === undefined || (policy && !policy.lacks('whenScaled'))) continue;
      const replicas = replicasOf(workloadOf(resource)!);
      yield {
        at: storage,
        message: `Each replica of ${describe(resource)}${replicas === undefined ? '' : `, ${replicas} of them,`} asks for ${storage.text()} of its own as ${template.text('metadata', 'name') ?? 'a volume'}, which stays when it is scaled down.`,
      };
    }
  },
});
