import { allIds, type BuildObject, currentId, groupOf, isWithoutNamespace, kindOf } from './buildObject.ts';
import { changeField, type FieldSpec } from './fieldSpecs.ts';
import { childOf, derivedScalar, placeOf, put, type Tree, textAt, underKey } from './sourceTree.ts';

/** A kind of objects, and the fields that name them. */
export interface NameReference {
  readonly kind: string;
  readonly group?: string;
  readonly fields: readonly FieldSpec[];
}

const PODS: readonly (readonly [kind: string, prefix: string])[] = [
  ['Pod', 'spec'],
  ['PodTemplate', 'template/spec'],
  ...['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet', 'Job'].map(
    (kind) => [kind, 'spec/template/spec'] as const,
  ),
  ['CronJob', 'spec/jobTemplate/spec/template/spec'],
];
const POD_ACCOUNTS: readonly (readonly [kind: string, prefix: string])[] = [
  ['Pod', 'spec'],
  ...['StatefulSet', 'Deployment', 'ReplicationController', 'Job', 'DaemonSet'].map(
    (kind) => [kind, 'spec/template/spec'] as const,
  ),
  ['CronJob', 'spec/jobTemplate/spec/template/spec'],
];

function inPods(pods: typeof PODS, ...paths: readonly string[]): FieldSpec[] {
  return pods.flatMap(([kind, prefix]) => paths.map((path) => ({ path: `${prefix}/${path}`, kind })));
}

const ROLES: readonly FieldSpec[] = [
  { path: 'rules/resourceNames', kind: 'Role' },
  { path: 'rules/resourceNames', kind: 'ClusterRole' },
];
const RBAC = 'rbac.authorization.k8s.io';

/** The references that Kustomize itself follows when names change. */
export const NAME_REFERENCES: readonly NameReference[] = [
  ...['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'].map((kind) => ({
    kind,
    fields: [{ path: 'spec/scaleTargetRef/name', kind: 'HorizontalPodAutoscaler' }],
  })),
  {
    kind: 'ConfigMap',
    fields: [
      ...inPods(
        PODS,
        'volumes/configMap/name',
        'containers/env/valueFrom/configMapKeyRef/name',
        'initContainers/env/valueFrom/configMapKeyRef/name',
        'containers/envFrom/configMapRef/name',
        'initContainers/envFrom/configMapRef/name',
        'volumes/projected/sources/configMap/name',
      ),
      { path: 'spec/configSource/configMap', kind: 'Node' },
      ...ROLES,
      { path: 'metadata/annotations/nginx.ingress.kubernetes.io\\/fastcgi-params-configmap', kind: 'Ingress' },
    ],
  },
  {
    kind: 'Secret',
    fields: [
      ...inPods(
        PODS,
        'volumes/secret/secretName',
        'containers/env/valueFrom/secretKeyRef/name',
        'initContainers/env/valueFrom/secretKeyRef/name',
        'containers/envFrom/secretRef/name',
        'initContainers/envFrom/secretRef/name',
        'imagePullSecrets/name',
        'volumes/projected/sources/secret/name',
      ),
      { path: 'spec/tls/secretName', kind: 'Ingress' },
      ...['ingress.kubernetes.io', 'nginx.ingress.kubernetes.io'].map((prefix) => ({
        path: `metadata/annotations/${prefix}\\/auth-secret`,
        kind: 'Ingress',
      })),
      { path: 'metadata/annotations/nginx.ingress.kubernetes.io\\/auth-tls-secret', kind: 'Ingress' },
      { path: 'imagePullSecrets/name', kind: 'ServiceAccount' },
      ...['secretName', 'adminSecretName', 'userSecretName', 'secretRef'].map((field) => ({
        path: `parameters/${field}`,
        kind: 'StorageClass',
      })),
      ...ROLES,
      { path: 'spec/azureFile/secretName', kind: 'PersistentVolume' },
    ],
  },
  {
    kind: 'Service',
    fields: [
      { path: 'spec/serviceName', kind: 'StatefulSet', group: 'apps' },
      ...[
        'spec/rules/http/paths/backend/serviceName',
        'spec/backend/serviceName',
        'spec/rules/http/paths/backend/service/name',
        'spec/defaultBackend/service/name',
      ].map((path) => ({ path, kind: 'Ingress' })),
      { path: 'spec/service/name', kind: 'APIService', group: 'apiregistration.k8s.io' },
      ...['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'].map((kind) => ({
        path: 'webhooks/clientConfig/service',
        kind,
        group: 'admissionregistration.k8s.io',
      })),
    ],
  },
  { kind: 'Role', group: RBAC, fields: [{ path: 'roleRef/name', kind: 'RoleBinding', group: RBAC }] },
  {
    kind: 'ClusterRole',
    group: RBAC,
    fields: ['RoleBinding', 'ClusterRoleBinding'].map((kind) => ({ path: 'roleRef/name', kind, group: RBAC })),
  },
  {
    kind: 'ServiceAccount',
    fields: [
      ...['RoleBinding', 'ClusterRoleBinding'].map((kind) => ({ path: 'subjects', kind, group: RBAC })),
      ...inPods(POD_ACCOUNTS, 'serviceAccountName'),
    ],
  },
  { kind: 'PersistentVolumeClaim', fields: inPods(POD_ACCOUNTS, 'volumes/persistentVolumeClaim/claimName') },
  {
    kind: 'PersistentVolume',
    fields: [
      { path: 'spec/volumeName', kind: 'PersistentVolumeClaim' },
      { path: 'rules/resourceNames', kind: 'ClusterRole' },
    ],
  },
  {
    kind: 'StorageClass',
    group: 'storage.k8s.io',
    fields: [
      { path: 'spec/storageClassName', kind: 'PersistentVolume' },
      { path: 'spec/storageClassName', kind: 'PersistentVolumeClaim' },
      { path: 'spec/volumeClaimTemplates/spec/storageClassName', kind: 'StatefulSet' },
    ],
  },
  { kind: 'PriorityClass', group: 'scheduling.k8s.io', fields: inPods(POD_ACCOUNTS, 'priorityClassName') },
  {
    kind: 'ValidatingAdmissionPolicy',
    group: 'admissionregistration.k8s.io',
    fields: [
      {
        path: 'spec/policyName',
        kind: 'ValidatingAdmissionPolicyBinding',
        group: 'admissionregistration.k8s.io',
      },
    ],
  },
];

