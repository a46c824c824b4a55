import type { EdgeFinder } from '../resourceGraph.ts';
import { edgeTo } from './edgeTo.ts';

/** RoleBinding and ClusterRoleBinding → the role that they give and the ServiceAccounts that receive it. */
export const roleBinding: EdgeFinder = {
  relation: 'grants',
  from: ['rbac.authorization.k8s.io/RoleBinding', 'rbac.authorization.k8s.io/ClusterRoleBinding'],
  *find(source, graph) {
    const kind = source.root.text('roleRef', 'kind');
    if (kind === 'Role' || kind === 'ClusterRole') {
      yield* edgeTo(
        'grants',
        source,
        source.root.find('roleRef', 'name'),
        [`rbac.authorization.k8s.io/${kind}`],
        graph,
      );
    }
    for (const subject of source.root.find('subjects')?.items ?? []) {
      if (subject.text('kind') !== 'ServiceAccount') continue;
      const namespace = subject.text('namespace') ?? source.namespace;
      yield* edgeTo('granted-to', source, subject.find('name'), ['ServiceAccount'], graph, namespace);
    }
  },
};
