import { defineRule } from '../../rules/contract.ts';
import { allContainersOf, containerName, namePlace, POD_OWNERS } from '../../rules/parts/containers.ts';
import { inheritedSetting, isWindows, written } from '../../rules/parts/securityContext.ts';

const ANNOTATION = 'container.apparmor.security.beta.kubernetes.io/';

/** AppArmor confines a container to the files and rights of a profile, where the node has it. */
export const rule = defineRule({
  id: 'pod-security/apparmor-not-set',
  severity: 'information',
  profile: 'strict',
  types: POD_OWNERS,
  equivalents: [
    'trivy:KSV-0002',
    'kics:missing_app_armor_config',
    'gatekeeper:apparmor',
    'kyverno:restrict-apparmor-profiles',
  ],
  *check(resource) {
    for (const entry of allContainersOf(resource)) {
      if (isWindows(entry.workload)) continue;
      const { container, workload } = entry;
      const setting = inheritedSetting(entry, 'appArmorProfile', 'type');
      const annotation = `${ANNOTATION}${container.text('name')}`;
      const old = workload.template?.find('metadata', 'annotations', annotation);
      const isUnconfined = written(setting)?.text() === 'Unconfined' || old?.text() === 'unconfined';
      const isAbsent = setting === 'absent' && workload.template?.lacks('metadata', 'annotations', annotation) === true;
      // SELinux does the same work on other distributions.
      if (!isUnconfined && (!isAbsent || inheritedSetting(entry, 'seLinuxOptions') !== 'absent')) continue;
      yield {
        at: isUnconfined ? (written(setting) ?? old!) : namePlace(container),
        message: isUnconfined
          ? `AppArmor is switched off for ${containerName(entry)}.`
          : `No AppArmor profile is named for ${containerName(entry)}.`,
        ...(isUnconfined ? { severity: 'warning' as const } : {}),
      };
    }
  },
});
