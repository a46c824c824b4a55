import type { Participant, PatternInstance } from '../../rules/pattern.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { missingBlocks } from '../terraform/parts/missingBlocks.ts';
import { blockOf, blocksOf, reachedFrom, resourceOf, type TerraformBlock } from '../terraform/parts/terraformBlock.ts';
import { deadLetterQueueOf, functionsOf, SQS_QUEUE, sourcesOf } from './queues.ts';

/** Queues of clouds, with what takes the messages that failed and who reads them. */
export function* cloudQueues(graph: ResourceGraph): Iterable<PatternInstance> {
  for (const resource of graph.all(SQS_QUEUE)) {
    const queue = blockOf(resource, graph);
    if (!queue || sourcesOf(queue, graph).length > 0) continue;
    const aside = deadLetterQueueOf(queue, graph);
    const readers = functionsOf(queue, graph).map(({ handler }) => handler);
    const writers = blocksOf(queue.module, graph, 'aws_sns_topic_subscription', 'aws_sfn_state_machine').filter(
      ({ module, block }) => reachedFrom(module, block, graph).has(queue.address),
    );
    const kept = queue.node.find('message_retention_seconds');
    const hidesRedrive = !queue.node.lacks('redrive_policy');
    yield {
      pattern: 'async-messaging',
      name: queue.address,
      participants: [
        { role: 'broker', resource, at: queue.namePlace },
        { role: 'topic', resource, at: queue.namePlace },
        ...asParticipants('producer', writers, graph),
        ...asParticipants('consumer', readers, graph),
        ...(aside ? asParticipants('dead-letter', [aside], graph) : []),
        { role: 'persistence', resource, at: queue.namePlace },
        ...(kept ? [{ role: 'replay', resource, at: kept }] : []),
      ],
      missing: aside || hidesRedrive ? [] : ['dead-letter'],
    };
  }
  for (const resource of graph.all(
    'terraform/google_pubsub_subscription',
    'terraform/azurerm_servicebus_subscription',
  )) {
    const subscription = blockOf(resource, graph);
    if (!subscription) continue;
    const reached = reachedFrom(subscription.module, subscription.block, graph);
    const topics = blocksOf(subscription.module, graph, 'google_pubsub_topic', 'azurerm_servicebus_topic').filter(
      ({ address }) => reached.has(address),
    );
    const aside =
      subscription.node.find('dead_letter_policy') ?? subscription.node.find('dead_lettering_on_message_expiration');
    yield {
      pattern: 'async-messaging',
      name: subscription.address,
      participants: [
        ...asParticipants('topic', topics, graph),
        { role: 'consumer', resource, at: subscription.namePlace },
        ...(aside ? [{ role: 'dead-letter', resource, at: aside.keyPlace }] : []),
      ],
      missing: [],
    };
  }
}

const ROLES: Readonly<Record<string, string>> = {
  'terraform/aws_sfn_state_machine': 'producer',
  'terraform/aws_sns_topic_subscription': 'producer',
  'terraform/aws_lambda_event_source_mapping': 'consumer',
};

/** Queues that somebody of their module writes to or reads, and nothing declares. */
export function* missingQueues(graph: ResourceGraph): Iterable<PatternInstance> {
  for (const { address, users } of missingBlocks(graph, 'aws_sqs_queue')) {
    const participants = users.flatMap(({ resource, at }): Participant[] => {
      const role = ROLES[resource.type];
      return role === undefined ? [] : [{ role, resource, at }];
    });
    if (participants.length === 0) continue;
    yield { pattern: 'async-messaging', name: address, participants, missing: ['broker', 'topic'] };
  }
}

/** Queues and streams that the operators of RabbitMQ and NATS make. */
export function* operatedQueues(graph: ResourceGraph): Iterable<PatternInstance> {
  const named = (role: string, resource: Resource): Participant => ({
    role,
    resource,
    at: resource.root.find('metadata', 'name') ?? resource.root,
  });
  for (const queue of graph.all('rabbitmq.com/Queue', 'jetstream.nats.io/Stream')) {
    const isRabbit = queue.type === 'rabbitmq.com/Queue';
    const name = queue.root.text('spec', 'name') ?? queue.name ?? queue.kind;
    const reference = queue.root.text('spec', 'rabbitmqClusterReference', 'name');
    const namespace = queue.root.text('spec', 'rabbitmqClusterReference', 'namespace') ?? queue.namespace;
    const target =
      isRabbit && reference !== undefined
        ? graph.lookup(queue, ['rabbitmq.com/RabbitmqCluster'], reference, namespace)
        : undefined;
    const consumers = isRabbit
      ? []
      : graph.near(queue, 'jetstream.nats.io/Consumer').filter(({ root }) => root.text('spec', 'streamName') === name);
    const aside = queue.root.find('spec', 'arguments', 'x-dead-letter-exchange');
    const kept = queue.root.find('spec', 'maxAge') ?? queue.root.find('spec', 'retention');
    yield {
      pattern: 'async-messaging',
      name,
      participants: [
        ...(target?.status === 'found' ? [named('broker', target.resource)] : []),
        named('topic', queue),
        ...consumers.map((consumer) => named('consumer', consumer)),
        ...(aside ? [{ role: 'dead-letter', resource: queue, at: aside }] : []),
        ...(kept ? [{ role: 'replay', resource: queue, at: kept }] : []),
      ],
      missing: target?.status === 'missing' && target.certain ? ['broker'] : [],
    };
  }
}

/** Blocks as participants, at the resources of the graph that they are. */
function asParticipants(role: string, blocks: readonly TerraformBlock[], graph: ResourceGraph): readonly Participant[] {
  return blocks.flatMap((block) => {
    const resource = resourceOf(block, graph);
    return resource ? [{ role, resource, at: block.namePlace }] : [];
  });
}
