import type { FieldSpec } from './fieldSpecs.ts';

const WORKLOADS: readonly (readonly [kind: string, group?: string | undefined, version?: string])[] = [
  ['ReplicationController', undefined, 'v1'],
  ['Deployment'],
  ['ReplicaSet'],
  ['DaemonSet'],
  ['StatefulSet', 'apps'],
  ['Job', 'batch'],
];

function spec(path: string, kind: string, group?: string, version?: string, create = true): FieldSpec {
  return {
    path,
    kind,
    ...(group === undefined ? {} : { group }),
    ...(version === undefined ? {} : { version }),
    create,
  };
}

const OWN_LABELS: FieldSpec = { path: 'metadata/labels', create: true };

/** Where labels go that are for the objects and their pods. */
export const TEMPLATE_LABELS: readonly FieldSpec[] = [
  OWN_LABELS,
  ...WORKLOADS.map(([kind, group, version]) => spec('spec/template/metadata/labels', kind, group, version)),
  spec('spec/volumeClaimTemplates[]/metadata/labels', 'StatefulSet', 'apps'),
  spec('spec/jobTemplate/metadata/labels', 'CronJob', 'batch'),
  spec('spec/jobTemplate/spec/template/metadata/labels', 'CronJob', 'batch'),
];

const AFFINITIES = ['podAffinity', 'podAntiAffinity'].flatMap((affinity) => [
  `spec/template/spec/affinity/${affinity}/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels`,
  `spec/template/spec/affinity/${affinity}/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels`,
]);

/** Where labels go that selectors are to ask for. */
export const SELECTOR_LABELS: readonly FieldSpec[] = [
  spec('spec/selector', 'Service', undefined, 'v1'),
  spec('spec/selector', 'ReplicationController', undefined, 'v1'),
  spec('spec/selector/matchLabels', 'Deployment'),
  spec('spec/selector/matchLabels', 'ReplicaSet'),
  spec('spec/selector/matchLabels', 'DaemonSet'),
  spec('spec/selector/matchLabels', 'StatefulSet', 'apps'),
  ...['Deployment', 'StatefulSet'].flatMap((kind) =>
    [...AFFINITIES, 'spec/template/spec/topologySpreadConstraints/labelSelector/matchLabels'].map((path) =>
      spec(path, kind, 'apps', undefined, false),
    ),
  ),
  spec('spec/selector/matchLabels', 'Job', 'batch', undefined, false),
  spec('spec/jobTemplate/spec/selector/matchLabels', 'CronJob', 'batch', undefined, false),
  spec('spec/selector/matchLabels', 'PodDisruptionBudget', 'policy', undefined, false),
  ...['spec/podSelector', 'spec/ingress/from/podSelector', 'spec/egress/to/podSelector'].map((path) =>
    spec(`${path}/matchLabels`, 'NetworkPolicy', 'networking.k8s.io', undefined, false),
  ),
  ...TEMPLATE_LABELS,
];

/** Where labels go that are for the objects alone. */
export const OBJECT_LABELS: readonly FieldSpec[] = [OWN_LABELS];

export const ANNOTATIONS: readonly FieldSpec[] = [
  { path: 'metadata/annotations', create: true },
  ...WORKLOADS.map(([kind, group, version]) =>
    spec('spec/template/metadata/annotations', kind, kind === 'StatefulSet' ? undefined : group, version),
  ),
  spec('spec/jobTemplate/metadata/annotations', 'CronJob', 'batch'),
  spec('spec/jobTemplate/spec/template/metadata/annotations', 'CronJob', 'batch'),
];
