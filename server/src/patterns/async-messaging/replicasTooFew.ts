import { defineRule } from '../../rules/contract.ts';
import { describe, describeOther } from '../../workspace/resource.ts';
import { brokersOf, clusterOf, KAFKA_TOPIC } from './kafka.ts';

const WANTED = 3;

/** With one copy the loss of a broker loses messages; with two, a restart leaves no copy to spare. */
export const rule = defineRule({
  id: 'async-messaging/replicas-too-few',
  severity: 'warning',
  profile: 'recommended',
  types: [KAFKA_TOPIC],
  *check(resource, graph) {
    const at = resource.root.find('spec', 'replicas');
    const copies = at?.number();
    const cluster = clusterOf(resource, graph);
    const brokers = cluster && brokersOf(cluster, graph);
    if (!at || copies === undefined || !cluster || brokers === undefined || brokers < WANTED || copies >= WANTED)
      return;
    yield {
      at,
      message: `${describe(resource)} has ${copies === 1 ? 'one copy' : `${copies} copies`} of its messages, although ${describeOther(cluster)} has ${brokers} brokers.`,
      // Two copies lose nothing while one broker is down.
      ...(copies === 1 ? {} : { strict: true as const, severity: 'information' as const }),
    };
  },
});
