import type { FailureReport } from '../failure.ts';
import type { KubeObject } from '../kubeObject.ts';
import type { ResourceType } from '../resourceType.ts';
import type { CollectionView } from './clusterConnection.ts';
import type { ClusterArgument, ClusterNode, Place } from './clusterNode.ts';
import type { ClusterSource, ForwardedPort, KnownContext } from './clusterSource.ts';
import { objectState } from './objectState.ts';
import { counted, type Tone } from './stateInWords.ts';
import { toneColor } from './toneColor.ts';

/** A context: whether it answers, and what is to be known before touching it. */
export function contextNode({ current, name, server }: KnownContext, source: ClusterSource): ClusterNode {
  const connection = source.connection(name);
  const isRefused = connection.kind === 'refused';
  const isLost = isRefused || (connection.kind === 'connecting' && connection.reason !== undefined);
  const state = {
    idle: '',
    connecting: isLost ? 'does not answer' : 'connecting',
    connected: 'connected',
    refused: isRefused && connection.reason.kind === 'unauthorised' ? 'credentials refused' : 'refused',
  }[connection.kind];
  const isTarget = source.target()?.context === name;
  const isProtected = source.isProtected(name);
  const notes = [
    state,
    isTarget ? 'target of this workspace' : '',
    current ? 'current context of kubectl' : '',
    isProtected ? 'protected' : '',
  ];
  const description = notes.filter((note) => note !== '').join(', ');
  const color = isLost ? toneColor('bad') : connection.kind === 'connected' ? toneColor('good') : undefined;
  return {
    id: `context ${name}`,
    label: name,
    description,
    tooltip: [
      server,
      connection.kind === 'refused' || connection.kind === 'connecting' ? (connection.reason?.message ?? '') : '',
    ]
      .filter((part) => part !== '')
      .join('\n\n'),
    icon: {
      name: isLost ? 'debug-disconnect' : isProtected ? 'shield' : 'server-environment',
      ...(color ? { color } : {}),
    },
    contextValue: 'context',
    argument: { context: name },
    place: { kind: 'context', context: name },
  };
}

/** What belongs to no namespace. */
export function clusterNode(parentId: string, context: string): ClusterNode {
  return {
    id: `${parentId}/cluster`,
    label: 'Cluster',
    description: 'nodes, storage, definitions',
    tooltip: 'What belongs to no namespace.',
    icon: { name: 'globe' },
    contextValue: 'cluster',
    argument: { context },
    place: { kind: 'cluster', context },
  };
}

/** A namespace, or all of them together. */
export function namespaceNode(
  parentId: string,
  shown: {
    readonly context: string;
    readonly namespace: string | undefined;
    readonly object?: KubeObject | undefined;
    readonly isChosen: boolean;
  },
): ClusterNode {
  const { context, isChosen, namespace, object } = shown;
  const state = object ? objectState(object).words : '';
  return {
    id: `${parentId}/namespace ${namespace ?? '*'}`,
    label: namespace ?? 'All Namespaces',
    description: [state, isChosen ? 'target of this workspace' : ''].filter((note) => note !== '').join(', '),
    tooltip: namespace === undefined ? `Every namespace of ${context}` : `Namespace ${namespace} of ${context}`,
    icon: { name: namespace === undefined ? 'files' : 'folder' },
    contextValue: namespace === undefined ? 'namespaces' : 'namespace',
    argument: { context, ...(namespace === undefined ? {} : { namespace }) },
    place: { kind: 'namespace', context, namespace },
  };
}

/** A heading such as Workloads. */
export function categoryNode(parentId: string, place: Place & { kind: 'category' }): ClusterNode {
  const { category, context, namespace } = place;
  return {
    id: `${parentId}/${category.id}`,
    label: category.title,
    description: '',
    tooltip: category.types.map(({ kind }) => kind).join(', '),
    icon: { name: category.icon },
    contextValue: `category.${category.id}`,
    argument: { context, ...(namespace === undefined ? {} : { namespace }) },
    place,
  };
}

