import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { allContainersOf, containerName, namePlace, POD_OWNERS } from '../../rules/parts/containers.ts';
import { leniency } from '../../rules/parts/nodeAgents.ts';
import { inheritedSetting, isWindows, written } from '../../rules/parts/securityContext.ts';

/** Nothing keeps the process from being root, which is root of the node for every hole in the kernel. */
export const rule = defineRule({
  id: 'pod-security/may-run-as-root',
  severity: 'warning',
  profile: 'strict',
  types: POD_OWNERS,
  equivalents: [
    'kube-linter:run-as-non-root',
    'polaris:runAsRootAllowed',
    'checkov:CKV_K8S_23',
    'trivy:KSV-0012',
    'trivy:KSV-0105',
    'kics:containers_running_as_root',
    'gatekeeper:users',
    'kyverno:require-run-as-nonroot',
    'kyverno:require-run-as-non-root-user',
    'kubescape:non-root-containers',
    'popeye:302',
    'popeye:306',
  ],
  *check(resource) {
    for (const entry of allContainersOf(resource)) {
      if (isWindows(entry.workload)) continue;
      const user = inheritedSetting(entry, 'runAsUser');
      const demand = inheritedSetting(entry, 'runAsNonRoot');
      if (user === 'unknown' || demand === 'unknown') continue;
      const uid = written(user)?.number();
      const isDemanded = written(demand)?.boolean() === true;
      if (uid === 0) {
        yield {
          at: written(user)!,
          message: isDemanded
            ? `The user 0 contradicts runAsNonRoot, so ${containerName(entry)} is never started.`
            : `The user 0 is root: ${containerName(entry)}.`,
          ...(isDemanded ? { severity: 'error' as const } : leniency(entry.workload)),
        };
        continue;
      }
      if (uid !== undefined || user !== 'absent' || isDemanded) continue;
      const { container } = entry;
      yield {
        at: written(demand) ?? namePlace(container),
        message: `Nothing keeps ${containerName(entry)} from running as root.`,
        ...leniency(entry.workload),
        fixes: [
          {
            title: 'Demand a user that is not root',
            safe: false,
            edits: () => setValue(container, ['securityContext', 'runAsNonRoot'], true),
          },
        ],
      };
    }
  },
});
