import { defineRule } from '../../rules/contract.ts';
import { POD_OWNERS } from '../../rules/parts/containers.ts';
import { leniency } from '../../rules/parts/nodeAgents.ts';
import { podSetting, written } from '../../rules/parts/securityContext.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe } from '../../workspace/resource.ts';

/** The settings that Kubernetes calls safe: each pod has its own, and they harm no neighbour. */
const SAFE = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_wmem',
]);

const OF_UNSAFE = [
  'kube-linter:unsafe-sysctls',
  'trivy:KSV-0026',
  'kics:cluster_allows_unsafe_sysctls',
  'gatekeeper:forbidden-sysctls',
  'kyverno:restrict-sysctls',
  'kubescape:set-sysctls-params',
];

/** A kubelet refuses a pod with a setting that it was not told to allow. */
export const rule = defineRule({
  id: 'pod-security/unsafe-sysctl',
  severity: 'warning',
  profile: 'recommended',
  types: POD_OWNERS,
  equivalents: [...OF_UNSAFE, 'kyverno:prevent-cr8escape'],
  *check(resource) {
    const workload = workloadOf(resource)!;
    for (const sysctl of written(podSetting(workload, 'sysctls'))?.items ?? []) {
      const name = sysctl.find('name');
      const setting = name?.text();
      if (!name || setting === undefined) continue;
      const value = sysctl.find('value');
      // The runtime CRI-O once passed further settings on that stood in the value (CVE-2022-0811).
      if (value && /[+=]/.test(value.text() ?? '')) {
        yield {
          at: value,
          message: `The value of ${setting} smuggles further settings past the check of ${describe(resource)}: no sysctl holds + or =.`,
          severity: 'error',
          equivalents: ['kyverno:prevent-cr8escape'],
        };
        continue;
      }
      if (SAFE.has(setting.replaceAll('/', '.'))) continue;
      yield {
        at: name,
        message: `A node refuses ${describe(resource)} unless its kubelet is told to allow ${setting}.`,
        ...leniency(workload),
        equivalents: OF_UNSAFE,
      };
    }
  },
});
