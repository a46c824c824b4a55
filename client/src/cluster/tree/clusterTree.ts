import { eventTime, type KubeEvent } from '../kubeEvent.ts';
import type { KubeObject } from '../kubeObject.ts';
import type { Pod } from '../pod.ts';
import { resourceTypeOf } from '../resourceType.ts';
import type { Collection } from './clusterConnection.ts';
import type { ClusterNode, Place } from './clusterNode.ts';
import type { ClusterSource } from './clusterSource.ts';
import { contextChildren, NAMESPACES } from './contextChildren.ts';
import { driftChildren, driftEntryNodes } from './driftNodes.ts';
import { type Heading, Headings } from './heading.ts';
import {
  categoryNode,
  contextNode,
  forwardNode,
  forwardsNode,
  messageNode,
  refusedNode,
  staleNodes,
  typeNode,
} from './headingNodes.ts';
import { containerNodes, objectNode } from './objectNodes.ts';
import { isHelmRelease } from './objectState.ts';
import { type ServedCategory, servedCategories } from './shownKinds.ts';

/**
 * The tree of the cluster view, computed from snapshots when it is asked for: context → namespace → heading → workload →
 * pod → container. It says which collections a place needs, so that nothing is followed that nobody looks at.
 */
export class ClusterTree {
  readonly #source: ClusterSource;
  readonly #headings: Headings;

  constructor(source: ClusterSource) {
    this.#source = source;
    this.#headings = new Headings(source);
  }

  roots(): ClusterNode[] {
    const forwards = this.#source.forwards();
    const chosen = this.#source.target()?.context;
    const rank = ({ current, name }: { name: string; current: boolean }): number =>
      name === chosen ? 0 : current ? 1 : 2;
    const contexts = [...this.#source.contexts()].sort((a, b) => rank(a) - rank(b));
    return [
      ...(forwards.length > 0 ? [forwardsNode(forwards.length)] : []),
      ...contexts.map((context) => contextNode(context, this.#source)),
    ];
  }

  /** What an open place needs to be followed. */
  collectionsOf(place: Place): Collection[] {
    if (place.kind === 'context') return [{ type: NAMESPACES, namespace: undefined }];
    if (place.kind === 'type') return [{ type: place.type, namespace: place.namespace }];
    if (place.kind !== 'category' || !place.category.isFlat) return [];
    const { fieldSelector, types } = place.category;
    const selection = fieldSelector === undefined ? {} : { fieldSelector };
    return types.map((type) => ({ type, namespace: place.namespace, ...selection }));
  }

  children({ id, place }: Pick<ClusterNode, 'id' | 'place'>): ClusterNode[] {
    switch (place?.kind) {
      case 'forwards':
        return this.#source.forwards().map((forward) => forwardNode(id, forward));
      case 'context':
        return contextChildren(id, place.context, this.#source);
      case 'drift':
        return driftChildren(id, place.context, this.#source.drift(place.context) ?? { kind: 'not chosen' });
      case 'drift group': {
        const { context, group } = place;
        return driftEntryNodes(id, context, group, this.#source.drift(context) ?? { kind: 'not chosen' });
      }
      case 'cluster':
      case 'namespace':
        return this.#categories(place).map((category) =>
          categoryNode(id, { kind: 'category', context: place.context, namespace: namespaceOf(place), category }),
        );
      case 'category': {
        const { category, context, namespace } = place;
        if (category.isFlat) return this.#ofHeading(id, this.#headings.heading(context, namespace, category));
        return category.types.map((type) =>
          typeNode(id, { kind: 'type', context, namespace, type }, this.#source.view(context, { type, namespace })),
        );
      }
      case 'type': {
        const category = { id: 'type', title: '', icon: '', types: [place.type] };
        return this.#ofHeading(id, this.#headings.heading(place.context, place.namespace, category));
      }
      case 'object':
        return this.#ofObject(id, place);
      default:
        return [];
    }
  }

  #categories(place: Place & { kind: 'cluster' | 'namespace' }): ServedCategory[] {
    const connection = this.#source.connection(place.context);
    return connection.kind === 'connected' ? servedCategories(connection.types, place.kind === 'namespace') : [];
  }

  /** The objects of a heading; a kind that may not be read is told once, behind what may be read. */
  #ofHeading(id: string, heading: Heading): ClusterNode[] {
    const views = heading.kinds.map(({ view }) => view);
    const lost = views.find((view) => view?.state.kind === 'stale');
    const refused = heading.kinds.flatMap(({ type, view }) =>
      view?.state.kind === 'refused' ? [refusedNode(id, type, view.state.reason)] : [],
    );
    const nodes = this.#objectNodes(id, heading, heading.ownership.roots);
    if (nodes.length === 0 && refused.length === 0 && !lost) {
      const isReading = views.some((view) => !view || view.state.kind === 'syncing');
      return [messageNode(id, { key: 'nothing', label: isReading ? 'Reading…' : 'Nothing here', tone: 'off' })];
    }
    return [...staleNodes(id, lost), ...nodes, ...refused];
  }

  #ofObject(id: string, { category, context, namespace, object }: Place & { kind: 'object' }): ClusterNode[] {
    const heading = this.#headings.heading(context, namespace, category);
    // The object may have changed since its node was drawn.
    const present =
      heading.kinds
        .flatMap(({ view }) => view?.objects.find(({ metadata }) => metadata.uid === object.metadata.uid) ?? [])
        .at(0) ?? object;
    if (present.kind === 'Pod') return containerNodes(id, context, present as Pod);
    return this.#objectNodes(id, heading, heading.ownership.childrenOf(present));
  }

  #objectNodes(id: string, heading: Heading, objects: readonly KubeObject[]): ClusterNode[] {
    const { category, context, namespace } = heading;
    return arranged(objects, category).map((object) => {
      const type = resourceTypeOf(object, category.types) ?? category.types[0]!;
      return objectNode({
        parentId: id,
        context,
        shownNamespace: namespace,
        category,
        type,
        object,
        children: heading.ownership.childrenOf(object),
        usage: this.#source.usage(context, type, object.metadata.namespace, object.metadata.name),
        nowMilliseconds: this.#source.nowMilliseconds(),
      });
    });
  }
}

function namespaceOf(place: Place & { kind: 'cluster' | 'namespace' }): string | undefined {
  return place.kind === 'namespace' ? place.namespace : undefined;
}

/** Objects by name, events and revisions with the newest first; a ReplicaSet that is out of use is left out. */
function arranged(objects: readonly KubeObject[], { id }: ServedCategory): KubeObject[] {
  if (id === 'events' || objects[0]?.kind === 'Event') {
    return [...objects].sort((a, b) => eventTime(b as KubeEvent) - eventTime(a as KubeEvent));
  }
  const sortKey = (object: KubeObject): string => {
    const { kind, metadata } = object;
    if (isHelmRelease(object))
      return `${object.release.name} ${String(1e6 - object.release.revision).padStart(7, '0')}`;
    return `${metadata.name} ${kind} ${metadata.namespace ?? ''}`;
  };
  return objects
    .filter((object) => id !== 'workloads' || object.kind !== 'ReplicaSet' || !isScaledToNothing(object))
    .map((object) => ({ object, key: sortKey(object) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ object }) => object);
}

function isScaledToNothing(object: KubeObject): boolean {
  return (object['spec'] as { replicas?: number } | undefined)?.replicas === 0;
}
