import type { Participant } from '../../rules/pattern.ts';
import { environmentOf } from '../../workspace/applications/environment.ts';
import { SERVING_TYPES, workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import {
  clusterOf,
  isDeadLetterName,
  KAFKA,
  KAFKA_TOPIC,
  KAFKA_USER,
  membersOf,
  NODE_POOL,
  topicName,
} from './kafka.ts';
import { kafkaTriggers, SCALERS } from './kafkaScalers.ts';

/** A topic of Kafka with all that takes part in it. */
export interface TopicUse {
  readonly name: string;
  readonly participants: readonly Participant[];
  readonly missing: readonly string[];
}

function participant(role: string, resource: Resource): Participant {
  return { role, resource, at: resource.root.find('metadata', 'name') ?? resource.root };
}

/** The topics that the workspace makes, and those that a scaler follows or a user may use beside a cluster of the workspace. */
export function* topicUses(graph: ResourceGraph): Iterable<TopicUse> {
  const seen = new Set<string>();
  for (const topic of graph.all(KAFKA_TOPIC)) {
    const name = topicName(topic);
    if (name === undefined || isDeadLetterName(name)) continue;
    seen.add(`${graph.setOf(topic)} ${name}`);
    yield useOf(name, topic, topic, graph);
  }
  for (const scaler of graph.all(...SCALERS)) {
    for (const { topic } of kafkaTriggers(scaler)) {
      const name = topic?.text();
      const key = `${graph.setOf(scaler)} ${name}`;
      if (!name || seen.has(key) || graph.near(scaler, KAFKA).length === 0) continue;
      seen.add(key);
      yield useOf(name, undefined, scaler, graph);
    }
  }
  for (const user of graph.all(KAFKA_USER)) {
    for (const name of literalTopics(user)) {
      const key = `${graph.setOf(user)} ${name}`;
      if (seen.has(key) || isDeadLetterName(name) || graph.near(user, KAFKA).length === 0) continue;
      seen.add(key);
      yield useOf(name, undefined, user, graph);
    }
  }
}

/** The topics that access rules of a user name in full. */
function literalTopics({ root }: Resource): readonly string[] {
  return (root.find('spec', 'authorization', 'acls')?.items ?? []).flatMap((rule) => {
    const resource = rule.find('resource');
    const isLiteral = resource?.text('type') === 'topic' && resource.text('patternType') !== 'prefix';
    const name = resource?.text('name');
    return isLiteral && name !== undefined && name !== '*' ? [name] : [];
  });
}

function useOf(name: string, topic: Resource | undefined, from: Resource, graph: ResourceGraph): TopicUse {
  const cluster = topic ? clusterOf(topic, graph) : graph.near(from, KAFKA)[0];
  const scalers = graph
    .near(from, ...SCALERS)
    .filter((scaler) => kafkaTriggers(scaler).some((trigger) => trigger.topic?.text() === name));
  const scaled = scalers.flatMap((scaler) => graph.edgesFrom(scaler, 'scales'));
  const readers = new Set(scaled.flatMap(({ target }) => (target.status === 'found' ? target.resource : [])));
  // A scaler tells who reads; without one, whoever has the settings for it.
  if (scalers.length === 0) for (const reader of settingReaders(name, from, graph)) readers.add(reader);
  const users = graph.near(from, KAFKA_USER);
  const writers = users.filter((user) => mayDo(user, name, 'Write'));
  const aside = graph.near(from, KAFKA_TOPIC).find((other) => {
    const written = topicName(other);
    return written !== undefined && isDeadLetterName(written) && written.startsWith(name);
  });
  const retention =
    topic?.root.find('spec', 'config', 'retention.ms') ??
    cluster?.root.find('spec', 'kafka', 'config', 'log.retention.hours');
  const retainer = retention && topic?.root.source === retention.source ? topic : cluster;
  const pools = cluster ? membersOf(cluster, NODE_POOL, graph) : [];
  const storage = [...pools, ...(cluster ? [cluster] : [])].flatMap((resource) => {
    const at = resource.root.find('spec', 'storage') ?? resource.root.find('spec', 'kafka', 'storage');
    return at ? [{ role: 'persistence', resource, at: at.find('type') ?? at.keyPlace }] : [];
  });
  const lacksConsumer = readers.size === 0 && scaled.some(({ target }) => target.status === 'missing');
  return {
    name,
    participants: [
      ...(cluster ? [participant('broker', cluster)] : []),
      ...(topic ? [participant('topic', topic)] : []),
      ...writers.map((user) => participant('producer', user)),
      ...[...readers].map((resource) => participant('consumer', resource)),
      ...users.filter((user) => mayDo(user, name, 'Read')).map((user) => participant('consumer', user)),
      ...scalers.map((scaler) => participant('scaler', scaler)),
      ...(aside ? [participant('dead-letter', aside)] : []),
      ...storage,
      ...(retention && retainer ? [{ role: 'replay', resource: retainer, at: retention }] : []),
    ],
    missing: [...(cluster ? [] : ['broker']), ...(topic ? [] : ['topic']), ...(lacksConsumer ? ['consumer'] : [])],
  };
}

/** Workloads that a setting tells to read the topic. */
function settingReaders(name: string, from: Resource, graph: ResourceGraph): readonly Resource[] {
  const byTopic = graph.memo(`topic-readers ${graph.setOf(from)}`, () => {
    const readers = new Map<string, Set<Resource>>();
    for (const resource of graph.near(from, ...SERVING_TYPES)) {
      const workload = workloadOf(resource)!;
      for (const container of workload.containers) {
        const variables = [...environmentOf({ workload, container }, graph).variables.values()];
        // One ConfigMap often serves several workloads; the group tells that messages are read.
        if (!variables.some((variable) => /GROUP/i.test(variable.name))) continue;
        for (const variable of variables) {
          if (!/TOPIC/i.test(variable.name) || /DEAD|DLQ|DLT|OUT|PRODUC|PUBLISH/i.test(variable.name)) continue;
          for (const topic of variable.value?.split(',') ?? [])
            readers.set(topic.trim(), (readers.get(topic.trim()) ?? new Set()).add(resource));
        }
      }
    }
    return readers;
  });
  return [...(byTopic.get(name) ?? [])];
}

/** An access rule of the user names the topic and the operation. */
function mayDo({ root }: Resource, topic: string, operation: string): boolean {
  return (root.find('spec', 'authorization', 'acls')?.items ?? []).some((rule) => {
    const resource = rule.find('resource');
    const named = resource?.text('name') ?? '';
    const isNamed = resource?.text('patternType') === 'prefix' ? topic.startsWith(named) : named === topic;
    const operations = [...(rule.find('operations')?.items ?? []), rule.find('operation')].map((item) => item?.text());
    return (
      resource?.text('type') === 'topic' && isNamed && (operations.includes(operation) || operations.includes('All'))
    );
  });
}
