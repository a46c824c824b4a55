import type { DescribedObject } from './describeText.ts';
import { Failure } from './failure.ts';
import type { KubeApi } from './kubeApi.ts';
import type { KubeEvent } from './kubeEvent.ts';
import type { KubeObject } from './kubeObject.ts';
import type { Pod } from './pod.ts';
import { collectionPath, objectPath, wellKnownTypes } from './resourceType.ts';
import { podSelection } from './selectedPods.ts';
import type { ObjectReference } from './tree/clusterNode.ts';

/** Reads what a description is made of. Pods and events that may not be read are left out of it. */
export async function readDescription(
  api: KubeApi,
  reference: ObjectReference,
  nowMilliseconds: number,
  signal: AbortSignal,
): Promise<DescribedObject> {
  const { name, namespace, type } = reference;
  const object = await api.get(objectPath(type, namespace, name), signal);
  const pods = type.kind === 'Pod' || type.kind === 'Service' ? [] : await podsOf(api, reference, object, signal);
  // Outside namespaces only the events about this very object are asked for, not those of the whole cluster.
  const ownEvents = { fieldSelector: `involvedObject.kind=${type.kind},involvedObject.name=${name}` };
  const eventSelection = namespace === undefined ? ownEvents : {};
  const events = await orNothing(api.list(collectionPath(wellKnownTypes.events, namespace), eventSelection, signal));
  return { context: api.context, object, pods, events: events as readonly KubeEvent[], nowMilliseconds };
}

async function podsOf(
  api: KubeApi,
  reference: ObjectReference,
  object: KubeObject,
  signal: AbortSignal,
): Promise<readonly Pod[]> {
  const hasTemplate = (object['spec'] as { template?: unknown } | undefined)?.template !== undefined;
  if (!hasTemplate) return [];
  const selection = await podSelection({ get: async () => object }, reference, signal);
  const pods = await orNothing(api.list(collectionPath(wellKnownTypes.pods, reference.namespace), selection, signal));
  return pods as readonly Pod[];
}

async function orNothing(asked: ReturnType<KubeApi['list']>): Promise<readonly KubeObject[]> {
  try {
    return (await asked).items;
  } catch (error) {
    if (error instanceof Failure && error.kind !== 'cancelled') return [];
    throw error;
  }
}
