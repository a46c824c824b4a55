import type { KubeApi } from './kubeApi.ts';
import type { KubeObject } from './kubeObject.ts';
import { objectPath } from './resourceType.ts';
import type { ObjectReference } from './tree/clusterNode.ts';

/** Sets the number of pods through the scale subresource, so that custom resources that have one can be scaled too. */
export function scale(
  api: KubeApi,
  { name, namespace, type }: ObjectReference,
  replicas: number,
  signal: AbortSignal,
): Promise<KubeObject> {
  const path = objectPath(type, namespace, name);
  return api.patch(path, { spec: { replicas } }, { type: 'merge', subresource: 'scale' }, signal);
}

/** Starts the pods anew, one after the other as the workload's strategy says, by the annotation that kubectl uses. */
export function restart(
  api: KubeApi,
  { name, namespace, type }: ObjectReference,
  nowMilliseconds: number,
  signal: AbortSignal,
): Promise<KubeObject> {
  const restartedAt = new Date(nowMilliseconds).toISOString();
  const annotations = { 'kubectl.kubernetes.io/restartedAt': restartedAt };
  const patch =
    type.kind === 'Rollout'
      ? { spec: { restartAt: restartedAt } }
      : { spec: { template: { metadata: { annotations } } } };
  return api.patch(objectPath(type, namespace, name), patch, { type: 'merge' }, signal);
}

/** Keeps new pods off a node, or lets them on again. Pods that run there go on. */
export function cordon(
  api: KubeApi,
  { name, type }: ObjectReference,
  isCordoned: boolean,
  signal: AbortSignal,
): Promise<KubeObject> {
  const patch = { spec: { unschedulable: isCordoned ? true : null } };
  return api.patch(objectPath(type, undefined, name), patch, { type: 'merge' }, signal);
}

/** Deletes the object that was looked at; one that took its name meanwhile is refused with a `conflict`. */
export async function deleteObject(
  api: KubeApi,
  { name, namespace, type }: ObjectReference,
  looked: KubeObject,
  signal: AbortSignal,
): Promise<void> {
  const { uid } = looked.metadata;
  await api.delete(objectPath(type, namespace, name), uid === undefined ? {} : { uid }, signal);
}
