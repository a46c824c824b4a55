import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { allContainersOf, containerName, namePlace, POD_OWNERS } from '../../rules/parts/containers.ts';
import { leniency } from '../../rules/parts/nodeAgents.ts';
import { containerSetting, isWindows, written } from '../../rules/parts/securityContext.ts';

/** An intruder may change the programs of a container whose root file system is writable. */
export const rule = defineRule({
  id: 'pod-security/root-filesystem-writable',
  severity: 'warning',
  profile: 'strict',
  types: POD_OWNERS,
  equivalents: [
    'kube-linter:no-read-only-root-fs',
    'kube-score:container-security-context-readonlyrootfilesystem',
    'polaris:notReadOnlyRootFilesystem',
    'checkov:CKV_K8S_22',
    'trivy:KSV-0014',
    'kics:root_container_not_mounted_as_read_only',
    'gatekeeper:read-only-root-filesystem',
    'kyverno:require-ro-rootfs',
    'kubescape:immutable-container-filesystem',
  ],
  *check(resource) {
    for (const entry of allContainersOf(resource)) {
      if (isWindows(entry.workload)) continue;
      const setting = containerSetting(entry, 'readOnlyRootFilesystem');
      if (setting !== 'absent' && written(setting)?.boolean() !== false) continue;
      const { container } = entry;
      yield {
        at: written(setting) ?? namePlace(container),
        message: `The root file system of ${containerName(entry)} is writable.`,
        ...leniency(entry.workload),
        fixes: [
          {
            title: 'Make the root file system read-only',
            safe: false,
            edits: () => setValue(container, ['securityContext', 'readOnlyRootFilesystem'], true),
          },
        ],
      };
    }
  },
});
