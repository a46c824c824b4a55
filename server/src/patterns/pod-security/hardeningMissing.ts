import { defineRule } from '../../rules/contract.ts';
import { allContainersOf, containerName, namePlace, POD_OWNERS } from '../../rules/parts/containers.ts';
import { inheritedSetting, isWindows } from '../../rules/parts/securityContext.ts';

const ANNOTATIONS = 'container.apparmor.security.beta.kubernetes.io/';

/** None of the kernel's means confines the container: seccomp, AppArmor, SELinux or dropped capabilities. */
export const rule = defineRule({
  id: 'pod-security/hardening-missing',
  severity: 'information',
  profile: 'strict',
  types: POD_OWNERS,
  equivalents: ['polaris:linuxHardening', 'kubescape:linux-hardening'],
  *check(resource) {
    for (const entry of allContainersOf(resource)) {
      const { container, workload } = entry;
      if (isWindows(workload)) continue;
      const isBare = [['seccompProfile'], ['appArmorProfile'], ['seLinuxOptions'], ['capabilities', 'drop']].every(
        (path) => inheritedSetting(entry, ...path) === 'absent',
      );
      if (!isBare) continue;
      if (workload.template?.lacks('metadata', 'annotations', `${ANNOTATIONS}${container.text('name')}`) !== true)
        continue;
      yield {
        at: namePlace(container),
        message: `Neither seccomp, AppArmor, SELinux nor dropped capabilities confine ${containerName(entry)}.`,
      };
    }
  },
});
