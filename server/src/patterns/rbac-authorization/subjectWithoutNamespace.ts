import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { CLUSTER_ROLE_BINDING } from './rights.ts';

/** The API server rejects a ClusterRoleBinding to a service account whose namespace it does not say. */
export const rule = defineRule({
  id: 'rbac-authorization/subject-without-namespace',
  severity: 'error',
  profile: 'recommended',
  types: [CLUSTER_ROLE_BINDING],
  *check(resource, graph) {
    for (const subject of resource.root.find('subjects')?.items ?? []) {
      const name = subject.find('name');
      if (subject.text('kind') !== 'ServiceAccount' || !name || !subject.lacks('namespace')) continue;
      const namespaces = new Set(
        graph
          .near(resource, 'ServiceAccount')
          .flatMap((account) => (account.name === name.text() && account.namespace ? [account.namespace] : [])),
      );
      const [only] = namespaces;
      yield {
        at: name,
        message: `${describe(resource)} is rejected: it does not say in which namespace the ServiceAccount ${name.text() ?? ''} is.`,
        fixes:
          only !== undefined && namespaces.size === 1
            ? [{ title: `Set the namespace ${only}`, safe: true, edits: () => setValue(subject, ['namespace'], only) }]
            : [],
      };
    }
  },
});
