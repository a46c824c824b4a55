import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { isAlone } from '../terraform/parts/companionRule.ts';
import { blockOf } from '../terraform/parts/terraformBlock.ts';
import { isDeadLetterName } from './kafka.ts';
import { sourcesOf } from './queues.ts';

const SUBSCRIPTION = 'terraform/google_pubsub_subscription';
const SERVICE_BUS = ['terraform/azurerm_servicebus_queue', 'terraform/azurerm_servicebus_subscription'];
const RABBIT_QUEUE = 'rabbitmq.com/Queue';

/** A message that nobody can handle comes back again and again, until it is dropped without a word. */
export const rule = defineRule({
  id: 'async-messaging/dead-letter-missing',
  severity: 'warning',
  profile: 'recommended',
  types: ['terraform/aws_sqs_queue', SUBSCRIPTION, ...SERVICE_BUS, RABBIT_QUEUE],
  *check(resource, graph) {
    if (resource.type === RABBIT_QUEUE) {
      const name = resource.root.find('spec', 'name') ?? resource.root.find('metadata', 'name');
      const queueArguments = resource.root.find('spec', 'arguments');
      const isNamed = isDeadLetterName(name?.text() ?? '') || resource.root.text('spec', 'type') === 'stream';
      // A Policy may set it for every queue whose name it matches.
      const hasPolicy = graph.near(resource, 'rabbitmq.com/Policy', 'rabbitmq.com/OperatorPolicy').length > 0;
      const lacks = queueArguments
        ? queueArguments.lacks('x-dead-letter-exchange')
        : resource.root.lacks('spec', 'arguments');
      if (!name || isNamed || hasPolicy || !lacks) return;
      yield {
        at: name,
        severity: 'information',
        strict: true,
        message: `What is rejected or expires in ${describe(resource)} is lost: no x-dead-letter-exchange takes it.`,
      };
      return;
    }
    const block = blockOf(resource, graph);
    if (!block || isDeadLetterName(block.name) || isDeadLetterName(block.node.text('name') ?? '')) return;
    if (resource.type === 'terraform/aws_sqs_queue') {
      if (sourcesOf(block, graph).length > 0) return;
      const companion = {
        of: 'aws_sqs_queue',
        by: ['aws_sqs_queue_redrive_policy'],
        key: 'queue_url',
        inline: ['redrive_policy', 'redrive_allow_policy'],
        says: '',
        ids: [],
      };
      if (!isAlone(block, companion, graph)) return;
      yield {
        at: block.namePlace,
        message: `A message of ${block.address} that always fails comes back until it expires: there is no redrive_policy to put it aside.`,
      };
    } else if (resource.type === SUBSCRIPTION) {
      if (!block.node.lacks('dead_letter_policy')) return;
      yield {
        at: block.namePlace,
        severity: 'information',
        strict: true,
        message: `A message of ${block.address} that always fails comes back until it expires: there is no dead_letter_policy to put it aside.`,
      };
    } else {
      const at = block.node.find('dead_lettering_on_message_expiration');
      const expires = block.node.find('default_message_ttl');
      if (!expires || !(at ? at.boolean() === false : block.node.lacks('dead_lettering_on_message_expiration'))) return;
      yield {
        at: at ?? expires,
        severity: 'information',
        strict: true,
        message: `What expires in ${block.address} is lost: dead_lettering_on_message_expiration is not on.`,
      };
    }
  },
});
