import { removeEntry } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { allContainersOf, containerName, POD_OWNERS } from '../../rules/parts/containers.ts';
import { leniency } from '../../rules/parts/nodeAgents.ts';
import { containerSetting, written } from '../../rules/parts/securityContext.ts';

/** An unmasked `/proc` shows and changes settings of the kernel that all containers share. */
export const rule = defineRule({
  id: 'pod-security/proc-unmasked',
  severity: 'warning',
  profile: 'recommended',
  types: POD_OWNERS,
  equivalents: [
    'kube-linter:unsafe-proc-mount',
    'polaris:procMount',
    'trivy:KSV-0027',
    'kics:container_runs_unmasked',
    'gatekeeper:proc-mount',
    'kyverno:disallow-proc-mount',
  ],
  *check(resource) {
    for (const entry of allContainersOf(resource)) {
      const mount = written(containerSetting(entry, 'procMount'));
      if (!mount || mount.text() === undefined || mount.text() === 'Default') continue;
      yield {
        at: mount,
        message: `The kernel's settings in /proc are open to ${containerName(entry)}.`,
        ...leniency(entry.workload),
        fixes: [{ title: 'Remove procMount', safe: false, edits: () => [removeEntry(mount)] }],
      };
    }
  },
});
