import { type RawNode, SourceNode } from '../../text/sourceNode.ts';
import type { Resource } from '../../workspace/resource.ts';
import { isClusterScoped, kubernetesType } from '../yaml/kubernetesTypes.ts';

/** Resources of the Kubernetes provider that are written as the API has them, but for the spelling of their names. */
const KINDS: Readonly<Record<string, readonly [apiVersion: string, kind: string]>> = {
  kubernetes_config_map: ['v1', 'ConfigMap'],
  kubernetes_namespace: ['v1', 'Namespace'],
  kubernetes_priority_class: ['scheduling.k8s.io/v1', 'PriorityClass'],
  kubernetes_secret: ['v1', 'Secret'],
  kubernetes_service_account: ['v1', 'ServiceAccount'],
  kubernetes_storage_class: ['storage.k8s.io/v1', 'StorageClass'],
};

/** What becomes of the arguments of these kinds; those of Terraform and of the provider's own are left out. */
const FIELDS: ReadonlyMap<string, string> = new Map([
  ['allow_volume_expansion', 'allowVolumeExpansion'],
  ['automount_service_account_token', 'automountServiceAccountToken'],
  ['binary_data', 'binaryData'],
  ['data', 'data'],
  ['description', 'description'],
  ['global_default', 'globalDefault'],
  ['image_pull_secret', 'imagePullSecrets'],
  ['immutable', 'immutable'],
  ['metadata', 'metadata'],
  ['mount_options', 'mountOptions'],
  ['parameters', 'parameters'],
  ['preemption_policy', 'preemptionPolicy'],
  ['reclaim_policy', 'reclaimPolicy'],
  ['secret', 'secrets'],
  ['storage_provisioner', 'provisioner'],
  ['type', 'type'],
  ['value', 'value'],
  ['volume_binding_mode', 'volumeBindingMode'],
]);

/**
 * The Kubernetes object that a Terraform resource makes, so that it answers the references of manifests: every
 * `kubernetes_manifest`, and the kinds that others refer to by name. Workloads are left out: their blocks are laid out
 * differently from the API's.
 */
export function kubernetesObject(type: string, body: SourceNode, uri: string): Resource | undefined {
  if (type === 'kubernetes_manifest') {
    const manifest = body.find('manifest');
    const [apiVersion, kind] = [manifest?.text('apiVersion'), manifest?.text('kind')];
    if (manifest?.kind !== 'map' || apiVersion === undefined || kind === undefined) return undefined;
    return objectOf(apiVersion, kind, new SourceNode(body.source, { ...rawOf(manifest) }), uri);
  }
  const named = KINDS[type.replace(/_v\d+$/, '')];
  return named && objectOf(...named, new SourceNode(body.source, fieldsOf(body, named[1])), uri);
}

function objectOf(apiVersion: string, kind: string, root: SourceNode, uri: string): Resource {
  const type = kubernetesType(apiVersion, kind);
  return {
    type,
    kind,
    apiVersion,
    name: root.text('metadata', 'name'),
    namespace: isClusterScoped(type) ? '' : root.text('metadata', 'namespace'),
    root,
    uri,
  };
}

/** The fields of the API in the body of a block; `metadata` is a map there and a block here. */
function fieldsOf(body: SourceNode, kind: string): RawNode {
  const children = body.entries.flatMap((entry): RawNode[] => {
    const name = FIELDS.get(entry.key ?? '');
    if (name === undefined) return [];
    const value = name === 'metadata' && entry.kind === 'list' ? entry.items[0] : entry;
    // The provider encodes what a Secret holds.
    const field = kind === 'Secret' && name === 'data' ? 'stringData' : name;
    return value ? [{ ...rawOf(value), ...keyOf(field, entry.keySpan) }] : [];
  });
  return { kind: 'map', ...body.span, children, ...(body.open ? { open: true } : {}) };
}

function rawOf(node: SourceNode): RawNode {
  return {
    kind: node.kind,
    ...node.span,
    ...(node.key === undefined ? {} : keyOf(node.key, node.keySpan)),
    ...(node.scalar === undefined ? {} : { scalar: node.scalar }),
    ...(node.quoted ? { quoted: true } : {}),
    ...(node.open && node.kind !== 'unknown' ? { open: true } : {}),
    children: node.entries.map(rawOf),
  };
}

function keyOf(key: string, span: SourceNode['keySpan']): Partial<RawNode> {
  return span ? { key, keyStart: span.start, keyEnd: span.end } : { key };
}
