import { removeEntry, renameKey } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { POD_OWNERS } from '../../rules/parts/containers.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';

/** `serviceAccount` is the old name of `serviceAccountName`; tools that read the new one miss it. */
export const rule = defineRule({
  id: 'pod-security/service-account-field-deprecated',
  severity: 'information',
  profile: 'recommended',
  types: POD_OWNERS,
  equivalents: ['kube-linter:deprecated-service-account-field', 'kubescape:deprecated-service-account-field'],
  *check(resource) {
    const podSpec = workloadOf(resource)?.podSpec;
    const old = podSpec?.find('serviceAccount');
    if (!podSpec || !old) return;
    const current = podSpec.find('serviceAccountName');
    yield {
      at: old.keyPlace,
      message: current
        ? 'serviceAccount is deprecated and repeats serviceAccountName.'
        : 'serviceAccount is deprecated; its name is serviceAccountName.',
      // Both names in one pod is what the API server itself prints.
      ...(current ? { strict: true } : {}),
      fixes: [
        current
          ? { title: 'Remove serviceAccount', safe: true, edits: () => [removeEntry(old)] }
          : { title: 'Rename to serviceAccountName', safe: true, edits: () => renameKey(old, 'serviceAccountName') },
      ],
    };
  },
});
