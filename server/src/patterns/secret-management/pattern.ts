import { TERRAFORM_FILE } from '../../languages/terraform/terraformLanguage.ts';
import { definePattern, type Participant } from '../../rules/pattern.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { SECRET_PROVIDER_CLASS } from '../../workspace/edges/secretSources.ts';
import { WORKLOAD_TYPES, workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { applySecretManagement } from './applySecretManagement.ts';
import { INJECTOR } from './vaultInjector.ts';

const EXTERNAL_SECRET = 'external-secrets.io/ExternalSecret';
const STORES = ['external-secrets.io/SecretStore', 'external-secrets.io/ClusterSecretStore'];
const SEALED_SECRET = 'bitnami.com/SealedSecret';

/** What Terraform sets up in Vault, by the step that it is for. */
const VAULT_STEPS: Readonly<Record<string, readonly string[]>> = {
  authenticate: [
    'vault_auth_backend',
    'vault_kubernetes_auth_backend_config',
    'vault_kubernetes_auth_backend_role',
    'vault_approle_auth_backend_role',
    'vault_jwt_auth_backend_role',
    'vault_aws_auth_backend_role',
  ],
  authorize: ['vault_policy'],
  audit: ['vault_audit'],
};

export const pattern = definePattern({
  id: 'secret-management',
  title: 'Secret management',
  category: 'security',
  summary: 'Keeps secrets in one guarded place, and gives each caller its own, once it is known who asks.',
  roles: {
    authenticate: { title: 'proof of who asks', required: true },
    authorize: { title: 'policy on who may read what', required: true },
    audit: { title: 'record of who read what', required: true },
    return: { title: 'way of the secret to the pod', required: true },
    workload: { title: 'workload that gets the secret', required: false },
  },
  *recognize(graph) {
    for (const [name, members] of byNamespace(graph)) {
      const own = members.flatMap((resource) => [...ofResource(resource, graph)]);
      const isOfVault = members.some((resource) => asksVault(resource, graph));
      // Who has no infrastructure as code here sets up Vault elsewhere. Clouds have policies and audit logs of their own,
      // and what is encrypted in the repository needs neither.
      const isSetUpHere = isOfVault && graph.all(TERRAFORM_FILE).length > 0;
      const setUp = isOfVault ? [...ofTerraform(graph)] : [];
      const asksStore = isOfVault || members.some(({ type }) => STORES.includes(type) || type === EXTERNAL_SECRET);
      const plays = (participants: readonly Participant[], role: string) =>
        participants.some((participant) => participant.role === role);
      const isProved = plays(own, 'authenticate') && (!isSetUpHere || plays(setUp, 'authenticate'));
      const missing = [
        ...(asksStore && !isProved ? ['authenticate'] : []),
        ...(isSetUpHere ? ['authorize', 'audit'].filter((role) => !plays(setUp, role)) : []),
        ...(plays(own, 'return') && !members.some((member) => awaitsSecret(member, graph)) ? [] : ['return']),
      ];
      yield {
        pattern: 'secret-management',
        name,
        participants: unique([...own, ...setUp]),
        missing,
      };
    }
  },
  explanations: [
    {
      types: [EXTERNAL_SECRET],
      path: ['spec', 'refreshInterval'],
      text: () =>
        'How often the secret is read again. A changed value reaches the Secret after at most this time; pods that have it in their environment see it only after a restart.',
    },
    {
      types: STORES,
      path: ['spec', 'provider', '*', 'auth'],
      text: () =>
        'How the operator proves who it is. A token of a ServiceAccount needs no further secret; a stored token or key is one more secret to keep.',
    },
  ],
  apply: applySecretManagement,
});

/** Everything that brings secrets to pods, by document set and namespace. */
function byNamespace(graph: ResourceGraph): ReadonlyMap<string, readonly Resource[]> {
  const groups = new Map<string, Resource[]>();
  const sops = graph.all('Secret').filter(({ root }) => root.find('sops'));
  const injected = graph.all(...WORKLOAD_TYPES).filter((workload) => injectorRole(workload) !== undefined);
  const resources = [
    ...graph.all(EXTERNAL_SECRET, STORES[0]!, SECRET_PROVIDER_CLASS, SEALED_SECRET),
    ...sops,
    ...injected,
  ];
  for (const resource of resources) {
    const name = resource.namespace ?? graph.near(resource, 'helm/Chart')[0]?.name ?? 'the default namespace';
    groups.set(name, [...(groups.get(name) ?? []), resource]);
  }
  return groups;
}

function* ofResource(resource: Resource, graph: ResourceGraph): Iterable<Participant> {
  const named = resource.root.find('metadata', 'name') ?? resource.root;
  if (STORES.includes(resource.type)) {
    for (const at of authentications(resource)) yield { role: 'authenticate', resource, at };
    return;
  }
  const role = injectorRole(resource);
  if (role) yield { role: 'authenticate', resource, at: role };
  const ofClass = resource.root.find('spec', 'parameters', 'roleName');
  if (resource.type === SECRET_PROVIDER_CLASS && ofClass) yield { role: 'authenticate', resource, at: ofClass };
  yield { role: 'return', resource, at: named };
  const users = workloadOf(resource)
    ? [resource]
    : [...graph.edgesTo(resource, 'configured-by'), ...graph.edgesTo(resource, 'secret-from')].map(
        ({ source }) => source,
      );
  for (const user of users) {
    if (workloadOf(user))
      yield { role: 'workload', resource: user, at: user.root.find('metadata', 'name') ?? user.root };
  }
  if (resource.type !== EXTERNAL_SECRET) return;
  for (const { target } of graph.edgesFrom(resource, 'secret-from')) {
    if (target.status !== 'found') continue;
    for (const at of authentications(target.resource)) yield { role: 'authenticate', resource: target.resource, at };
  }
}

function* ofTerraform(graph: ResourceGraph): Iterable<Participant> {
  for (const [role, types] of Object.entries(VAULT_STEPS)) {
    for (const resource of graph.all(...types.map((type) => `terraform/${type}`)))
      yield { role, resource, at: resource.root.keyPlace };
  }
}

/** The `auth` of each provider of a store. */
function authentications(store: Resource): readonly SourceNode[] {
  const providers = store.root.find('spec', 'provider')?.entries ?? [];
  return providers.map((provider) => provider.find('auth') ?? provider);
}

/** What names the role of a pod whose secrets Vault's agent brings. */
function injectorRole(resource: Resource): SourceNode | undefined {
  const annotations = workloadOf(resource)?.template?.find('metadata', 'annotations');
  if (annotations?.text(`${INJECTOR}agent-inject`) !== 'true') return undefined;
  return annotations.find(`${INJECTOR}role`) ?? annotations.find(`${INJECTOR}agent-inject`);
}

function asksVault(resource: Resource, graph: ResourceGraph): boolean {
  if (injectorRole(resource)) return true;
  if (resource.type === SECRET_PROVIDER_CLASS) return resource.root.text('spec', 'provider') === 'vault';
  const stores = STORES.includes(resource.type)
    ? [resource]
    : graph
        .edgesFrom(resource, 'secret-from')
        .flatMap(({ target }) => (target.status === 'found' ? target.resource : []));
  return stores.some(({ root }) => root.find('spec', 'provider', 'vault') !== undefined);
}

/** A workload beside `member` needs a Secret that nothing makes. */
function awaitsSecret(member: Resource, graph: ResourceGraph): boolean {
  return graph.memo(`awaits-secret ${graph.setOf(member)} ${member.namespace ?? ''}`, () =>
    graph
      .sameNamespace(member, WORKLOAD_TYPES)
      .flatMap((workload) => graph.edgesFrom(workload, 'configured-by'))
      .some(({ to, target }) => to.includes('Secret') && target.status === 'missing' && target.certain),
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
