import { besideOf, documents, metadataOf } from '../../rules/parts/newDocument.ts';
import type { WorkspaceChange } from '../../rules/pattern.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { ROLE } from './rights.ts';

const READ = ['get', 'list', 'watch'];

/**
 * Writes the model of three roles for a Deployment: its users read, its managers also scale it, its administrators also
 * restart it and delete its pods. Nobody reads Secrets or creates workloads. The groups are those of the identity provider.
 */
export function applyRoleModel(resource: Resource, graph: ResourceGraph): WorkspaceChange | undefined {
  const { name } = resource;
  if (resource.type !== 'apps/Deployment' || name === undefined) return undefined;
  if (graph.sameNamespace(resource, [ROLE]).some((role) => role.name === `${name}-user`)) return undefined;
  const read = [
    { apiGroups: [''], resources: ['pods', 'pods/log', 'services', 'events'], verbs: READ },
    { apiGroups: ['apps'], resources: ['deployments', 'replicasets'], verbs: READ },
  ];
  const scale = {
    apiGroups: ['apps'],
    resources: ['deployments/scale'],
    resourceNames: [name],
    verbs: ['get', 'patch'],
  };
  const mend = [
    { apiGroups: ['apps'], resources: ['deployments'], resourceNames: [name], verbs: ['patch'] },
    { apiGroups: [''], resources: ['pods'], verbs: ['delete'] },
  ];
  const text = documents(
    ...roleAndBinding(resource, `${name}-user`, read),
    ...roleAndBinding(resource, `${name}-manager`, [...read, scale]),
    ...roleAndBinding(resource, `${name}-admin`, [...read, scale, ...mend]),
  );
  return { edits: [], creates: [{ uri: besideOf(resource, `${name}-rbac.yaml`), text }] };
}

function roleAndBinding(resource: Resource, name: string, rules: readonly object[]): object[] {
  const apiVersion = 'rbac.authorization.k8s.io/v1';
  const metadata = metadataOf(name, resource);
  return [
    { apiVersion, kind: 'Role', metadata, rules: structuredClone(rules) },
    {
      apiVersion,
      kind: 'RoleBinding',
      metadata: { ...metadata },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: `${name}s` }],
    },
  ];
}
