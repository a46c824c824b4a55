import { defineRule } from '../../rules/contract.ts';
import { allContainersOf, containerName, namePlace, POD_OWNERS } from '../../rules/parts/containers.ts';
import { inheritedSetting, isWindows, written } from '../../rules/parts/securityContext.ts';

const LOWEST_FREE_ID = 10_000;

/** Low ids belong to users of the node; a process that breaks out has their rights. */
export const rule = defineRule({
  id: 'pod-security/user-id-low',
  severity: 'information',
  profile: 'strict',
  types: POD_OWNERS,
  equivalents: [
    'kube-score:container-security-context-user-group-id',
    'checkov:CKV_K8S_40',
    'trivy:KSV-0020',
    'trivy:KSV-0021',
    'trivy:KSV-0116',
    'kics:containers_run_with_low_uid',
    'kyverno:require-non-root-groups',
    'kyverno:validate-userid-groupid-fsgroup',
    'kyverno:psp-check-supplemental-groups',
    'gatekeeper:fsgroup',
    'kubescape:set-fsgroup-value',
    'kubescape:set-supplementalgroups-values',
    'kyverno:require-unique-uid-per-workload',
    'kubescape:set-fsgroupchangepolicy-value',
  ],
  *check(resource) {
    for (const entry of allContainersOf(resource)) {
      if (isWindows(entry.workload)) continue;
      for (const [field, word] of [
        ['runAsUser', 'user'],
        ['runAsGroup', 'group'],
      ] as const) {
        const setting = inheritedSetting(entry, field);
        const id = written(setting)?.number();
        if (setting === 'absent') {
          yield { at: namePlace(entry.container), message: `No ${word} id is set for ${containerName(entry)}.` };
        } else if (id !== undefined && id <= LOWEST_FREE_ID) {
          yield {
            at: written(setting)!,
            message: `The ${word} id ${id} of ${containerName(entry)} may be one of the node; ids above ${LOWEST_FREE_ID} are free.`,
          };
        }
      }
    }
  },
});
