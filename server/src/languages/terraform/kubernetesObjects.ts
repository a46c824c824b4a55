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

/** Fields of these objects by what they hold. */
const BOOLEANS: ReadonlySet<string> = new Set([
  'allowVolumeExpansion',
  'automountServiceAccountToken',
  'globalDefault',
  'immutable',
]);
const NUMBERS: ReadonlySet<string> = new Set(['value']);
const TEXTS: ReadonlySet<string> = new Set(['binaryData', 'data', 'metadata', 'parameters']);

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
    return value ? [{ ...converted(rawOf(value), name), ...keyOf(field, entry.keySpan) }] : [];
  });
  return { kind: 'map', ...body.span, children, ...(body.open ? { open: true } : {}) };
}

/** The value as Terraform hands it to the provider, which knows the type of each argument: `"true"` may be a boolean. */
function converted(raw: RawNode, field: string): RawNode {
  if (BOOLEANS.has(field)) {
    return raw.scalar === 'true' || raw.scalar === 'false' ? unquoted(raw, raw.scalar === 'true') : raw;
  }
  const number = NUMBERS.has(field) && typeof raw.scalar === 'string' ? Number(raw.scalar) : Number.NaN;
  if (!Number.isNaN(number)) return unquoted(raw, number);
  return TEXTS.has(field) ? asTexts(raw) : raw;
}

function unquoted({ quoted: _, ...raw }: RawNode, scalar: boolean | number): RawNode {
  return { ...raw, scalar };
}

/** The values of a map of texts. */
function asTexts(raw: RawNode): RawNode {
  const children = raw.children?.map(asTexts);
  const isOther = typeof raw.scalar === 'number' || typeof raw.scalar === 'boolean';
  return { ...raw, ...(children && { children }), ...(isOther && { scalar: String(raw.scalar), quoted: true }) };
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
