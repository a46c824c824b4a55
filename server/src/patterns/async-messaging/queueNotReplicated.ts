import { defineRule } from '../../rules/contract.ts';
import { describe, describeOther } from '../../workspace/resource.ts';

const CLUSTER = 'rabbitmq.com/RabbitmqCluster';

/** A classic queue lives on one node of the cluster: while that node restarts, nobody writes or reads it. */
export const rule = defineRule({
  id: 'async-messaging/queue-not-replicated',
  severity: 'warning',
  profile: 'recommended',
  types: ['rabbitmq.com/Queue'],
  *check(resource, graph) {
    const { root } = resource;
    const name = root.text('spec', 'rabbitmqClusterReference', 'name');
    const namespace = root.text('spec', 'rabbitmqClusterReference', 'namespace') ?? resource.namespace;
    const target = name === undefined ? undefined : graph.lookup(resource, [CLUSTER], name, namespace);
    // Who makes a queue for the life of a connection does not expect it to stay.
    if (root.boolean('spec', 'durable') === false || root.boolean('spec', 'autoDelete') === true) return;
    const members = target?.status === 'found' ? target.resource.root.number('spec', 'replicas') : undefined;
    if (target?.status !== 'found' || members === undefined || members < 2) return;
    const type = root.find('spec', 'type') ?? root.find('spec', 'arguments', 'x-queue-type');
    const isClassic = type ? type.text() === 'classic' : root.lacks('spec', 'type') && root.lacks('spec', 'arguments');
    const at = type ?? root.find('spec', 'name') ?? root.find('metadata', 'name');
    if (!isClassic || !at) return;
    yield {
      at,
      message: `${describe(resource)} is a classic queue, which lives on one of the ${members} nodes of ${describeOther(target.resource)}; a quorum queue lives on several.`,
      // A default of the virtual host may make it a quorum queue.
      ...(type ? {} : { strict: true as const, severity: 'information' as const }),
    };
  },
});
