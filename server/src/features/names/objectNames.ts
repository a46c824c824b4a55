import type { ResourceType } from '../../workspace/resource.ts';
import type { KnownName, NameFinder } from './nameFinder.ts';

/** Fields that name an object of one kind and that no edge follows, with names that every cluster has. */
const FIELDS: readonly (readonly [path: RegExp, types: readonly ResourceType[], builtIn: readonly string[]])[] = [
  [/(?:^|\.)storageClassName$/, ['storage.k8s.io/StorageClass'], []],
  [/(?:^|\.)ingressClassName$/, ['networking.k8s.io/IngressClass'], []],
  [
    /(?:^|\.)priorityClassName$/,
    ['scheduling.k8s.io/PriorityClass'],
    ['system-cluster-critical', 'system-node-critical'],
  ],
  [/(?:^|\.)runtimeClassName$/, ['node.k8s.io/RuntimeClass'], []],
  [/(?:^|\.)serviceAccountName$/, ['ServiceAccount'], ['default']],
  [/(?:^|\.)secretName$|(?:^|\.)secretKeyRef\.name$|(?:^|\.)credentialName$/, ['Secret'], []],
  [/(?:^|\.)volumeName$/, ['PersistentVolume'], []],
  [/(?:^|\.)claimName$/, ['PersistentVolumeClaim'], []],
  [/(?:^|\.)serviceName$/, ['Service'], []],
  [/(?:^|\.)secretStoreRef\.name$/, ['external-secrets.io/SecretStore', 'external-secrets.io/ClusterSecretStore'], []],
  [
    /(?:scaleTargetRef|targetRef|workloadRef)\.name$/,
    ['apps/Deployment', 'apps/StatefulSet', 'argoproj.io/Rollout'],
    [],
  ],
  [/(?:^|\.)authenticationRef\.name$/, ['keda.sh/TriggerAuthentication', 'keda.sh/ClusterTriggerAuthentication'], []],
  [/^spec\.project$/, ['argoproj.io/AppProject'], ['default']],
];

/** Names of cluster-wide and other objects by the field that bears them. */
export const objectNames: NameFinder = {
  path: /./,
  *find({ graph, path, resource }) {
    const last = path.filter((segment) => typeof segment === 'string').join('.');
    for (const [pattern, types, builtIn] of FIELDS) {
      if (!pattern.test(last)) continue;
      // An object of the whole cluster may stand in any set of files.
      for (const { kind, name, namespace } of [
        ...graph.sameNamespace(resource, types),
        ...graph.all(...types).filter((other) => other.namespace === ''),
      ]) {
        if (name !== undefined) yield { value: name, detail: namespace ? `${kind} in ${namespace}` : kind };
      }
      for (const name of builtIn)
        yield { value: name, detail: 'in every cluster', isUnlikely: true } satisfies KnownName;
    }
  },
};
