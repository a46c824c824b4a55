import { describeObject, type KubeObject } from '../kubeObject.ts';
import type { Container, Pod } from '../pod.ts';
import type { ResourceType } from '../resourceType.ts';
import { isWorkload } from '../workload.ts';
import type { ClusterNode } from './clusterNode.ts';
import type { Usage } from './clusterSource.ts';
import { isHelmRelease, objectState } from './objectState.ts';
import { containerState, podState, troublesOfPod } from './podState.ts';
import type { ServedCategory } from './shownKinds.ts';
import type { StateInWords } from './stateInWords.ts';
import { toneColor } from './toneColor.ts';
import { cronJobState, workloadState } from './workloadState.ts';

/** An object and what is known around it. */
export interface ShownObject {
  readonly parentId: string;
  readonly context: string;
  /** The namespace under which it is shown; undefined where objects of several stand together. */
  readonly shownNamespace: string | undefined;
  readonly category: ServedCategory;
  readonly type: ResourceType;
  readonly object: KubeObject;
  /** What it controls: pods, Jobs, former revisions of a release. */
  readonly children: readonly KubeObject[];
  readonly usage: Usage | undefined;
  readonly nowMilliseconds: number;
}

const ICONS: Readonly<Record<string, string>> = {
  Pod: 'circle-filled',
  Node: 'vm',
  Service: 'symbol-interface',
  Secret: 'key',
  ConfigMap: 'list-flat',
  Event: 'history',
  PersistentVolumeClaim: 'database',
  PersistentVolume: 'database',
  Job: 'run-all',
  CronJob: 'watch',
};

/** Kinds whose number of pods can be changed by the scale subresource. */
const SCALABLE = new Set(['Deployment', 'StatefulSet', 'ReplicaSet', 'Rollout']);

/** Kinds that start their pods anew when their template's annotation changes. */
const RESTARTABLE = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Rollout']);

/** One object of the cluster with its state in words. */
export function objectNode(shown: ShownObject): ClusterNode {
  const { category, children, context, object, parentId, shownNamespace, type, usage } = shown;
  const { namespace, name, uid } = object.metadata;
  const state = stateOf(shown);
  const release = isHelmRelease(object) ? object.release : undefined;
  const isSeveral = shownNamespace === undefined && namespace !== undefined;
  const used = usage ? `${usage.cpu} CPU, ${usage.memory}` : '';
  const kindNote = category.id === 'workloads' && object.kind !== 'Pod' ? object.kind : '';
  const description = [kindNote, isSeveral ? `in ${namespace}` : '', state.words, used];
  const color = toneColor(state.tone);
  const isOpen = children.length > 0 || (object.kind === 'Pod' && category.id === 'workloads');
  return {
    id: `${parentId}/${object.kind} ${uid ?? `${namespace ?? ''} ${name}`}`,
    label: release ? release.name : eventLabel(object),
    description: description.filter((part) => part !== '').join(' · '),
    tooltip: tooltipOf(shown, state),
    icon: { name: ICONS[object.kind] ?? 'symbol-object', ...(color ? { color } : {}) },
    contextValue: contextValueOf(object, type),
    argument: {
      context,
      ...(namespace === undefined ? {} : { namespace }),
      object: { type, namespace, name },
      ...(isWorkload(object) && namespace !== undefined ? { workload: { kind: object.kind, namespace, name } } : {}),
      ...(release ? { release: { name: release.name, revision: release.revision } } : {}),
    },
    ...(isOpen
      ? { place: { kind: 'object', context, namespace: shownNamespace, category, object } as const }
      : { command: { id: 'slipway.describeObject', title: 'Describe' } }),
  };
}

