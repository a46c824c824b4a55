import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { CONTAINER_OWNERS, containerName, containersOf, namePlace } from '../../rules/parts/containers.ts';
import { leniency } from '../../rules/parts/nodeAgents.ts';
import { containerSetting, isWindows, written } from '../../rules/parts/securityContext.ts';

/** Without `allowPrivilegeEscalation: false` a setuid program makes its caller root. */
export const rule = defineRule({
  id: 'pod-security/privilege-escalation-allowed',
  severity: 'warning',
  profile: 'strict',
  types: CONTAINER_OWNERS,
  equivalents: [
    'kube-linter:privilege-escalation-container',
    'polaris:privilegeEscalationAllowed',
    'checkov:CKV_K8S_20',
    'checkov:CKV_K8S_5',
    'trivy:KSV-0001',
    'kics:privilege_escalation_allowed',
    'kics:psp_allows_privilege_escalation',
    'gatekeeper:allow-privilege-escalation',
    'kyverno:disallow-privilege-escalation',
    'kubescape:rule-allow-privilege-escalation',
    'kubescape:psp-deny-allowprivilegeescalation',
  ],
  *check(resource) {
    for (const entry of containersOf(resource)) {
      if (isWindows(entry.workload)) continue;
      const setting = containerSetting(entry, 'allowPrivilegeEscalation');
      if (setting !== 'absent' && written(setting)?.boolean() !== true) continue;
      const { container } = entry;
      yield {
        at: written(setting) ?? namePlace(container),
        message: `A setuid program may gain rights in ${containerName(entry)}: allowPrivilegeEscalation is ${setting === 'absent' ? 'not set to false' : 'true'}.`,
        ...leniency(entry.workload),
        fixes: [
          {
            title: 'Forbid privilege escalation',
            safe: false,
            edits: () => setValue(container, ['securityContext', 'allowPrivilegeEscalation'], false),
          },
        ],
      };
    }
  },
});
