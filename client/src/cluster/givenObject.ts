import type { KubeObject } from './kubeObject.ts';

/** What every namespace gets from its cluster. */
const GIVEN = new Set([
  'ConfigMap kube-root-ca.crt',
  'ConfigMap istio-ca-root-cert',
  'Service kubernetes',
  'ServiceAccount default',
]);

/** Secrets that a cluster or Helm makes anew for each account or release. */
const GIVEN_SECRETS = new Set(['kubernetes.io/service-account-token', 'helm.sh/release.v1']);

/** True for an object that nobody writes: a controller makes it of another one, or every namespace is given it. */
export function isGivenObject({ kind, metadata, type }: KubeObject): boolean {
  if (metadata.ownerReferences?.some(({ controller }) => controller)) return true;
  return GIVEN.has(`${kind} ${metadata.name}`) || (kind === 'Secret' && GIVEN_SECRETS.has(String(type)));
}
