import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { environmentOf } from '../../workspace/applications/environment.ts';
import type { EffectiveSetting } from '../../workspace/applications/setting.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe, describeOther, type Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { isDeadLetterName } from './kafka.ts';
import { kafkaTriggers, SCALED_OBJECT } from './kafkaScalers.ts';

const GROUP = /(?:^|_)(?:CONSUMER_?)?GROUP(?:_?ID)?$/i;
const TOPIC = /(?:^|_)TOPICS?(?:_?NAME)?$/i;
const WRITTEN_TO = /DEAD|DLQ|DLT|OUT|PRODUC|PUBLISH|SINK|TARGET|RETRY/i;

/** The lag of a group that the consumers are not in never shrinks, or never shows: too many pods for ever, or none. */
export const rule = defineRule({
  id: 'async-messaging/scaler-follows-other',
  severity: 'warning',
  profile: 'recommended',
  types: [SCALED_OBJECT],
  *check(resource, graph) {
    const [edge] = graph.edgesFrom(resource, 'scales');
    if (edge?.target.status !== 'found') return;
    const consumer = edge.target.resource;
    const settings = kafkaSettings(consumer, graph);
    for (const { topic, group } of kafkaTriggers(resource)) {
      for (const [at, written, what] of [
        [
          group,
          settings.filter(({ name }) => GROUP.test(name) && !/LOG_GROUP|SECURITY|RESOURCE/i.test(name)),
          'consumer group',
        ],
        [
          topic,
          settings.filter(
            ({ name, value }) => TOPIC.test(name) && !WRITTEN_TO.test(name) && !isDeadLetterName(value ?? ''),
          ),
          'topic',
        ],
      ] as const) {
        const wanted = at?.text();
        const other = differing(at, written);
        if (!at || wanted === undefined || !other) continue;
        yield {
          at,
          message: `${describe(resource)} follows the ${what} ${wanted}, but ${describeOther(consumer)} reads ${what === 'topic' ? 'from' : 'as'} ${other.value}.`,
          related: [{ at: other.at, message: `${other.name} of ${describeOther(consumer)}.` }],
          fixes: [{ title: `Follow ${other.value}`, safe: false, edits: () => [replaceValue(at, other.value!)] }],
        };
      }
    }
  },
});

/** The one setting that says something else than the trigger; undefined where none, several, or an unknown one does. */
function differing(at: SourceNode | undefined, written: readonly EffectiveSetting[]): EffectiveSetting | undefined {
  const [only, ...more] = written;
  if (!only || more.length > 0 || only.value === undefined || only.value === '') return undefined;
  return only.value.split(',').some((name) => name.trim() === at?.text()) || only.value.includes('${')
    ? undefined
    : only;
}

/** The settings of a workload, where one of them says that it speaks to Kafka. */
function kafkaSettings(consumer: Resource, graph: ResourceGraph): readonly EffectiveSetting[] {
  const workload = workloadOf(consumer);
  const settings = (workload?.containers ?? []).flatMap((container) => [
    ...environmentOf({ workload: workload!, container }, graph).variables.values(),
  ]);
  return settings.some(({ name }) => /KAFKA|BOOTSTRAP|BROKER/i.test(name)) ? settings : [];
}
