import { formatDuration } from '../../rules/parts/duration.ts';
import { definePattern } from '../../rules/pattern.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { applyTopic } from './applyTopic.ts';
import { clusterOf, KAFKA, KAFKA_TOPIC, topicNamed } from './kafka.ts';
import { SCALERS } from './kafkaScalers.ts';
import { cloudQueues, missingQueues, operatedQueues } from './otherBrokers.ts';
import { topicUses } from './topics.ts';

export const pattern = definePattern({
  id: 'async-messaging',
  title: 'Asynchronous messaging',
  category: 'communication',
  summary:
    'One service hands a message to a broker and goes on; others read it when they can, and again when they must.',
  roles: {
    broker: { title: 'broker', required: true },
    topic: { title: 'topic or queue', required: true },
    producer: { title: 'producer', required: false },
    consumer: { title: 'consumer', required: true },
    scaler: { title: 'scaling of the consumers', required: false },
    'dead-letter': { title: 'place for messages that fail', required: false },
    persistence: { title: 'storage of the broker', required: false },
    replay: { title: 'time for which messages are kept', required: false },
  },
  *recognize(graph) {
    for (const use of topicUses(graph)) yield { pattern: 'async-messaging', ...use };
    yield* operatedQueues(graph);
    yield* cloudQueues(graph);
    yield* missingQueues(graph);
  },
  explanations: [
    { types: [KAFKA_TOPIC], path: ['spec', 'partitions'], text: partitionsInWords },
    { types: [KAFKA_TOPIC], path: ['spec', 'replicas'], text: replicasInWords },
    {
      types: [KAFKA_TOPIC],
      path: ['spec', 'config', 'min.insync.replicas'],
      text: (_field, resource, graph) => replicasInWords(resource.root.find('spec', 'replicas'), resource, graph),
    },
    {
      types: [KAFKA_TOPIC],
      path: ['spec', 'config', 'retention.ms'],
      text(field) {
        const milliseconds = Number(field.text());
        if (milliseconds === -1) return '**Replay.** Messages are kept for ever: the disks must hold all of them.';
        if (!Number.isFinite(milliseconds) || milliseconds <= 0) return undefined;
        const days = milliseconds / 86_400_000;
        const span = days >= 2 ? `${Number(days.toFixed(1))} days` : formatDuration(milliseconds);
        return `**Replay.** Messages are kept for ${span}, read or not. A consumer that was away for longer misses some.`;
      },
    },
    {
      types: [KAFKA],
      path: ['spec', 'kafka', 'config', 'auto.create.topics.enable'],
      text: () =>
        'With `true` the first one who names a topic makes it, with the defaults of the broker: a slip in a name becomes a topic that nobody reads.',
    },
    {
      types: SCALERS,
      path: ['spec', 'triggers', '*', 'metadata', 'lagThreshold'],
      text(field, resource, graph) {
        const threshold = Number(field.text());
        const topic = topicNamed(field.parent?.text('topic') ?? '', resource, graph);
        const partitions = topic?.root.number('spec', 'partitions');
        const most = resource.root.number('spec', 'maxReplicaCount') ?? 100;
        if (!Number.isFinite(threshold) || threshold <= 0) return undefined;
        const limit = partitions === undefined ? most : Math.min(most, partitions);
        return `**Scaling by lag.** One consumer for each ${threshold} messages that wait: ${limit} consumers, the most that may run${partitions === undefined ? '' : ` for ${partitions} partitions`}, come with ${limit * threshold} waiting messages.`;
      },
    },
    {
      types: ['terraform/aws_sqs_queue'],
      path: ['visibility_timeout_seconds'],
      text: (field) =>
        `For ${field.text() ?? '30'} s after it was read nobody else sees a message. Who is not done by then must extend the time, or the message is handled twice. Lambda wants six times the function's timeout.`,
    },
  ],
  apply: applyTopic,
});

function partitionsInWords(field: SourceNode): string | undefined {
  const count = field.number();
  if (count === undefined) return undefined;
  return `**Parallel reading.** At most ${count} consumers of a group read at one time, each with partitions of its own. Messages of one key stay in order, as they share a partition; with more partitions later on, keys move to others.`;
}

function replicasInWords(field: SourceNode | undefined, topic: Resource, graph: ResourceGraph): string | undefined {
  const copies = field?.number();
  if (copies === undefined) return undefined;
  const own = topic.root.find('spec', 'config', 'min.insync.replicas');
  const ofCluster = clusterOf(topic, graph)?.root.find('spec', 'kafka', 'config', 'min.insync.replicas');
  const wanted = Number((own ?? ofCluster)?.text() ?? 1);
  if (!Number.isInteger(wanted)) return undefined;
  const spare = copies - wanted;
  return `**Copies.** ${copies} brokers keep each message, and a write with \`acks=all\` waits for ${wanted}: ${spare > 0 ? `${spare} ${spare === 1 ? 'broker' : 'brokers'} may be down while messages are written` : 'no broker may be down while messages are written'}, and ${copies - 1} may be lost before a message is.`;
}
