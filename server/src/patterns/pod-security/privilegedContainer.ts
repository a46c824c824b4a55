import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { allContainersOf, containerName, POD_OWNERS } from '../../rules/parts/containers.ts';
import { leniency } from '../../rules/parts/nodeAgents.ts';
import { containerSetting, written } from '../../rules/parts/securityContext.ts';

/** A privileged container is root on its node: every isolation is off. */
export const rule = defineRule({
  id: 'pod-security/privileged-container',
  severity: 'warning',
  profile: 'recommended',
  types: POD_OWNERS,
  equivalents: [
    'kube-linter:privileged-container',
    'kube-linter:scc-deny-privileged-container',
    'kube-score:container-security-context-privileged',
    'polaris:runAsPrivileged',
    'checkov:CKV_K8S_16',
    'trivy:KSV-0017',
    'kics:container_is_privileged',
    'gatekeeper:privileged-containers',
    'kyverno:disallow-privileged-containers',
    'kubescape:rule-privileged-container',
  ],
  *check(resource) {
    for (const entry of allContainersOf(resource)) {
      const privileged = written(containerSetting(entry, 'privileged'));
      if (privileged?.boolean() !== true) continue;
      yield {
        at: privileged,
        message: `A privileged container is root on its node: ${containerName(entry)}.`,
        ...leniency(entry.workload),
        fixes: [
          {
            title: 'Do not run privileged',
            safe: false,
            edits: () => setValue(entry.container, ['securityContext', 'privileged'], false),
          },
        ],
      };
    }
  },
});
