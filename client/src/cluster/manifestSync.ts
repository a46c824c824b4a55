import { Failure } from './failure.ts';
import type { KubeApi } from './kubeApi.ts';
import type { KubeObject } from './kubeObject.ts';
import { type ObjectDiff, objectDiff } from './objectDiff.ts';
import { objectPath, type ResourceType, resourceTypeOf } from './resourceType.ts';

/** How an object of a manifest compares with the cluster. `unknown` says why it cannot be told. */
export type ManifestSync =
  | { readonly state: 'in sync' }
  | { readonly state: 'missing' }
  | { readonly state: 'drifted'; readonly diff: ObjectDiff }
  | { readonly state: 'unknown'; readonly reason: string };

/**
 * Compares an object with the cluster by the server's dry run of applying it: what the cluster has besides, such as
 * defaults and the fields of controllers, is no drift; what an apply would change is. Nothing is written. Throws only when
 * the whole cluster cannot be asked.
 */
export async function manifestSync(
  api: KubeApi,
  types: readonly ResourceType[],
  object: KubeObject,
  namespace: string,
  signal: AbortSignal,
): Promise<ManifestSync> {
  const type = resourceTypeOf(object, types);
  if (!type) return { state: 'unknown', reason: `${api.context} does not know ${object.apiVersion} ${object.kind}.` };
  const home = type.namespaced ? (object.metadata.namespace ?? namespace) : undefined;
  const path = objectPath(type, home, object.metadata.name);
  try {
    const live = await api.get(path, signal);
    const { namespace: _written, ...metadata } = object.metadata;
    const placed = { ...object, metadata: home === undefined ? metadata : { ...metadata, namespace: home } };
    const planned = await api.apply(path, placed, { dryRun: true, force: true }, signal);
    const diff = objectDiff(live, planned);
    return diff.change === 'unchanged' ? { state: 'in sync' } : { state: 'drifted', diff };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (error.kind === 'not-found') return { state: 'missing' };
    if (error.kind === 'forbidden' || error.kind === 'invalid' || error.kind === 'conflict') {
      return { state: 'unknown', reason: error.report.message };
    }
    throw error;
  }
}
