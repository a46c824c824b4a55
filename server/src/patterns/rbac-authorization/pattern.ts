import { instanceName } from '../../rules/parts/instanceName.ts';
import { definePattern, type Participant } from '../../rules/pattern.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { SERVING_TYPES } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { applyRoleModel } from './applyRoleModel.ts';
import { BINDING_TYPES, isBuiltIn, ROLE_TYPES, rightsOf } from './rights.ts';
import { grantOf, rightsMatrix } from './subjects.ts';

const AUTHORIZATION_POLICY = 'security.istio.io/AuthorizationPolicy';

export const pattern = definePattern({
  id: 'rbac-authorization',
  title: 'Role-based access control',
  category: 'security',
  summary: 'Gives people and pods the rights of their role, and no more.',
  roles: {
    rights: { title: 'role with rights', required: true },
    binding: { title: 'binding', required: true },
    grantee: { title: 'user, group, account or claim', required: true },
    workload: { title: 'workload that has rights or is the object of them', required: false },
  },
  *recognize(graph) {
    for (const [, members] of byNamespace(graph)) {
      const participants = members.flatMap((resource) => [...participantsOf(resource, graph)]);
      if (participants.length === 0) continue;
      const played = new Set(participants.map(({ role }) => role));
      const first = members[0]!;
      // A role may be bound, and a binding may give a role, that a template names or that lives elsewhere.
      const isOpen = members.some(({ root }) => !root.known);
      yield {
        pattern: 'rbac-authorization',
        name: first.namespace === '' ? 'the cluster' : (first.namespace ?? instanceName(first, graph)),
        participants: unique(participants),
        missing: isOpen ? [] : ['rights', 'binding', 'grantee'].filter((role) => !played.has(role)),
      };
    }
  },
  explanations: [
    {
      types: ROLE_TYPES,
      path: ['rules'],
      text(_field, role, graph) {
        const table = rightsMatrix(role, graph, (grant) => grant.role === role);
        return table && `**Who may do what** by ${role.kind} ${role.name}:\n\n${table}`;
      },
    },
    {
      types: BINDING_TYPES,
      path: ['roleRef'],
      text(_field, binding, graph) {
        const table = rightsMatrix(binding, graph, (grant) => grant.binding === binding);
        return table && `**What this binding gives:**\n\n${table}`;
      },
    },
    {
      types: BINDING_TYPES,
      path: ['subjects'],
      text(field, binding, graph) {
        const names = new Set(grantOf(binding, graph).subjects.map(({ name }) => name));
        const table = rightsMatrix(binding, graph, (grant) => grant.subjects.some(({ name }) => names.has(name)));
        return (
          table &&
          `**Everything that ${field.items.length === 1 ? 'this subject' : 'these subjects'} may do**, by all bindings of the workspace:\n\n${table}`
        );
      },
    },
  ],
  apply: applyRoleModel,
});

/** Roles, bindings and policies on claims, by set and namespace: together they say who may do what there. */
function byNamespace(graph: ResourceGraph): ReadonlyMap<string, readonly Resource[]> {
  const groups = new Map<string, Resource[]>();
  for (const resource of graph.all(...ROLE_TYPES, ...BINDING_TYPES, AUTHORIZATION_POLICY)) {
    if (isBuiltIn(resource) || (resource.type === AUTHORIZATION_POLICY && claimsOf(resource).length === 0)) continue;
    const key = `${graph.setOf(resource)} ${resource.namespace ?? '*'}`;
    groups.set(key, [...(groups.get(key) ?? []), resource]);
  }
  return groups;
}

function* participantsOf(resource: Resource, graph: ResourceGraph): Iterable<Participant> {
  const named = resource.root.find('metadata', 'name') ?? resource.root;
  if (resource.type === AUTHORIZATION_POLICY) {
    yield { role: 'rights', resource, at: named };
    // The policy itself joins its claims to what they open.
    yield { role: 'binding', resource, at: resource.root.find('spec')?.keyPlace ?? named };
    for (const at of claimsOf(resource)) yield { role: 'grantee', resource, at };
    return;
  }
  if (ROLE_TYPES.includes(resource.type)) {
    yield { role: 'rights', resource, at: named };
    for (const { source } of graph.edgesTo(resource, 'grants')) {
      yield { role: 'binding', resource: source, at: source.root.find('metadata', 'name') ?? source.root };
    }
    for (const workload of objectsOf(resource, graph)) {
      yield { role: 'workload', resource: workload, at: workload.root.find('metadata', 'name') ?? workload.root };
    }
    return;
  }
  yield { role: 'binding', resource, at: named };
  // A role of the cluster or of an operator is there, though no file has it.
  const [reference] = graph.edgesFrom(resource, 'grants');
  if (reference && reference.target.status !== 'missing') {
    const role = reference.target.status === 'found' ? reference.target.resource : resource;
    yield {
      role: 'rights',
      resource: role,
      at: role === resource ? reference.writtenAt : (role.root.find('metadata', 'name') ?? role.root),
    };
  } else if (reference && resource.root.text('roleRef', 'kind') === 'ClusterRole') {
    yield { role: 'rights', resource, at: reference.writtenAt };
  }
  for (const { at } of grantOf(resource, graph).subjects)
    yield { role: 'grantee', resource, at: at.find('name') ?? at };
  for (const { target } of graph.edgesFrom(resource, 'granted-to')) {
    if (target.status !== 'found') continue;
    for (const { source } of graph.edgesTo(target.resource, 'runs-as')) {
      yield { role: 'workload', resource: source, at: source.root.find('metadata', 'name') ?? source.root };
    }
  }
}

/** Workloads of the namespace that a right of the role names. */
function objectsOf(role: Resource, graph: ResourceGraph): readonly Resource[] {
  const names = new Set(
    rightsOf(role).flatMap(({ resources, names: own }) =>
      resources.has('deployments') || resources.has('deployments/scale') ? own : [],
    ),
  );
  if (names.size === 0) return [];
  return graph.sameNamespace(role, SERVING_TYPES).filter(({ name }) => name !== undefined && names.has(name));
}

/** The conditions of a policy that ask for a claim of the caller's token. */
function claimsOf(policy: Resource): readonly SourceNode[] {
  return (policy.root.find('spec', 'rules')?.items ?? []).flatMap((rule) =>
    (rule.find('when')?.items ?? [])
      .flatMap((condition) => condition.find('key') ?? [])
      .filter((key) => key.text()?.startsWith('request.auth.claims')),
  );
}

function unique(participants: readonly Participant[]): readonly Participant[] {
  const seen = new Map<string, Participant>();
  for (const participant of participants) {
    const { source, span } = participant.at;
    seen.set(`${participant.role} ${source.uri} ${span.start}`, participant);
  }
  return [...seen.values()];
}
