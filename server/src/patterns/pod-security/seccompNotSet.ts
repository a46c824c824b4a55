import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import {
  allContainersOf,
  type ContainerOf,
  containerName,
  namePlace,
  POD_OWNERS,
} from '../../rules/parts/containers.ts';
import { leniency } from '../../rules/parts/nodeAgents.ts';
import { inheritedSetting, isWindows, written } from '../../rules/parts/securityContext.ts';
import type { SourceNode } from '../../text/sourceNode.ts';

const POD_ANNOTATION = 'seccomp.security.alpha.kubernetes.io/pod';
const CONTAINER_ANNOTATIONS = 'container.seccomp.security.alpha.kubernetes.io/';

/** Tools that read the fields alone, as the API server does since 1.27. */
const OF_FIELDS = [
  'trivy:KSV-0104',
  'gatekeeper:seccompv2',
  'kyverno:restrict-seccomp-strict',
  'kyverno:podsecurity-subrule-restricted-seccomp',
  'kubescape:set-seccomp-profile',
  'kubescape:set-seccomp-profile-RuntimeDefault',
];

/** Without a seccomp profile a container may call every function of the kernel. */
export const rule = defineRule({
  id: 'pod-security/seccomp-not-set',
  severity: 'warning',
  profile: 'strict',
  types: POD_OWNERS,
  equivalents: [
    'kube-score:container-seccomp-profile',
    'checkov:CKV_K8S_31',
    'trivy:KSV-0030',
    'trivy:KSV-0104',
    'kics:seccomp_profile_is_not_configured',
    'kics:secoomp_profile_is_not_configured',
    'gatekeeper:seccomp',
    'gatekeeper:seccompv2',
    'kyverno:restrict-seccomp',
    'kyverno:restrict-seccomp-strict',
    'kyverno:podsecurity-subrule-restricted-seccomp',
    'kubescape:set-seccomp-profile',
    'kubescape:set-seccomp-profile-RuntimeDefault',
  ],
  *check(resource) {
    for (const entry of allContainersOf(resource)) {
      if (isWindows(entry.workload)) continue;
      const setting = inheritedSetting(entry, 'seccompProfile', 'type');
      if (setting !== 'absent' && written(setting)?.text() !== 'Unconfined') continue;
      const { container, workload } = entry;
      const old = setting === 'absent' ? oldProfile(entry) : undefined;
      if (old?.kind === 'unknown') continue;
      yield {
        at: old ?? written(setting) ?? namePlace(container),
        message:
          old !== undefined
            ? `Kubernetes reads this annotation no more since 1.27: the seccomp profile of ${containerName(entry)} is a field of its securityContext.`
            : setting === 'absent'
              ? `No seccomp profile filters the system calls of ${containerName(entry)}.`
              : `The profile Unconfined lets ${containerName(entry)} make every system call.`,
        ...leniency(workload),
        // Who still reads the annotation is content with it, unless it switches the profile off.
        ...(old && old.text() !== 'unconfined' ? { equivalents: OF_FIELDS } : {}),
        fixes: [
          {
            title: "Use the runtime's default profile",
            safe: false,
            edits: () =>
              written(setting)
                ? setValue(written(setting)!, [], 'RuntimeDefault')
                : setValue(container, ['securityContext', 'seccompProfile', 'type'], 'RuntimeDefault'),
          },
        ],
      };
    }
  },
});

/** The annotation that named the profile of a container before there was a field. */
function oldProfile({ container, workload }: ContainerOf): SourceNode | undefined {
  const annotations = workload.template?.find('metadata', 'annotations');
  return annotations?.find(`${CONTAINER_ANNOTATIONS}${container.text('name')}`) ?? annotations?.find(POD_ANNOTATION);
}
