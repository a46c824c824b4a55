import { parseImageReference } from '../../languages/imageReference.ts';
import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { allContainersOf, containerName, namePlace, POD_OWNERS } from '../../rules/parts/containers.ts';

/** A node that already has the tag runs its old copy, and lets pods use it that may not pull it themselves. */
export const rule = defineRule({
  id: 'pod-security/pull-policy-not-always',
  severity: 'information',
  profile: 'strict',
  types: POD_OWNERS,
  equivalents: [
    'kube-score:container-image-pull-policy',
    'polaris:pullPolicyNotAlways',
    'checkov:CKV_K8S_15',
    'kics:image_pull_policy_of_container_is_not_always',
    'kyverno:imagepullpolicy-always',
    'kubescape:image-pull-policy-is-not-set-to-always',
  ],
  *check(resource) {
    for (const entry of allContainersOf(resource)) {
      const { container } = entry;
      const policy = container.find('imagePullPolicy');
      const reference = parseImageReference(container.text('image') ?? '');
      if (!reference || reference.digest !== undefined || policy?.text() === 'Always') continue;
      const isMutable = reference.tag === undefined || reference.tag === 'latest';
      const isAbsent = container.lacks('imagePullPolicy');
      // Without a policy, latest is always pulled.
      if (isAbsent ? isMutable : policy?.text() === undefined) continue;
      yield {
        at: isAbsent ? namePlace(container) : policy!,
        message: isAbsent
          ? `No pull policy is set for ${containerName(entry)}, so a node keeps the copy of ${reference.name}:${reference.tag} that it has.`
          : `With the pull policy ${policy!.text()}, a node keeps the copy of ${reference.name}:${reference.tag ?? 'latest'} that it has for ${containerName(entry)}.`,
        ...(isMutable ? { severity: 'warning' as const } : {}),
        fixes: [
          {
            title: 'Always pull the image',
            safe: false,
            edits: () => setValue(container, ['imagePullPolicy'], 'Always'),
          },
        ],
      };
    }
  },
});
