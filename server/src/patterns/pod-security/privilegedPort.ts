import { defineRule } from '../../rules/contract.ts';
import { allContainersOf, containerName, POD_OWNERS } from '../../rules/parts/containers.ts';
import { podSetting, written } from '../../rules/parts/securityContext.ts';

const FIRST_FREE_PORT = 1024;

/** Ports below 1024 may need a right that only root has. */
export const rule = defineRule({
  id: 'pod-security/privileged-port',
  severity: 'information',
  profile: 'strict',
  types: POD_OWNERS,
  equivalents: ['kube-linter:privileged-ports', 'trivy:KSV-0117'],
  *check(resource) {
    for (const entry of allContainersOf(resource)) {
      const lowered = written(podSetting(entry.workload, 'sysctls'))?.items.find(
        (sysctl) => sysctl.text('name') === 'net.ipv4.ip_unprivileged_port_start',
      );
      const first = lowered ? Number(lowered.text('value')) : FIRST_FREE_PORT;
      for (const port of entry.container.find('ports')?.items ?? []) {
        const number = port.find('containerPort');
        const value = number?.number();
        if (!number || value === undefined || value <= 0 || value >= first) continue;
        yield {
          at: number,
          message: `Only root may listen on port ${value} on some runtimes: ${containerName(entry)}.`,
        };
      }
    }
  },
});
