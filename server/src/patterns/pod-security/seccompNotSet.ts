import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { CONTAINER_OWNERS, containerName, containersOf, namePlace } from '../../rules/parts/containers.ts';
import { leniency } from '../../rules/parts/nodeAgents.ts';
import { inheritedSetting, isWindows, written } from '../../rules/parts/securityContext.ts';

/** Without a seccomp profile a container may call every function of the kernel. */
export const rule = defineRule({
  id: 'pod-security/seccomp-not-set',
  severity: 'warning',
  profile: 'strict',
  types: CONTAINER_OWNERS,
  equivalents: [
    'kube-score:container-seccomp-profile',
    'checkov:CKV_K8S_31',
    'checkov:CKV_K8S_32',
    'trivy:KSV-0030',
    'trivy:KSV-0104',
    'kics:seccomp_profile_is_not_configured',
    'kics:secoomp_profile_is_not_configured',
    'gatekeeper:seccomp',
    'gatekeeper:seccompv2',
    'kyverno:restrict-seccomp',
    'kyverno:restrict-seccomp-strict',
    'kyverno:podsecurity-subrule-restricted-seccomp',
    'kubescape:set-seccomp-profile',
    'kubescape:set-seccomp-profile-RuntimeDefault',
  ],
  *check(resource) {
    for (const entry of containersOf(resource)) {
      if (isWindows(entry.workload)) continue;
      const setting = inheritedSetting(entry, 'seccompProfile', 'type');
      if (setting !== 'absent' && written(setting)?.text() !== 'Unconfined') continue;
      const { container, workload } = entry;
      yield {
        at: written(setting) ?? namePlace(container),
        message:
          setting === 'absent'
            ? `No seccomp profile filters the system calls of ${containerName(entry)}.`
            : `The profile Unconfined lets ${containerName(entry)} make every system call.`,
        ...leniency(workload),
        fixes: [
          {
            title: "Use the runtime's default profile",
            safe: false,
            edits: () =>
              written(setting)
                ? setValue(written(setting)!, [], 'RuntimeDefault')
                : setValue(container, ['securityContext', 'seccompProfile', 'type'], 'RuntimeDefault'),
          },
        ],
      };
    }
  },
});
