import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { allContainersOf, containerName, namePlace, POD_OWNERS } from '../../rules/parts/containers.ts';
import { leniency } from '../../rules/parts/nodeAgents.ts';
import { containerSetting, isWindows, written } from '../../rules/parts/securityContext.ts';

/** Without `allowPrivilegeEscalation: false` a setuid program makes its caller root. */
export const rule = defineRule({
  id: 'pod-security/privilege-escalation-allowed',
  severity: 'warning',
  profile: 'strict',
  types: POD_OWNERS,
  equivalents: [
    'kube-linter:privilege-escalation-container',
    'polaris:privilegeEscalationAllowed',
    'checkov:CKV_K8S_20',
    'trivy:KSV-0001',
    'kics:privilege_escalation_allowed',
    'gatekeeper:allow-privilege-escalation',
    'kyverno:disallow-privilege-escalation',
    'kubescape:rule-allow-privilege-escalation',
  ],
  *check(resource) {
    for (const entry of allContainersOf(resource)) {
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
