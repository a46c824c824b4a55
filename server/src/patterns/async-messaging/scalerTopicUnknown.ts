import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { nearestName } from '../../text/nearestName.ts';
import { describe } from '../../workspace/resource.ts';
import { KAFKA_TOPIC, topicName } from './kafka.ts';
import { kafkaTriggers, SCALERS } from './kafkaScalers.ts';

/** A scaler that asks for a topic which does not exist sees no lag, and scales nothing. */
export const rule = defineRule({
  id: 'async-messaging/scaler-topic-unknown',
  severity: 'error',
  profile: 'recommended',
  types: SCALERS,
  *check(resource, graph) {
    const topics = graph.near(resource, KAFKA_TOPIC);
    const names = topics.flatMap((topic) => topicName(topic) ?? []);
    if (names.length === 0 || names.length < topics.length || graph.isIncomplete(resource)) return;
    for (const { topic } of kafkaTriggers(resource)) {
      const wanted = topic?.text();
      if (!topic || wanted === undefined || wanted === '' || names.includes(wanted)) continue;
      const near = nearestName(wanted, names);
      yield {
        at: topic,
        message: `There is no KafkaTopic ${wanted} whose lag ${describe(resource)} could follow, only ${names.slice(0, 4).join(', ')}${names.length > 4 ? ' and others' : ''}.`,
        // Applications make topics too, where the broker lets them.
        ...(near === undefined ? { strict: true as const } : {}),
        fixes:
          near === undefined
            ? []
            : [{ title: `Follow ${near}`, safe: false, edits: () => [replaceValue(topic, near)] }],
      };
    }
  },
});
