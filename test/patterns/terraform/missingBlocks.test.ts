import assert from 'node:assert/strict';
import { pattern as messaging } from '../../../server/src/patterns/async-messaging/pattern.ts';
import { pattern as invalidation } from '../../../server/src/patterns/cache-invalidation/pattern.ts';
import { pattern as saga } from '../../../server/src/patterns/saga/pattern.ts';
import type { Pattern } from '../../../server/src/rules/pattern.ts';
import { exampleSnapshot } from '../../catalog/exampleWorkspace.ts';

function uses(pattern: Pattern, text: string, more = ''): string[] {
  const files = [
    { name: 'main.tf', text },
    { name: 'more.tf', text: more },
  ];
  return [...pattern.recognize(exampleSnapshot(files).graph)].map(
    ({ name, missing, participants }) =>
      `${name} (${participants.map(({ role, resource }) => `${role} ${resource.name}`).join(', ')}) misses ${missing.join(', ')}`,
  );
}

const MAPPING = `resource "aws_lambda_event_source_mapping" "ship" {
  event_source_arn = aws_sqs_queue.parcels.arn
  function_name    = aws_lambda_function.ship.arn
}
`;
const OUTPUT = 'output "address" {\n  value = aws_elasticache_replication_group.sessions.primary_endpoint_address\n}\n';
const MACHINE = 'output "machine" {\n  value = aws_sfn_state_machine.orders.arn\n}\n';
const queues = (...names: string[]) =>
  `locals {\n  steps = toset(${JSON.stringify(names)})\n}\n\nresource "aws_sqs_queue" "step" {\n  for_each = local.steps\n  name     = each.value\n}\n`;

describe('blocks that are referred to and not declared', () => {
  it('are a queue that somebody reads', () => {
    assert.deepEqual(uses(messaging, MAPPING), ['aws_sqs_queue.parcels (consumer ship) misses broker, topic']);
    const declared = uses(messaging, MAPPING, 'resource "aws_sqs_queue" "parcels" {\n}\n');
    assert.deepEqual(
      declared.filter((use) => use.includes('broker, topic')),
      [],
    );
  });

  it('are no queue where only an output or a policy names it', () => {
    assert.deepEqual(uses(messaging, 'output "queue" {\n  value = aws_sqs_queue.parcels.url\n}\n'), []);
  });

  it('are a managed cache, which evicts by a policy of its own', () => {
    assert.deepEqual(uses(invalidation, OUTPUT), ['sessions (address example) misses cache, eviction']);
  });

  it('are nothing where a file of the folder was not read, or is half-typed', () => {
    const hidden = uses(invalidation, OUTPUT, 'resource "aws_elasticache_replication_group" "sessions" {\n');
    assert.deepEqual(hidden, []);
    const files = [
      { name: 'main.tf', text: OUTPUT },
      { name: 'more.tf.json', text: '{ "locals": ' },
    ];
    assert.deepEqual([...invalidation.recognize(exampleSnapshot(files).graph)], []);
  });

  it('are a state machine beside steps that undo others', () => {
    assert.deepEqual(uses(saga, MACHINE, queues('reserve-stock', 'release-stock')), [
      'orders (worker step) misses orchestrator, step, compensation',
    ]);
  });

  it('are no saga without steps that undo, or where another machine drives them', () => {
    assert.deepEqual(uses(saga, MACHINE, queues('reserve-stock', 'charge')), []);
    assert.deepEqual(uses(saga, MACHINE, queues('release-stock')), []);
    const other =
      'resource "aws_sfn_state_machine" "returns" {\n  definition = jsonencode({ Queue = aws_sqs_queue.step["release-stock"].url })\n}\n';
    assert.deepEqual(uses(saga, MACHINE, queues('reserve-stock', 'release-stock') + other), []);
  });
});
