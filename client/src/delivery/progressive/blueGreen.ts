import { Failure } from '../../cluster/failure.ts';
import type { KubeApi } from '../../cluster/kubeApi.ts';
import type { KubeObject } from '../../cluster/kubeObject.ts';
import { collectionPath, objectPath, wellKnownTypes } from '../../cluster/resourceType.ts';
import type { Workload } from '../../cluster/workload.ts';
import type { FieldChange } from '../manifestEdit.ts';
import { serviceType } from './progressiveTypes.ts';

/** Two Deployments between which a Service chooses by one label. */
export interface ColourPair {
  /** The label that tells them apart. */
  readonly label: string;
  readonly active: Colour;
  readonly idle: Colour;
}

/** One side of a pair. */
export interface Colour {
  /** The label's value: `blue`. */
  readonly value: string;
  readonly workload: Workload;
}

/**
 * The pair that a Service chooses from: one label of its selector has another value in a second Deployment, whose pods
 * carry the rest of the selector too. Undefined where there is none, or where more than two could be meant.
 */
export function colourPairOf(service: KubeObject, deployments: readonly Workload[]): ColourPair | undefined {
  const selector = selectorOf(service);
  const labelsOf = (workload: Workload) => workload.spec?.template?.metadata?.labels ?? {};
  const pairs = Object.entries(selector).flatMap(([label, value]): ColourPair[] => {
    const rest = Object.entries(selector).filter(([key]) => key !== label);
    if (rest.length === 0) return [];
    const candidates = deployments.filter((workload) => {
      const labels = labelsOf(workload);
      return labels[label] !== undefined && rest.every(([key, expected]) => labels[key] === expected);
    });
    const [active, ...moreActive] = candidates.filter((workload) => labelsOf(workload)[label] === value);
    const [idle, ...moreIdle] = candidates.filter((workload) => labelsOf(workload)[label] !== value);
    if (!active || !idle || moreActive.length + moreIdle.length > 0) return [];
    const colour = (workload: Workload): Colour => ({ value: labelsOf(workload)[label]!, workload });
    return [{ label, active: colour(active), idle: colour(idle) }];
  });
  return pairs.length === 1 ? pairs[0] : undefined;
}

/** The pair as it is in the cluster. Throws `not-found` where the Service does not choose between two Deployments. */
export async function readColourPair(
  api: KubeApi,
  namespace: string,
  service: string,
  signal: AbortSignal,
): Promise<{ readonly service: KubeObject; readonly pair: ColourPair }> {
  const object = await api.get(objectPath(serviceType, namespace, service), signal);
  const { items } = await api.list(collectionPath(wellKnownTypes.deployments, namespace), {}, signal);
  const pair = colourPairOf(object, items as readonly Workload[]);
  if (pair) return { service: object, pair };
  throw new Failure(
    'not-found',
    `Service ${namespace}/${service} does not choose between two Deployments by one label.`,
    {
      advice: 'Deploy both, with a label such as color: blue and color: green.',
    },
  );
}

/** What speaks against a switch: the idle side cannot take what the active one bears. Undefined when nothing does. */
export function switchObstacle({ active, idle }: ColourPair): string | undefined {
  const { name, generation = 0 } = idle.workload.metadata;
  const { status } = idle.workload;
  const desired = idle.workload.spec?.replicas ?? 1;
  const [serving, needed] = [status?.availableReplicas ?? 0, active.workload.spec?.replicas ?? 1];
  if (Number(status?.observedGeneration ?? 0) < generation)
    return `Deployment ${name} has a change that is not rolled out yet.`;
  if (desired === 0 || serving === 0) return `Deployment ${name} has no available pod.`;
  if (serving < desired || (status?.updatedReplicas ?? 0) < desired) {
    return `Deployment ${name} has ${serving} of ${desired} pods available and ${status?.updatedReplicas ?? 0} up to date.`;
  }
  if (serving < needed)
    return `Deployment ${name} has ${serving} pods where ${active.workload.metadata.name} has ${needed}.`;
  return undefined;
}

/** The JSON patch that lets a Service choose the idle side. Refused where the Service was switched or changed meanwhile. */
export function switchPatch(service: KubeObject, { active, idle, label }: ColourPair): object[] {
  const path = `/spec/selector/${label.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  return [
    { op: 'test', path: '/metadata/resourceVersion', value: service.metadata.resourceVersion },
    { op: 'test', path, value: active.value },
    { op: 'replace', path, value: idle.value },
  ];
}

/** The same as a change of the file that the Service is written in. */
export function switchChange({ idle, label }: ColourPair, documentIndex: number): FieldChange {
  return { documentIndex, path: ['spec', 'selector', label], value: idle.value };
}

/** Switches a Service of the cluster, after a look at both sides. Throws `conflict` with the obstacle, unless it is waived. */
export async function switchColour(
  api: KubeApi,
  target: {
    readonly namespace: string;
    readonly service: string;
    readonly to: string;
    readonly waiveObstacle: boolean;
  },
  signal: AbortSignal,
): Promise<ColourPair> {
  const { pair, service } = await readColourPair(api, target.namespace, target.service, signal);
  const where = `Service ${target.namespace}/${target.service}`;
  if (pair.idle.value !== target.to) {
    throw new Failure('conflict', `${where} was switched meanwhile: it chooses ${pair.active.value}.`);
  }
  const obstacle = target.waiveObstacle ? undefined : switchObstacle(pair);
  if (obstacle) throw new Failure('conflict', `${where} was not switched to ${target.to}. ${obstacle}`);
  await api.patch(
    objectPath(serviceType, target.namespace, target.service),
    switchPatch(service, pair),
    { type: 'json' },
    signal,
  );
  return pair;
}

/**
 * The patch that prepares the idle side: the image that is to be tested, and as many pods as the active side has. The image
 * goes into the container that both sides name alike; the only one where there is one.
 */
export function preparationPatch({ active, idle }: ColourPair, image: string): object[] {
  const containers = idle.workload.spec?.template?.spec.containers ?? [];
  return [
    { op: 'test', path: '/metadata/resourceVersion', value: idle.workload.metadata.resourceVersion },
    { op: 'add', path: '/spec/replicas', value: active.workload.spec?.replicas ?? 1 },
    {
      op: 'add',
      path: `/spec/template/spec/containers/${preparedContainer(containers, idle.workload)}/image`,
      value: image,
    },
  ];
}

/** The position of the container whose image makes the version: the one that is named as its Deployment, else the first. */
export function preparedContainer(containers: readonly { readonly name: string }[], workload: Workload): number {
  const found = containers.findIndex(({ name }) => workload.metadata.name.startsWith(name));
  return Math.max(0, found);
}

function selectorOf(service: KubeObject): Readonly<Record<string, string>> {
  return (service['spec'] as { selector?: Record<string, string> | null } | null | undefined)?.selector ?? {};
}
