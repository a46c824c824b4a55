import { instanceName } from '../../rules/parts/instanceName.ts';
import type { Participant, PatternInstance } from '../../rules/pattern.ts';
import type { Place, SourceNode } from '../../text/sourceNode.ts';
import { environmentOf } from '../../workspace/applications/environment.ts';
import { podsByLabels } from '../../workspace/kubernetes/podSelection.ts';
import { addressesIn, serviceNamed } from '../../workspace/kubernetes/serviceCalls.ts';
import { SERVING_TYPES, workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { KAFKA, KAFKA_TOPIC, membersOf, topicName } from '../async-messaging/kafka.ts';
import { WORKFLOW_TYPES } from '../retry/workflowRetries.ts';
import { blockOf, reachedFrom } from '../terraform/parts/terraformBlock.ts';
import { workflowOf, workflowSaga } from './argoWorkflow.ts';
import { machinesOf, STATE_MACHINE, sagaPath } from './stateMachine.ts';

/** Who does the work of a step in AWS. */
export const WORKERS =
  /^aws_(?:sqs_queue|lambda_function|ecs_task_definition|sns_topic|batch_job_definition|dynamodb_table)\./;
/** What is told when something went wrong or was taken back, by the name of the topic. */
const TAKEN_BACK =
  /(?:failed|failure|cancell?ed|rejected|refunded|released|reverted|reversed|compensated|undone|declined)$/i;
/** Settings by which a worker finds its engine: Temporal, and Zeebe of Camunda. */
const ENGINE =
  /^(?:TEMPORAL_(?:ADDRESS|HOST\w*|CLI_ADDRESS|GRPC_ENDPOINT|SERVER\w*)|ZEEBE_(?:ADDRESS|GATEWAY_ADDRESS|GRPC_ADDRESS|CLIENT_\w*ADDRESS)|CAMUNDA_CLIENT_ZEEBE_\w*ADDRESS)$/;

/** The sagas that Step Functions runs. */
export function* stateMachineSagas(graph: ResourceGraph): Iterable<PatternInstance> {
  for (const resource of graph.all(STATE_MACHINE)) {
    const block = blockOf(resource, graph);
    const [machine] = machinesOf(resource, graph);
    if (!block || !machine) continue;
    const { steps, compensations } = sagaPath(machine);
    if (compensations.length === 0) continue;
    const at = (role: string, place: Place): Participant => ({ role, resource, at: place });
    const reached = [...reachedFrom(block.module, block.block, graph)].filter((address) => WORKERS.test(address));
    const workers = reached.flatMap((address): Participant[] => {
      const declaration = block.module.byAddress.get(address)?.[0];
      if (!declaration) return [];
      const worker = graph
        .inFile(declaration.file.source.uri)
        .find(
          ({ root, type }) =>
            type === `terraform/${declaration.type}` && root.span.start === declaration.node.span.start,
        );
      return worker
        ? [{ role: 'worker', resource: worker, at: { source: declaration.file.source, span: declaration.nameSpan } }]
        : [];
    });
    const retried = [...machine.states.values()]
      .map(({ node }) => node.find('Retry'))
      .find((node) => node !== undefined);
    const limit = machine.node.find('TimeoutSeconds');
    yield {
      pattern: 'saga',
      name: block.node.text('name') ?? block.name,
      participants: [
        at('orchestrator', block.namePlace),
        ...steps.map(({ node }) => at('step', node.keyPlace)),
        ...compensations.map(({ node }) => at('compensation', node.keyPlace)),
        ...(retried ? [at('retry', retried.keyPlace)] : []),
        ...(limit ? [at('timeout', limit)] : []),
        ...workers,
      ],
      missing: reached.some((address) => !block.module.byAddress.has(address)) ? ['worker'] : [],
    };
  }
}

/** The sagas that Argo Workflows runs. */
export function* workflowSagas(graph: ResourceGraph): Iterable<PatternInstance> {
  for (const resource of graph.all(...WORKFLOW_TYPES)) {
    const workflow = workflowOf(resource);
    if (!workflow) continue;
    const { steps, compensations } = workflowSaga(workflow);
    if (compensations.length === 0 || steps.length === 0) continue;
    const at = (role: string, node: SourceNode): Participant => ({ role, resource, at: node });
    const targets = [...steps, ...compensations].flatMap((template) =>
      textsIn(template).flatMap((node) => addressesIn(node).map(({ host }) => serviceNamed(host, resource, graph))),
    );
    const services = new Set(targets.flatMap((target) => (target.status === 'found' ? target.resource : [])));
    const pods = new Set(
      [...services].flatMap((service) =>
        podsByLabels(service, service.root.find('spec', 'selector'), graph).workloads.map(
          (workload) => workload.resource,
        ),
      ),
    );
    const retried = [...compensations, ...steps]
      .map((template) => template.find('retryStrategy'))
      .find((node) => node !== undefined);
    const limit = workflow.spec.find('activeDeadlineSeconds');
    yield {
      pattern: 'saga',
      name: instanceName(resource, graph),
      participants: [
        at('orchestrator', resource.root.find('metadata', 'name') ?? resource.root),
        ...steps.map((template) => at('step', template.find('name')!)),
        ...compensations.map((template) => at('compensation', template.find('name')!)),
        ...(retried ? [{ role: 'retry', resource, at: retried.keyPlace }] : []),
        ...(limit ? [at('timeout', limit)] : []),
        ...[...services, ...pods].map((worker) => ({
          role: 'worker',
          resource: worker,
          at: worker.root.find('metadata', 'name') ?? worker.root,
        })),
      ],
      missing: targets.some((target) => target.status === 'missing' && target.certain) ? ['worker'] : [],
    };
  }
}

/** Sagas without an orchestrator: topics of what happened, and topics of what was taken back. */
export function* choreographies(graph: ResourceGraph): Iterable<PatternInstance> {
  for (const cluster of graph.all(KAFKA)) {
    const topics = membersOf(cluster, KAFKA_TOPIC, graph);
    const takenBack = topics.filter((topic) => TAKEN_BACK.test(topicName(topic) ?? ''));
    if (takenBack.length === 0 || takenBack.length === topics.length) continue;
    const named = (role: string, resource: Resource): Participant => ({
      role,
      resource,
      at: resource.root.find('metadata', 'name') ?? resource.root,
    });
    yield {
      pattern: 'saga',
      name: `choreography by ${cluster.name ?? 'Kafka'}`,
      participants: [
        named('orchestrator', cluster),
        ...topics.filter((topic) => !takenBack.includes(topic)).map((topic) => named('step', topic)),
        ...takenBack.map((topic) => named('compensation', topic)),
      ],
      missing: [],
    };
  }
}

/** Workers of an engine; their steps and compensations are code. */
export function* engineWorkers(graph: ResourceGraph): Iterable<PatternInstance> {
  for (const resource of graph.all(...SERVING_TYPES)) {
    const workload = workloadOf(resource)!;
    for (const container of workload.containers) {
      const variables = [...environmentOf({ workload, container }, graph).variables.values()];
      const engine = variables.find(({ name }) => ENGINE.test(name));
      if (!engine) continue;
      yield {
        pattern: 'saga',
        name: instanceName(resource, graph),
        participants: [
          { role: 'orchestrator', resource: engine.resource, at: engine.at },
          { role: 'worker', resource, at: resource.root.find('metadata', 'name') ?? resource.root },
        ],
        missing: [],
      };
      break;
    }
  }
}

function textsIn(node: SourceNode): readonly SourceNode[] {
  if (node.kind === 'scalar') return typeof node.scalar === 'string' ? [node] : [];
  return node.entries.flatMap(textsIn);
}