/** What following the names made of trees, for as long as all names are the same. */
interface FollowedNames {
  readonly names: string;
  readonly references: readonly NameReference[];
  readonly trees: WeakMap<Tree, Tree>;
}

const followed = new WeakMap<object, FollowedNames>();

/**
 * Writes the new names of renamed objects where other objects name them.
 *
 * @param build what the result may be kept for: the same names give the same trees in its next build
 */
export function followNames(
  objects: readonly BuildObject[],
  references: readonly NameReference[],
  build: object,
): void {
  const renamed = objects.filter(({ previous }) => previous.length > 0);
  if (renamed.length === 0) return;
  const names = renamed.map(nameHistory).join('\n');
  let kept = followed.get(build);
  if (kept?.names !== names || kept.references !== references) {
    kept = { names, references, trees: new WeakMap() };
    followed.set(build, kept);
  }
  const targetsOf = referenceTargets(renamed, references);
  for (const referrer of objects) {
    const before = referrer.tree;
    const known = kept.trees.get(before);
    if (known) {
      referrer.tree = known;
      continue;
    }
    for (const [{ fields }, targets] of targetsOf) {
      for (const field of fields) {
        if (field.kind !== undefined && field.kind !== kindOf(referrer)) continue;
        changeField(referrer, field, (value) => follow(value, referrer, targets, field));
      }
    }
    kept.trees.set(before, referrer.tree);
  }
}

function nameHistory(object: BuildObject): string {
  return [
    ...allIds(object).map(({ kind, name, namespace }) => `${kind} ${namespace} ${name}`),
    ...object.prefixes,
    ...object.suffixes,
  ].join(' ');
}

