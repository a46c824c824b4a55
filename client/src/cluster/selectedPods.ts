import { Failure } from './failure.ts';
import type { KubeApi, Selection } from './kubeApi.ts';
import { describeObject, type KubeObject } from './kubeObject.ts';
import { isPodReady, type Pod } from './pod.ts';
import { collectionPath, objectPath, wellKnownTypes } from './resourceType.ts';
import type { ObjectReference } from './tree/clusterNode.ts';
import { type LabelSelector, selectorText } from './workload.ts';

/**
 * How the pods of an object are found: a pod by its name, a workload's and a Service's by their selectors. Throws
 * `unsupported` for an object that selects no pods.
 */
export async function podSelection(
  api: Pick<KubeApi, 'get'>,
  { name, namespace, type }: ObjectReference,
  signal: AbortSignal,
): Promise<Selection> {
  if (type.kind === 'Pod') return { fieldSelector: `metadata.name=${name}` };
  const object = await api.get(objectPath(type, namespace, name), signal);
  const labelSelector = type.kind === 'CronJob' ? '' : selectorText(selectorOf(object));
  if (labelSelector === '') {
    throw new Failure('unsupported', `${describeObject(object)} selects no pods.`, {
      advice: 'Choose a pod, or what runs it.',
    });
  }
  return { labelSelector };
}

/** One pod to speak to, the ready ones first. Throws `not-found` where none runs. */
export async function onePod(
  api: Pick<KubeApi, 'get' | 'list'>,
  reference: ObjectReference,
  signal: AbortSignal,
): Promise<Pod> {
  const selection = await podSelection(api, reference, signal);
  const { items } = await api.list(collectionPath(wellKnownTypes.pods, reference.namespace), selection, signal);
  const running = (items as readonly Pod[]).filter(
    ({ metadata, status }) => !metadata.deletionTimestamp && status?.phase === 'Running',
  );
  const pod = running.find(isPodReady) ?? running[0];
  if (pod) return pod;
  throw new Failure('not-found', `No pod of ${reference.type.kind} ${reference.name} runs.`, {
    advice: 'Wait until one runs, or look why none does.',
  });
}

function selectorOf(object: KubeObject): LabelSelector | undefined {
  const selector = (object['spec'] as { selector?: Record<string, unknown> } | undefined)?.selector;
  // A Service writes its labels without `matchLabels`.
  return object.kind === 'Service' ? { matchLabels: (selector ?? {}) as Record<string, string> } : selector;
}
