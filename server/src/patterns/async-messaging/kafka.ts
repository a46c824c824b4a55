import type { SourceNode } from '../../text/sourceNode.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { namespacesAgree } from '../../workspace/selection.ts';

export const KAFKA = 'kafka.strimzi.io/Kafka';
export const KAFKA_TOPIC = 'kafka.strimzi.io/KafkaTopic';
export const KAFKA_USER = 'kafka.strimzi.io/KafkaUser';
export const NODE_POOL = 'kafka.strimzi.io/KafkaNodePool';

const CLUSTER_LABEL = 'strimzi.io/cluster';

/** The label by which an object of Strimzi belongs to a cluster. */
export function clusterLabel({ root }: Resource): SourceNode | undefined {
  return root.find('metadata', 'labels', CLUSTER_LABEL);
}

/** The Kafka cluster that a topic, a user or a node pool belongs to. */
export function clusterOf(member: Resource, graph: ResourceGraph): Resource | undefined {
  const name = clusterLabel(member)?.text();
  const target = name === undefined ? undefined : graph.lookup(member, [KAFKA], name);
  return target?.status === 'found' ? target.resource : undefined;
}

/** The objects of a type that belong to a cluster. */
export function membersOf(cluster: Resource, type: string, graph: ResourceGraph): readonly Resource[] {
  return graph
    .near(cluster, type)
    .filter(
      (member) => clusterLabel(member)?.text() === cluster.name && namespacesAgree(member.namespace, cluster.namespace),
    );
}

/** Brokers of a cluster, by its node pools or, in the old form, by its own number; undefined where it is not known. */
export function brokersOf(cluster: Resource, graph: ResourceGraph): number | undefined {
  const pools = membersOf(cluster, NODE_POOL, graph);
  if (pools.length === 0) return cluster.root.number('spec', 'kafka', 'replicas');
  if (graph.isIncomplete(cluster)) return undefined;
  let brokers = 0;
  for (const pool of pools) {
    const roles = pool.root.find('spec', 'roles');
    const count = pool.root.number('spec', 'replicas');
    if (!roles?.known || count === undefined) return undefined;
    if (roles.items.some((role) => role.text() === 'broker')) brokers += count;
  }
  return brokers;
}

/** What a topic is called in Kafka: `spec.topicName`, or the object's name. */
export function topicName({ root, name }: Resource): string | undefined {
  return root.text('spec', 'topicName') ?? (root.lacks('spec', 'topicName') ? name : undefined);
}

/** The KafkaTopic of this name that is nearest. */
export function topicNamed(name: string, from: Resource, graph: ResourceGraph): Resource | undefined {
  return graph.near(from, KAFKA_TOPIC).find((topic) => topicName(topic) === name);
}

/** A topic for messages that could not be handled, by its name. */
export function isDeadLetterName(name: string): boolean {
  return /(?:^|[._-])(?:dlq|dlt|dlx|dead-?_?letters?|parking-?lot)(?:$|[._-])|\.DLT$/i.test(name);
}
