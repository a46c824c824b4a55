import assert from 'node:assert/strict';
import { pattern } from '../../../server/src/patterns/saga/pattern.ts';
import { exampleSnapshot, findingsOf } from '../../catalog/exampleWorkspace.ts';

/** A state machine with these states. */
function machine(states: string): string {
  return `resource "aws_sfn_state_machine" "order" {\n  name = "order"\n  definition = jsonencode({ StartAt = "Reserve", TimeoutSeconds = 60, States = {\n${states}\n} })\n}\n`;
}

const RETRY = 'Retry = [{ ErrorEquals = ["States.ALL"] }]';
const FAILED = 'Failed = { Type = "Fail" }';
const caught = (next: string) => `Catch = [{ ErrorEquals = ["States.ALL"], Next = "${next}" }]`;
const step = (name: string, failure: string, next: string) =>
  `${name} = { Type = "Task", ${failure === '' ? '' : `${caught(failure)}, `}${next} }`;
const undo = (name: string, next: string) => `${name} = { Type = "Task", ${RETRY}, Next = "${next}" }`;

function found(...states: string[]): string[] {
  const snapshot = exampleSnapshot([{ name: 'main.tf', text: machine(states.join('\n')) }]);
  return findingsOf(snapshot, 'recommended').flatMap(({ rule }) =>
    rule.id.startsWith('saga/') ? rule.id.slice('saga/'.length) : [],
  );
}

describe('state machines', () => {
  const cases: Readonly<Record<string, readonly [string[], string[]]>> = {
    'three steps that are undone from the last to the first': [
      [
        step('Reserve', 'Release', 'Next = "Charge"'),
        step('Charge', 'Refund', 'Next = "Ship"'),
        step('Ship', 'Refund', 'End = true'),
        undo('Refund', 'Release'),
        undo('Release', 'Failed'),
        FAILED,
      ],
      [],
    ],
    'a failure that leaves out the first compensation': [
      [
        step('Reserve', 'Release', 'Next = "Charge"'),
        step('Charge', 'Refund', 'End = true'),
        undo('Refund', 'Failed'),
        undo('Release', 'Failed'),
        FAILED,
      ],
      ['compensation-skipped'],
    ],
    'a failure in the middle that is not caught': [
      [
        step('Reserve', 'Release', 'Next = "Charge"'),
        step('Charge', '', 'End = true'),
        undo('Release', 'Failed'),
        FAILED,
      ],
      ['step-without-compensation'],
    ],
    'a step that only reads': [
      [
        step('Reserve', 'Release', 'Next = "GetAddress"'),
        step('GetAddress', '', 'Next = "Charge"'),
        step('Charge', 'Release', 'End = true'),
        undo('Release', 'Failed'),
        FAILED,
      ],
      [],
    ],
    'a choice, whose ways both end': [
      [
        step('Reserve', '', 'Next = "Which"'),
        'Which = { Type = "Choice", Choices = [{ Variable = "$.x", IsPresent = true, Next = "Done" }], Default = "Failed" }',
        'Done = { Type = "Succeed" }',
        FAILED,
      ],
      [],
    ],
    'branches, which know only their own states': [
      [
        'Reserve = { Type = "Parallel", End = true, Branches = [{ StartAt = "A", States = { A = { Type = "Pass", Next = "Failed" } } }] }',
      ],
      ['end-unreachable', 'next-unknown'],
    ],
    'a name that is not known here': [
      ['Reserve = { Type = "Pass", Next = var.next }', 'Other = { Type = "Succeed" }'],
      [],
    ],
  };
  for (const [what, [states, expected]] of Object.entries(cases))
    it(`${expected.length > 0 ? 'finds' : 'admits'} ${what}`, () =>
      assert.deepEqual(found(...states).sort(), expected));

  it('say nothing where the definition is a file or half-typed', () => {
    for (const definition of [
      'file("order.json")',
      'jsonencode({ StartAt = "A", States = { A = {',
      'jsonencode(local.x)',
    ]) {
      const text = `resource "aws_sfn_state_machine" "order" {\n  definition = ${definition}\n}\n`;
      const snapshot = exampleSnapshot([{ name: 'main.tf', text }]);
      assert.deepEqual(
        findingsOf(snapshot, 'strict').flatMap(({ rule }) => (rule.id.startsWith('saga/') ? rule.id : [])),
        [],
      );
    }
  });

  it('are sagas with the queues that do the work, and miss those that are gone', () => {
    const states = [
      `Reserve = { Type = "Task", Resource = "arn:aws:states:::sqs:sendMessage", Parameters = { QueueUrl = aws_sqs_queue.work.url }, ${caught('Release')}, Next = "Charge" }`,
      step('Charge', 'Release', 'End = true'),
      undo('Release', 'Failed'),
      FAILED,
    ].join('\n');
    const saga = { name: 'saga.tf', text: machine(states) };
    const queue = { name: 'queue.tf', text: 'resource "aws_sqs_queue" "work" {\n  name = "work"\n}\n' };
    const [whole] = [...pattern.recognize(exampleSnapshot([saga, queue]).graph)];
    assert.deepEqual(
      whole?.participants.filter(({ role }) => role !== 'timeout').map(({ role, resource }) => [role, resource.name]),
      [
        ['orchestrator', 'order'],
        ['step', 'order'],
        ['step', 'order'],
        ['compensation', 'order'],
        ['retry', 'order'],
        ['worker', 'work'],
      ],
    );
    assert.deepEqual(whole?.missing, []);
    assert.deepEqual([...pattern.recognize(exampleSnapshot([saga]).graph)][0]?.missing, ['worker']);
  });
});

describe('other sagas', () => {
  const recognised = (text: string) =>
    [...pattern.recognize(exampleSnapshot([{ name: 'shop.yaml', text }]).graph)].map(({ name, participants }) => [
      name,
      participants.map(({ role, resource }) => `${role} ${resource.name}`),
    ]);

  it('are topics of what happened and of what was taken back', () => {
    const topic = (name: string) =>
      `---\napiVersion: kafka.strimzi.io/v1\nkind: KafkaTopic\nmetadata: { name: ${name}, labels: { strimzi.io/cluster: events } }\nspec: { partitions: 3 }\n`;
    const cluster = 'apiVersion: kafka.strimzi.io/v1\nkind: Kafka\nmetadata: { name: events }\n';
    assert.deepEqual(recognised(cluster + topic('orders.placed') + topic('payments.failed')), [
      ['choreography by events', ['orchestrator events', 'step orders.placed', 'compensation payments.failed']],
    ]);
    assert.deepEqual(recognised(cluster + topic('orders.placed') + topic('orders.shipped')), []);
  });

  it('are run by an engine whose address a worker knows', () => {
    const worker = (name: string) =>
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: worker }\nspec:\n  template:\n    spec:\n      containers:\n        - name: worker\n          env: [{ name: ${name}, value: "engine:7233" }]\n`;
    for (const name of ['TEMPORAL_ADDRESS', 'ZEEBE_ADDRESS', 'CAMUNDA_CLIENT_ZEEBE_GRPC_ADDRESS'])
      assert.deepEqual(recognised(worker(name)), [['worker', ['orchestrator worker', 'worker worker']]]);
    assert.deepEqual(recognised(worker('ORDERS_ADDRESS')), []);
  });
});
