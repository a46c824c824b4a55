import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { allContainersOf, containerName, namePlace, POD_OWNERS } from '../../rules/parts/containers.ts';
import { leniency } from '../../rules/parts/nodeAgents.ts';
import { containerSetting, isWindows, written } from '../../rules/parts/securityContext.ts';
import { capabilities } from './capabilities.ts';

/** Container runtimes give each container some of root's rights, which hardly any program needs. */
export const rule = defineRule({
  id: 'pod-security/capabilities-kept',
  severity: 'warning',
  profile: 'strict',
  types: POD_OWNERS,
  equivalents: [
    'trivy:KSV-0003',
    'trivy:KSV-0004',
    'trivy:KSV-0106',
    'polaris:insecureCapabilities',
    'checkov:CKV_K8S_37',
    'kics:no_drop_capabilities_for_containers',
    'gatekeeper:capabilities',
    'kyverno:drop-all-capabilities',
    'kyverno:disallow-capabilities-strict',
  ],
  *check(resource) {
    for (const entry of allContainersOf(resource)) {
      if (isWindows(entry.workload)) continue;
      const dropped = capabilities(entry, 'drop');
      if (!dropped || dropped.has('ALL')) continue;
      const { container } = entry;
      yield {
        at: written(containerSetting(entry, 'capabilities', 'drop')) ?? namePlace(container),
        message: `Not all capabilities are dropped in ${containerName(entry)}.`,
        ...leniency(entry.workload),
        fixes: [
          {
            title: 'Drop all capabilities',
            safe: false,
            edits: () => setValue(container, ['securityContext', 'capabilities', 'drop'], ['ALL']),
          },
        ],
      };
    }
  },
});
