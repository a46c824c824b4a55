import { defineRule } from '../../rules/contract.ts';
import { allContainersOf, POD_OWNERS } from '../../rules/parts/containers.ts';
import { containerSetting, podSetting, written } from '../../rules/parts/securityContext.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';

/** The types of the Pod Security Standards, `baseline` profile. */
const CONFINED = new Set(['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t']);

/** An own SELinux user, role or type may give a container more rights than containers have. */
export const rule = defineRule({
  id: 'pod-security/selinux-options-changed',
  severity: 'warning',
  profile: 'strict',
  types: POD_OWNERS,
  equivalents: ['trivy:KSV-0025', 'gatekeeper:selinux', 'kyverno:disallow-selinux', 'kubescape:set-seLinuxOptions'],
  *check(resource) {
    const settings = [
      podSetting(workloadOf(resource)!, 'seLinuxOptions'),
      ...[...allContainersOf(resource)].map((entry) => containerSetting(entry, 'seLinuxOptions')),
    ];
    for (const setting of settings) {
      for (const option of written(setting)?.entries ?? []) {
        const value = option.text() ?? '';
        const isChanged = option.key === 'type' ? !CONFINED.has(value) : value !== '' && option.key !== 'level';
        if (!isChanged) continue;
        yield {
          at: option,
          message: `The SELinux ${option.key} ${value} is none of those that confine containers.`,
        };
      }
    }
  },
});