/** A kind under a heading; once it was refused it says so, and stays grey. */
export function typeNode(
  parentId: string,
  place: Place & { kind: 'type' },
  view: CollectionView | undefined,
): ClusterNode {
  const { context, namespace, type } = place;
  const refusal = view?.state.kind === 'refused' ? view.state.reason : undefined;
  const count = view && view.state.kind !== 'syncing' && !refusal ? counted(view.objects.length, 'object') : '';
  return {
    id: `${parentId}/${type.plural}.${type.group}`,
    label: type.kind,
    description: refusal ? refusalInWords(refusal) : [count, type.group].filter((part) => part !== '').join(', '),
    tooltip: refusal
      ? told(refusal.message, refusal.said, refusal.advice)
      : `${type.plural}.${type.group || 'core'} ${type.version}`,
    icon: refusal ? { name: 'lock', color: toneColor('off')! } : { name: 'symbol-class' },
    contextValue: refusal ? 'refused' : 'type',
    argument: { context, ...(namespace === undefined ? {} : { namespace }) },
    place,
  };
}

/** A kind that may not be read, under a heading that shows its objects at once. */
export function refusedNode(
  parentId: string,
  { group, kind, plural }: ResourceType,
  reason: FailureReport,
): ClusterNode {
  return {
    id: `${parentId}/refused ${plural}.${group}`,
    label: kind,
    description: refusalInWords(reason),
    tooltip: told(reason.message, reason.said, reason.advice),
    icon: { name: 'lock', color: toneColor('off')! },
    contextValue: 'refused',
  };
}

/** What a line says that stands for no object. */
export interface Message {
  readonly key: string;
  readonly label: string;
  readonly description?: string;
  /** What else is to be known, for the tooltip. */
  readonly told?: readonly string[];
  readonly tone: Tone;
  readonly argument?: ClusterArgument;
  readonly command?: NonNullable<ClusterNode['command']>;
}

/** A line that stands for no object. */
export function messageNode(parentId: string, message: Message): ClusterNode {
  const { argument, command, description = '', key, label, told: more = [], tone } = message;
  const color = toneColor(tone);
  return {
    id: `${parentId}/${key}`,
    label,
    description,
    tooltip: told(label, ...more),
    icon: { name: command ? 'add' : tone === 'bad' ? 'warning' : 'info', ...(color ? { color } : {}) },
    contextValue: 'message',
    ...(argument ? { argument } : {}),
    ...(command ? { command } : {}),
  };
}

/** The line that warns of what is old, where something is. */
export function staleNodes(parentId: string, view: CollectionView | undefined): ClusterNode[] {
  if (view?.state.kind !== 'stale') return [];
  const { advice, message, said } = view.state.reason;
  const isKnown = view.objects.length > 0;
  const label = isKnown ? 'Connection lost: this is what was last known' : message;
  return [messageNode(parentId, { key: 'stale', label, told: [isKnown ? message : '', said, advice], tone: 'bad' })];
}

/** The heading over the ports of this machine that lead into pods. */
export function forwardsNode(count: number): ClusterNode {
  return {
    id: 'forwards',
    label: 'Forwarded Ports',
    description: String(count),
    tooltip: 'Ports of this machine that lead into pods.',
    icon: { name: 'plug' },
    contextValue: 'forwards',
    place: { kind: 'forwards' },
  };
}

/** One of these ports. */
export function forwardNode(parentId: string, forward: ForwardedPort): ClusterNode {
  const { context, isBroken, localPort, namespace, number, remotePort, state, target } = forward;
  return {
    id: `${parentId}/${number}`,
    label: `127.0.0.1:${localPort} → ${target}:${remotePort}`,
    description: state,
    tooltip: `${target} in namespace ${namespace} of ${context}: ${state}`,
    icon: { name: 'plug', color: toneColor(isBroken ? 'bad' : 'good')! },
    contextValue: 'forward',
    argument: { context, namespace, forward: number },
  };
}

function refusalInWords({ kind, message }: FailureReport): string {
  if (kind === 'forbidden') return 'not allowed';
  if (kind === 'unauthorised') return 'credentials refused';
  return kind === 'not-found' ? 'not served' : message;
}

function told(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}
