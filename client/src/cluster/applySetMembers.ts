import { type ApplySet, applySetId, groupKindOf, partOfLabel, type SetScope } from './applySet.ts';
import type { KubeApi } from './kubeApi.ts';
import type { KubeObject } from './kubeObject.ts';
import { objectOwner } from './objectOwner.ts';
import { collectionPath, type ResourceType } from './resourceType.ts';

/** A live member of a set, and the type under which it was found. */
export interface SetMember {
  readonly object: KubeObject;
  readonly type: ResourceType;
}

/**
 * The live members of a set: one list for each of its kinds and namespaces. A kind that the server no longer offers has
 * no objects left. Throws what the server answers, such as `forbidden`.
 */
export async function membersOf(
  api: KubeApi,
  types: readonly ResourceType[],
  set: ApplySet,
  scope: SetScope,
  signal: AbortSignal,
): Promise<SetMember[]> {
  const labelSelector = `${partOfLabel}=${applySetId(set)}`;
  const members: SetMember[] = [];
  for (const groupKind of scope.groupKinds) {
    const type = types.find((known) => groupKindOf(known) === groupKind);
    if (!type) continue;
    for (const namespace of type.namespaced ? scope.namespaces : [undefined]) {
      const { items } = await api.list(collectionPath(type, namespace), { labelSelector }, signal);
      members.push(...items.map((object) => ({ object, type })));
    }
  }
  return members;
}

/** Kinds that hold data: they are told of, and deleted by hand. */
const neverPruned = new Set(['PersistentVolumeClaim', 'PersistentVolume']);

/** Why a member that is gone from the manifests stays in the cluster, in words; undefined when it may be deleted. */
export function reasonToKeep(live: KubeObject): string | undefined {
  const { kind, metadata } = live;
  if (neverPruned.has(kind)) return `a ${kind} is only deleted by hand`;
  const { annotations = {} } = metadata;
  if (annotations['helm.sh/resource-policy'] === 'keep') return 'its annotation helm.sh/resource-policy says so';
  if (/(?:^|,)\s*Prune=false/.test(annotations['argocd.argoproj.io/sync-options'] ?? '')) {
    return 'its annotation argocd.argoproj.io/sync-options says so';
  }
  const owner = objectOwner(live);
  return owner && `${owner.tool === 'a controller' ? owner.name : `${owner.tool} ${owner.name}`} looks after it`;
}
