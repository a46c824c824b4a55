import { addEntry, addItem } from '../../languages/yaml/yamlEdits.ts';
import { besideOf, documents, metadataOf } from '../../rules/parts/newDocument.ts';
import type { WorkspaceChange } from '../../rules/pattern.ts';
import { WORKLOAD_TYPES, workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { KAFKA } from './kafka.ts';
import { topicUses } from './topics.ts';

const WEEK_MILLISECONDS = 604_800_000;
const MONTH_MILLISECONDS = 2_592_000_000;

/**
 * Gives the workload a topic to read and one for what it cannot handle, by the Kafka cluster of the workspace, or by a new
 * one where there is none. The workload learns of them by a ConfigMap.
 */
export function applyTopic(resource: Resource, graph: ResourceGraph): WorkspaceChange | undefined {
  const workload = workloadOf(resource);
  const [container] = workload?.containers ?? [];
  const { name } = resource;
  if (!container || !name || resource.type === 'Pod' || !WORKLOAD_TYPES.includes(resource.type)) return undefined;
  const isUsed = [...topicUses(graph)].some(({ participants }) =>
    participants.some((one) => one.resource === resource),
  );
  const from = container.find('envFrom');
  if (isUsed || container.flow || from?.flow || (from && from.kind !== 'list')) return undefined;
  const [existing] = graph.near(resource, KAFKA);
  const cluster = existing?.name ?? `${name}-kafka`;
  const home = existing ?? resource;
  const topic = `${name}.events`;
  const labels = { 'strimzi.io/cluster': cluster };
  const suffix = home.namespace === undefined ? '' : `.${home.namespace}.svc.cluster.local`;
  const port = existing?.root.find('spec', 'kafka', 'listeners')?.items[0]?.number('port') ?? 9093;
  const text = documents(
    ...(existing ? [] : newCluster(cluster, resource)),
    topicDocument(topic, { partitions: 12, retention: WEEK_MILLISECONDS }),
    topicDocument(`${topic}.dead-letter`, { partitions: 3, retention: MONTH_MILLISECONDS }),
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: metadataOf(`${name}-messaging`, resource),
      data: {
        KAFKA_BOOTSTRAP_SERVERS: `${cluster}-kafka-bootstrap${suffix}:${port}`,
        KAFKA_TOPIC: topic,
        KAFKA_DEAD_LETTER_TOPIC: `${topic}.dead-letter`,
        KAFKA_CONSUMER_GROUP: name,
      },
    },
  );
  const reference = { configMapRef: { name: `${name}-messaging` } };
  const edit = from && from.items.length > 0 ? addItem(from, reference) : addEntry(container, 'envFrom', [reference]);
  return { edits: [edit], creates: [{ uri: besideOf(resource, `${name}-messaging.yaml`), text }] };

  function topicDocument(
    topicName: string,
    { partitions, retention }: { partitions: number; retention: number },
  ): object {
    return {
      apiVersion: 'kafka.strimzi.io/v1',
      kind: 'KafkaTopic',
      metadata: { ...metadataOf(topicName, home), labels },
      spec: {
        topicName,
        partitions,
        replicas: 3,
        config: { 'min.insync.replicas': 2, 'retention.ms': retention, 'cleanup.policy': 'delete' },
      },
    };
  }
}

/** Three brokers with disks of their own, which elect a controller among themselves. */
function newCluster(name: string, resource: Resource): readonly object[] {
  const labels = { 'strimzi.io/cluster': name };
  return [
    {
      apiVersion: 'kafka.strimzi.io/v1',
      kind: 'KafkaNodePool',
      metadata: { ...metadataOf(`${name}-broker`, resource), labels },
      spec: {
        replicas: 3,
        roles: ['controller', 'broker'],
        storage: {
          type: 'jbod',
          volumes: [{ id: 0, type: 'persistent-claim', size: '50Gi', deleteClaim: false, kraftMetadata: 'shared' }],
        },
        resources: { requests: { cpu: '500m', memory: '2Gi' }, limits: { memory: '2Gi' } },
      },
    },
    {
      apiVersion: 'kafka.strimzi.io/v1',
      kind: 'Kafka',
      metadata: metadataOf(name, resource),
      spec: {
        kafka: {
          listeners: [{ name: 'tls', port: 9093, type: 'internal', tls: true }],
          config: {
            'auto.create.topics.enable': false,
            'default.replication.factor': 3,
            'min.insync.replicas': 2,
            'offsets.topic.replication.factor': 3,
            'transaction.state.log.replication.factor': 3,
            'transaction.state.log.min.isr': 2,
          },
        },
        entityOperator: { topicOperator: {}, userOperator: {} },
      },
    },
  ];
}