/** The containers of a pod, those that run before the others first. */
export function containerNodes(parentId: string, context: string, pod: Pod): ClusterNode[] {
  const { namespace = '', name } = pod.metadata;
  const statuses = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  const node = (container: Container, isInit: boolean): ClusterNode => {
    const state = containerState(statuses.find((status) => status.name === container.name));
    const color = toneColor(state.tone);
    return {
      id: `${parentId}/${isInit ? 'init ' : ''}container ${container.name}`,
      label: container.name,
      description: [isInit ? 'init' : '', state.words].filter((part) => part !== '').join(' · '),
      tooltip: container.image ?? '',
      icon: { name: 'terminal', ...(color ? { color } : {}) },
      contextValue: 'container',
      argument: {
        context,
        namespace,
        object: { type: POD_TYPE, namespace, name },
        container: container.name,
      },
      command: { id: 'slipway.showLogs', title: 'Show Logs' },
    };
  };
  return [
    ...(pod.spec?.initContainers ?? []).map((container) => node(container, true)),
    ...(pod.spec?.containers ?? []).map((container) => node(container, false)),
  ];
}

const POD_TYPE: ResourceType = { group: '', version: 'v1', kind: 'Pod', plural: 'pods', namespaced: true, verbs: [] };

function stateOf({ children, object, nowMilliseconds }: ShownObject): StateInWords {
  if (object.kind === 'Pod') return podState(object as Pod, nowMilliseconds);
  const pods = children.filter(({ kind }) => kind === 'Pod') as readonly Pod[];
  if (isWorkload(object) || object.kind === 'ReplicaSet') return workloadState(object, pods, nowMilliseconds);
  return object.kind === 'CronJob' ? cronJobState(object) : objectState(object);
}

/** `workload.scalable.restartable.watchable`: a menu looks for the word that it needs. */
function contextValueOf(object: KubeObject, { kind }: ResourceType): string {
  if (isHelmRelease(object)) return 'release';
  if (kind === 'Event') return 'event';
  const words = [
    'object',
    kind === 'Pod' ? 'pod' : '',
    kind === 'Node' ? (isCordoned(object) ? 'node.cordoned' : 'node.schedulable') : '',
    kind === 'Service' ? 'service' : '',
    kind === 'Application' && object.apiVersion.startsWith('argoproj.io/') ? 'application' : '',
    SCALABLE.has(kind) ? 'scalable' : '',
    RESTARTABLE.has(kind) ? 'restartable' : '',
    isWorkload(object) || kind === 'ReplicaSet' ? 'workload' : '',
    isWorkload(object) ? 'watchable' : '',
  ];
  return words.filter((word) => word !== '').join('.');
}

function isCordoned(node: KubeObject): boolean {
  return (node['spec'] as { unschedulable?: boolean } | undefined)?.unschedulable === true;
}

function eventLabel(object: KubeObject): string {
  if (object.kind !== 'Event') return object.metadata.name;
  const { involvedObject, reason } = object as { involvedObject?: { kind?: string; name?: string }; reason?: string };
  return `${reason ?? 'Event'}: ${involvedObject?.kind ?? ''} ${involvedObject?.name ?? ''}`.trim();
}

function tooltipOf({ nowMilliseconds, object, usage }: ShownObject, state: StateInWords): string {
  const lines = [`${describeObject(object)}: ${state.words || 'present'}`];
  if (object.kind === 'Pod') {
    const [trouble] = troublesOfPod(object as Pod, nowMilliseconds);
    if (trouble) lines.push(trouble.message, trouble.said, trouble.advice);
    const node = (object as Pod).spec?.nodeName;
    if (node) lines.push(`On node ${node}.`);
  }
  if (isHelmRelease(object))
    lines.push(object.release.said, object.release.appVersion && `App version ${object.release.appVersion}`);
  if (usage) lines.push(`Uses ${usage.cpu} CPU and ${usage.memory}.`);
  if (object.metadata.creationTimestamp) lines.push(`Since ${object.metadata.creationTimestamp}.`);
  return lines.filter((line) => line !== '').join('\n\n');
}
