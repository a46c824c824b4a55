import { dottedPath, type NameFinder } from './nameFinder.ts';

/** Values of fields that the schemas leave open and that have a few right answers. */
const VALUES: readonly (readonly [path: RegExp, values: readonly string[]])[] = [
  [/(?:scaleTargetRef|targetRef|workloadRef)\.kind$/, ['Deployment', 'StatefulSet', 'DaemonSet', 'Rollout']],
  [/(?:scaleTargetRef|targetRef|workloadRef)\.apiVersion$/, ['apps/v1', 'argoproj.io/v1alpha1']],
  [/^roleRef\.kind$/, ['Role', 'ClusterRole']],
  [/^roleRef\.apiGroup$/, ['rbac.authorization.k8s.io']],
  [/^subjects\[\]\.kind$/, ['ServiceAccount', 'User', 'Group']],
  [/(?:^|\.)issuerRef\.kind$/, ['Issuer', 'ClusterIssuer']],
  [/(?:^|\.)topologyKey$/, ['kubernetes.io/hostname', 'topology.kubernetes.io/zone', 'topology.kubernetes.io/region']],
  [/^rules\[\]\.verbs\[\]$/, ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection']],
];

/** The few right answers of fields that accept any text. */
export const usualValues: NameFinder = {
  path: /./,
  *find({ path }) {
    const dotted = dottedPath(path);
    for (const [pattern, values] of VALUES) if (pattern.test(dotted)) for (const value of values) yield { value };
  },
};
