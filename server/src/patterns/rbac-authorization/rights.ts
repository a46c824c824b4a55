import type { SourceNode } from '../../text/sourceNode.ts';
import type { Resource } from '../../workspace/resource.ts';

export const ROLE = 'rbac.authorization.k8s.io/Role';
export const CLUSTER_ROLE = 'rbac.authorization.k8s.io/ClusterRole';
export const ROLE_TYPES = [ROLE, CLUSTER_ROLE];
export const ROLE_BINDING = 'rbac.authorization.k8s.io/RoleBinding';
export const CLUSTER_ROLE_BINDING = 'rbac.authorization.k8s.io/ClusterRoleBinding';
export const BINDING_TYPES = [ROLE_BINDING, CLUSTER_ROLE_BINDING];

/** One entry of a role's `rules` about resources. Values that a template writes are left out of the maps. */
export interface Right {
  readonly at: SourceNode;
  readonly groups: ReadonlyMap<string, SourceNode>;
  readonly resources: ReadonlyMap<string, SourceNode>;
  readonly verbs: ReadonlyMap<string, SourceNode>;
  /** The right is limited to objects of these names. */
  readonly names: readonly string[];
}

/** The rights that a role gives, in the order of its rules. */
export function rightsOf(role: Resource): readonly Right[] {
  return (role.root.find('rules')?.items ?? []).map((at) => ({
    at,
    groups: values(at.find('apiGroups')),
    resources: values(at.find('resources')),
    verbs: values(at.find('verbs')),
    names: [...values(at.find('resourceNames')).keys()],
  }));
}

/** The place of the right to do one of `verbs` to `resource` of `group`, if it is given. */
export function gives(right: Right, group: string, resource: string, verbs: readonly string[]): SourceNode | undefined {
  const hasGroup = right.groups.has(group) || right.groups.has('*');
  const [, sub] = resource.split('/');
  const at =
    right.resources.get(resource) ??
    right.resources.get('*') ??
    (sub === undefined ? undefined : right.resources.get(`*/${sub}`));
  const hasVerb = right.verbs.has('*') || verbs.some((verb) => right.verbs.has(verb));
  return hasGroup && hasVerb ? at : undefined;
}

/** Everything on everything: the right of `cluster-admin`. */
export function isEverything({ groups, resources, verbs }: Right): boolean {
  return groups.has('*') && resources.has('*') && verbs.has('*');
}

/** Roles that Kubernetes itself brings; clusters and distributions repeat them in files. */
export function isBuiltIn(role: Resource): boolean {
  return (
    role.name?.startsWith('system:') === true ||
    role.root.text('metadata', 'labels', 'kubernetes.io/bootstrapping') !== undefined ||
    ['cluster-admin', 'admin', 'edit', 'view'].includes(role.name ?? '')
  );
}

function values(list: SourceNode | undefined): ReadonlyMap<string, SourceNode> {
  return new Map((list?.items ?? []).flatMap((item) => (item.text() === undefined ? [] : [[item.text()!, item]])));
}
