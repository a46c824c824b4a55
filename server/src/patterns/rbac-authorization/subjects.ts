import type { SourceNode } from '../../text/sourceNode.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { BINDING_TYPES, CLUSTER_ROLE_BINDING, type Right, rightsOf } from './rights.ts';

/** One subject of a binding: who receives the role. */
export interface Subject {
  /** `ServiceAccount shop/cart`, `Group shop-admins`. */
  readonly name: string;
  readonly at: SourceNode;
}

/** A role that a binding of the workspace gives to somebody. */
export interface Grant {
  readonly binding: Resource;
  /** Undefined for a role that the workspace does not have. */
  readonly role: Resource | undefined;
  readonly roleName: string;
  readonly subjects: readonly Subject[];
  /** `the cluster`, or the namespace that the binding is in. */
  readonly where: string;
}

/** Every grant of the set of `from`. */
export function grantsNear(from: Resource, graph: ResourceGraph): readonly Grant[] {
  return graph.memo(`grants ${graph.setOf(from)}`, () =>
    graph.near(from, ...BINDING_TYPES).map((binding) => grantOf(binding, graph)),
  );
}

/** What a binding gives, and to whom. */
export function grantOf(binding: Resource, graph: ResourceGraph): Grant {
  const [edge] = graph.edgesFrom(binding, 'grants');
  return {
    binding,
    role: edge?.target.status === 'found' ? edge.target.resource : undefined,
    roleName: binding.root.text('roleRef', 'name') ?? 'a role',
    subjects: (binding.root.find('subjects')?.items ?? []).flatMap((at) => {
      const name = at.text('name');
      if (name === undefined) return [];
      const kind = at.text('kind') ?? 'Subject';
      const namespace = kind === 'ServiceAccount' ? (at.text('namespace') ?? binding.namespace) : undefined;
      return [{ name: `${kind} ${namespace ? `${namespace}/` : ''}${name}`, at }];
    }),
    where: binding.type === CLUSTER_ROLE_BINDING ? 'the cluster' : (binding.namespace ?? 'its namespace'),
  };
}

/** Who may do what in the set of `from`, as a Markdown table: one row for each right of each grant that `wanted` takes. */
export function rightsMatrix(
  from: Resource,
  graph: ResourceGraph,
  wanted: (grant: Grant) => boolean,
): string | undefined {
  const rows = grantsNear(from, graph)
    .filter((grant) => wanted(grant) && grant.role)
    .flatMap((grant) =>
      rightsOf(grant.role!).map(
        (right) =>
          `| ${grant.subjects.map(({ name }) => name).join(', ') || 'nobody'} | ${verbsOf(right)} | ${resourcesOf(right)} | ${grant.where} |`,
      ),
    );
  return rows.length === 0 ? undefined : ['| who | may | on | in |', '|---|---|---|---|', ...rows].join('\n');
}

function verbsOf({ verbs }: Right): string {
  return verbs.has('*') ? 'everything' : [...verbs.keys()].join(', ') || '–';
}

function resourcesOf({ resources, names }: Right): string {
  const all = resources.has('*') ? 'every resource' : [...resources.keys()].join(', ') || '–';
  return names.length > 0 ? `${all} named ${names.join(', ')}` : all;
}
