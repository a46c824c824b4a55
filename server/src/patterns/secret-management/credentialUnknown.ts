import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';

/** A store that can't prove who it is returns nothing, and with it none of its ExternalSecrets. */
export const rule = defineRule({
  id: 'secret-management/credential-unknown',
  severity: 'error',
  profile: 'recommended',
  types: ['external-secrets.io/SecretStore', 'external-secrets.io/ClusterSecretStore'],
  *check(store, graph) {
    for (const { writtenAt, to, target } of graph.edgesFrom(store, 'proves-by')) {
      // Every namespace has this account.
      if (target.status !== 'missing' || (to[0] === 'ServiceAccount' && writtenAt.text() === 'default')) continue;
      const namespace = writtenAt.parent?.text('namespace') ?? store.namespace;
      yield {
        at: writtenAt,
        message: `${describe(store)} can't prove who it is: there is no ${to[0]} ${writtenAt.text()}${namespace ? ` in namespace ${namespace}` : ''}.`,
        // The first secret of all is rarely in a repository.
        ...(target.certain && to[0] === 'ServiceAccount' ? {} : { strict: true }),
      };
    }
  },
});
