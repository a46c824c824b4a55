import { defineRule } from '../../rules/contract.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe } from '../../workspace/resource.ts';
import { KAFKA, NODE_POOL } from './kafka.ts';

const RABBIT = 'rabbitmq.com/RabbitmqCluster';
const BROKER_IMAGE = /(?:^|\/)(?:rabbitmq|kafka|cp-kafka|nats|nats-streaming|activemq[a-z-]*|pulsar|redpanda)(?::|@|$)/;

/** What a broker keeps in its pod is gone with the pod: messages that were promised to be delivered, and the offsets. */
export const rule = defineRule({
  id: 'async-messaging/broker-ephemeral',
  severity: 'warning',
  profile: 'recommended',
  types: [KAFKA, NODE_POOL, RABBIT, 'apps/StatefulSet', 'apps/Deployment'],
  *check(resource) {
    const { root, type } = resource;
    if (type === KAFKA || type === NODE_POOL) {
      const storage = type === KAFKA ? root.find('spec', 'kafka', 'storage') : root.find('spec', 'storage');
      const roles = root.find('spec', 'roles');
      if (roles && !roles.items.some((role) => role.text() === 'broker')) return;
      const parts = storage?.text('type') === 'jbod' ? (storage.find('volumes')?.items ?? []) : [storage];
      for (const part of parts) {
        const at = part?.find('type');
        if (at?.text() !== 'ephemeral') continue;
        yield { at, message: `${describe(resource)} keeps its messages in its pods: with a pod they are gone.` };
      }
      return;
    }
    if (type === RABBIT) {
      const at = root.find('spec', 'persistence', 'storage');
      if (at && /^0(?:[KMGT]i?)?$/.test(at.text() ?? ''))
        yield { at, message: `${describe(resource)} keeps its messages in its pods: with a pod they are gone.` };
      return;
    }
    const workload = workloadOf(resource);
    const broker = workload?.containers.find((container) => BROKER_IMAGE.test(container.text('image') ?? ''));
    if (!workload?.podSpec || !broker) return;
    const mounted = new Set(broker.find('volumeMounts')?.items.map((mount) => mount.text('name')));
    if (broker.find('volumeMounts')?.open || !root.lacks('spec', 'volumeClaimTemplates')) return;
    const volumes = workload.podSpec.find('volumes');
    if (volumes?.open || workload.podSpec.open) return;
    const keeps = volumes?.items.some(
      (volume) =>
        mounted.has(volume.text('name')) &&
        !volume.find('emptyDir') &&
        !volume.find('configMap') &&
        !volume.find('secret') &&
        !volume.find('projected'),
    );
    if (keeps) return;
    yield {
      at: broker.find('image')!,
      message: `${describe(resource)} runs a broker without a volume that outlives the pod: with the pod its messages are gone.`,
      // A broker that only passes on keeps nothing.
      strict: true,
    };
  },
});
