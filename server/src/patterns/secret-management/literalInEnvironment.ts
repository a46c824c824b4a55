import { defineRule } from '../../rules/contract.ts';
import { CONTAINER_OWNERS, containerName, containersOf } from '../../rules/parts/containers.ts';
import { secretKind } from './secretValues.ts';

/** A literal is read by everybody who reads the repository or the object, and changes only by a deployment. */
export const rule = defineRule({
  id: 'secret-management/literal-in-environment',
  severity: 'warning',
  profile: 'recommended',
  types: CONTAINER_OWNERS,
  equivalents: [
    'kube-linter:env-var-secret',
    'polaris:sensitiveContainerEnvVar',
    'kubescape:rule-credentials-in-env-var',
  ],
  *check(resource) {
    for (const entry of containersOf(resource)) {
      for (const variable of entry.container.find('env')?.items ?? []) {
        const value = variable.find('value');
        const name = variable.text('name');
        const written = value?.text();
        if (!value || name === undefined || written === undefined) continue;
        const kind = secretKind(name, written);
        if (!kind) continue;
        yield {
          at: variable.find('name') ?? value,
          message:
            kind === 'key'
              ? `The value of ${name} in ${containerName(entry)} has the form of a real key; it belongs in a Secret that is not in the repository.`
              : `The value of ${name} in ${containerName(entry)} stands here in clear; a secretKeyRef would take it from a Secret.`,
          ...(kind === 'key' ? { severity: 'error' as const } : {}),
          ...(kind === 'word' ? { strict: true as const } : {}),
        };
      }
    }
  },
});
