import type { ResourceType } from '../resourceType.ts';
import type { ClusterNode } from './clusterNode.ts';
import type { ClusterSource } from './clusterSource.ts';
import { driftNode } from './driftNodes.ts';
import { clusterNode, messageNode, namespaceNode, staleNodes } from './headingNodes.ts';
import { BUILT_IN_TYPES, findType } from './shownKinds.ts';

/** The kind whose objects a context shows. */
export const NAMESPACES: ResourceType = findType(BUILT_IN_TYPES, 'namespaces')!;

/**
 * What stands under a context: why it cannot be reached, or its namespaces. Who may not list namespaces gets those of the
 * kubeconfig, of the chosen target, and those that were typed.
 */
export function contextChildren(id: string, context: string, source: ClusterSource): ClusterNode[] {
  const connection = source.connection(context);
  const known = source.contexts().find(({ name }) => name === context);
  if (connection.kind === 'refused' || (connection.kind === 'connecting' && connection.reason)) {
    const { advice, kind, message, said } = connection.reason!;
    const whatToDo = kind === 'unauthorised' ? known?.loginAdvice || advice : advice;
    return [
      messageNode(id, { key: 'refusal', label: message, description: whatToDo, told: [said, whatToDo], tone: 'bad' }),
    ];
  }
  if (connection.kind !== 'connected')
    return [messageNode(id, { key: 'connecting', label: 'Connecting…', tone: 'busy' })];
  const view = source.view(context, { type: NAMESPACES, namespace: undefined });
  const target = source.target();
  const chosen = target?.context === context ? target.namespace : undefined;
  const listed = new Map((view?.objects ?? []).map((namespace) => [namespace.metadata.name, namespace]));
  const refusal = view?.state.kind === 'refused' ? view.state.reason : undefined;
  const guessed = refusal ? [known?.namespace, chosen, ...source.typedNamespaces(context)] : [];
  const names = [...new Set([...listed.keys(), ...guessed.filter((name) => name !== undefined)])];
  const drift = source.drift(context);
  const rank = (name: string): number => (name === chosen ? 0 : 1);
  return [
    ...staleNodes(id, view),
    ...(drift ? [driftNode(id, context, drift)] : []),
    clusterNode(id, context),
    namespaceNode(id, { context, namespace: undefined, isChosen: false }),
    ...names
      .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
      .map((namespace) =>
        namespaceNode(id, { context, namespace, object: listed.get(namespace), isChosen: namespace === chosen }),
      ),
    ...(refusal
      ? [
          messageNode(id, {
            key: 'untold namespaces',
            label: 'Show another namespace…',
            description: 'they may not be listed',
            told: [refusal.message, refusal.said],
            tone: 'off',
            argument: { context },
            command: { id: 'slipway.showNamespace', title: 'Show Namespace…' },
          }),
        ]
      : []),
  ];
}
