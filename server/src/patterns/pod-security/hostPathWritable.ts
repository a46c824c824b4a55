import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { allContainersOf, containerName, POD_OWNERS } from '../../rules/parts/containers.ts';
import { leniency } from '../../rules/parts/nodeAgents.ts';
import { hostPaths } from './hostPaths.ts';

/** What a pod writes to its node outlives the pod and is read by others. */
export const rule = defineRule({
  id: 'pod-security/host-path-writable',
  severity: 'warning',
  profile: 'strict',
  types: POD_OWNERS,
  equivalents: [
    'kube-linter:writable-host-mount',
    'kics:volume_mount_with_os_directory_write_permissions',
    'kyverno:ensure-readonly-hostpath',
    'kubescape:alert-rw-hostpath',
  ],
  *check(resource) {
    for (const entry of allContainersOf(resource)) {
      for (const mount of entry.container.find('volumeMounts')?.items ?? []) {
        const volume = hostPaths(entry.workload).find(({ volumeName }) => volumeName === mount.text('name'));
        const isWritable = mount.lacks('readOnly') || mount.boolean('readOnly') === false;
        if (!volume || volume.volumeName === undefined || !isWritable) continue;
        yield {
          at: mount.find('name')!,
          message: `${volume.path} of the node is writable for ${containerName(entry)}.`,
          related: [{ at: volume.at, message: 'The folder of the node.' }],
          ...leniency(entry.workload),
          fixes: [{ title: 'Mount it read-only', safe: false, edits: () => setValue(mount, ['readOnly'], true) }],
        };
      }
    }
  },
});
