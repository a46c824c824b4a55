import { defineRule } from '../../rules/contract.ts';
import { allContainersOf, containerName, POD_OWNERS } from '../../rules/parts/containers.ts';

/** An environment is shown by crash reports, child processes and `kubectl describe`, and does not follow a rotated Secret. */
export const rule = defineRule({
  id: 'pod-security/secret-in-environment',
  severity: 'information',
  profile: 'strict',
  types: POD_OWNERS,
  equivalents: [
    'kube-linter:read-secret-from-env-var',
    'checkov:CKV_K8S_35',
    'kics:secrets_as_environment_variables',
    'kyverno:secrets-not-from-env-vars',
    'kubescape:rule-secrets-in-env-var',
  ],
  *check(resource) {
    for (const entry of allContainersOf(resource)) {
      for (const variable of entry.container.find('env')?.items ?? []) {
        const reference = variable.find('valueFrom', 'secretKeyRef');
        if (!reference) continue;
        yield {
          at: reference.find('name') ?? reference.keyPlace,
          message: `Secret ${reference.text('name') ?? ''} stands in the environment of ${containerName(entry)} as ${variable.text('name') ?? 'a variable'}.`,
        };
      }
      for (const source of entry.container.find('envFrom')?.items ?? []) {
        const reference = source.find('secretRef');
        if (!reference) continue;
        yield {
          at: reference.find('name') ?? reference.keyPlace,
          message: `Every key of Secret ${reference.text('name') ?? ''} stands in the environment of ${containerName(entry)}.`,
        };
      }
    }
  },
});
