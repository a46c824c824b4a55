import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { besideOf, documents, metadataOf } from '../../rules/parts/newDocument.ts';
import type { WorkspaceChange } from '../../rules/pattern.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import type { TextEdit } from '../../text/sourceText.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { secretKind } from './secretValues.ts';

const STORE = 'external-secrets.io/SecretStore';

/**
 * Writes an ExternalSecret for a workload, and a store for Vault where its namespace has none. Secrets that stand in the
 * workload's environment are taken from it from then on; where there are none, the first container gets all its keys.
 */
export function applySecretManagement(resource: Resource, graph: ResourceGraph): WorkspaceChange | undefined {
  const workload = workloadOf(resource);
  const [container] = workload?.containers ?? [];
  if (!workload || !container || resource.name === undefined) return undefined;
  const isServed = graph
    .edgesFrom(resource, 'configured-by')
    .some(({ target }) => target.status === 'found' && target.resource.type.startsWith('external-secrets.io/'));
  if (isServed) return undefined;
  const { name } = resource;
  const literals = workload.containers.flatMap((one) => literalsOf(one));
  const [store] = graph.sameNamespace(resource, [STORE]);
  const storeName = store?.name ?? 'vault';
  const data = literals.map(({ key }) => ({ secretKey: key, remoteRef: { key: name, property: key } }));
  const external = {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: metadataOf(name, resource),
    spec: {
      refreshInterval: '1h',
      secretStoreRef: { kind: 'SecretStore', name: storeName },
      target: { name },
      ...(data.length > 0 ? { data } : { dataFrom: [{ extract: { key: name } }] }),
    },
  };
  const edits: TextEdit[] =
    literals.length > 0
      ? literals.flatMap(({ variable, key }) => takeFromSecret(variable, name, key))
      : setValue(container, ['envFrom'], [{ secretRef: { name } }]);
  if (literals.length === 0 && !container.lacks('envFrom')) return undefined;
  return {
    edits,
    creates: [
      {
        uri: besideOf(resource, `${name}-external-secret.yaml`),
        text: documents(...(store ? [] : [vaultStore(storeName, resource)]), external),
      },
    ],
  };
}

function vaultStore(name: string, resource: Resource): object {
  const account = workloadOf(resource)?.podSpec?.text('serviceAccountName') ?? 'default';
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'SecretStore',
    metadata: metadataOf(name, resource),
    spec: {
      provider: {
        vault: {
          server: 'https://vault.vault.svc.cluster.local:8200',
          path: 'secret',
          version: 'v2',
          auth: { kubernetes: { mountPath: 'kubernetes', role: account, serviceAccountRef: { name: account } } },
        },
      },
    },
  };
}

interface Literal {
  readonly variable: SourceNode;
  readonly key: string;
}

function literalsOf(container: SourceNode): readonly Literal[] {
  return (container.find('env')?.items ?? []).flatMap((variable) => {
    const [name, value] = [variable.text('name'), variable.text('value')];
    if (name === undefined || value === undefined || !secretKind(name, value)) return [];
    return { variable, key: name.toLowerCase().replaceAll('_', '-') };
  });
}

/** `value: …` becomes `valueFrom`, in its place. */
function takeFromSecret(variable: SourceNode, name: string, key: string): TextEdit[] {
  const value = variable.find('value');
  if (!value?.keySpan) return [];
  return [
    { uri: value.source.uri, span: value.keySpan, newText: 'valueFrom' },
    ...setValue(variable, ['value'], { secretKeyRef: { name, key } }),
  ];
}
