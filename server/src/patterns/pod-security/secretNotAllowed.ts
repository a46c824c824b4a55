import { matchesAny } from '../../configuration/glob.ts';
import { defineRule } from '../../rules/contract.ts';
import { POD_OWNERS } from '../../rules/parts/containers.ts';
import { choice, demandOf } from '../../rules/parts/policies.ts';
import { describe } from '../../workspace/resource.ts';

/** Which Secrets pods of this folder may take is said once: `policies.secrets.allowedNames` of slipway.yaml. */
export const rule = defineRule({
  id: 'pod-security/secret-not-allowed',
  severity: 'warning',
  profile: 'recommended',
  types: POD_OWNERS,
  equivalents: ['kyverno:restrict-secrets-by-name', 'kyverno:no-secrets'],
  *check(resource, graph) {
    const demand = demandOf(resource, graph, 'secrets');
    const allowed = demand?.policy.allowedNames;
    if (!demand || !allowed) return;
    for (const { to, writtenAt } of graph.edgesFrom(resource, 'configured-by')) {
      const name = writtenAt.text();
      // What pulls images is no secret of the program's.
      if (!to.includes('Secret') || name === undefined || writtenAt.path.includes('imagePullSecrets')) continue;
      if (matchesAny(allowed, name)) continue;
      yield {
        at: writtenAt,
        message: `${describe(resource)} takes the Secret ${name}; allowed is ${choice(allowed) || 'none'}.`,
        ...demand.because('allowedNames'),
      };
    }
  },
});