function referenceTargets(
  renamed: readonly BuildObject[],
  references: readonly NameReference[],
): readonly (readonly [NameReference, readonly BuildObject[]])[] {
  const byKind = new Map<string, BuildObject[]>();
  for (const object of renamed) {
    for (const kind of new Set(object.previous.map((id) => id.kind))) {
      const members = byKind.get(kind);
      if (members) members.push(object);
      else byKind.set(kind, [object]);
    }
  }
  return references.flatMap((reference) => {
    const targets = (byKind.get(reference.kind) ?? []).filter(
      (object) => reference.group === undefined || reference.group === groupOf(object),
    );
    return targets.length === 0 ? [] : [[reference, targets] as const];
  });
}

function follow(value: Tree, referrer: BuildObject, targets: readonly BuildObject[], field: FieldSpec): Tree {
  if (value.kind === 'list') {
    const children = (value.children ?? []).map((item) => {
      const located = item.origin ? (item as Tree) : { ...item, origin: value.origin };
      return follow(located, referrer, targets, field);
    });
    return { ...value, children };
  }
  const name = value.kind === 'map' ? childOf(value, 'name') : value;
  const written = name && textAt(name);
  if (!name || written === undefined) return value;
  const namespace = value.kind === 'map' ? textAt(value, 'namespace') : undefined;
  const target = referral(written, namespace, referrer, targets, field);
  if (!target) return value;
  const { name: newName } = currentId(target);
  const renamed = newName === written ? name : derivedScalar(placeOf(name), newName, name.key);
  if (value.kind !== 'map') return newName === written ? value : keepKey(renamed, value);
  const inNamespace = textAt(target.tree, 'metadata', 'namespace');
  const withName = newName === written ? value : put(value, keepKey(renamed, name));
  if (inNamespace === undefined || inNamespace === namespace) return withName;
  return put(withName, underKey(derivedScalar(placeOf(childOf(value, 'namespace') ?? name), inNamespace), 'namespace'));
}

function keepKey(renamed: Tree, old: Tree): Tree {
  const { keyStart, keyEnd } = old;
  if (keyStart === undefined || keyEnd === undefined) return renamed;
  // The derived scalar counts from the start of its file.
  return { ...renamed, keyStart: keyStart + old.origin.base, keyEnd: keyEnd + old.origin.base };
}

function referral(
  name: string,
  namespace: string | undefined,
  referrer: BuildObject,
  targets: readonly BuildObject[],
  field: FieldSpec,
): BuildObject | undefined {
  let candidates = targets.filter(({ previous }) => previous.some((id) => id.name === name));
  if (namespace !== undefined) {
    const original = candidates.filter((object) => allIds(object)[0]!.namespace === namespace);
    candidates =
      original.length > 0 ? original : candidates.filter((object) => currentId(object).namespace === namespace);
  }
  if (field.path.endsWith('roleRef/name')) {
    const kind = textAt(referrer.tree, 'roleRef', 'kind');
    if (kind !== undefined) candidates = candidates.filter((object) => kindOf(object) === kind);
  }
  if (!isWithoutNamespace(referrer)) {
    const own = currentId(referrer).namespace;
    candidates = candidates.filter(
      (object) =>
        isWithoutNamespace(object) || kindOf(object) === 'ServiceAccount' || currentId(object).namespace === own,
    );
  }
  if (candidates.length <= 1) return candidates[0];
  candidates = candidates.filter((object) => sameAffixes(object, referrer, true));
  if (candidates.length > 1) candidates = candidates.filter((object) => sameAffixes(object, referrer, false));
  const [first, ...others] = candidates;
  // Several that bear one name are one name.
  return first && others.every((other) => currentId(other).name === currentId(first).name) ? first : undefined;
}

function sameAffixes(a: BuildObject, b: BuildObject, allowEmpty: boolean): boolean {
  return (['prefixes', 'suffixes'] as const).every((part) => {
    if (allowEmpty && (a[part].length === 0 || b[part].length === 0)) return true;
    if ((a[part].length === 0) !== (b[part].length === 0)) return false;
    const [short, long] = a[part].length < b[part].length ? [a[part], b[part]] : [b[part], a[part]];
    return short.every((affix, index) => affix === long[long.length - short.length + index]);
  });
}
