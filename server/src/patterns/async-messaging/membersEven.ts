import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { clusterLabel, NODE_POOL } from './kafka.ts';

const PATHS: Readonly<Record<string, string>> = {
  'rabbitmq.com/RabbitmqCluster': 'members',
  'jetstream.nats.io/Stream': 'replicas',
  [NODE_POOL]: 'controllers',
};

/** A majority must agree. One member more than an odd number makes a majority larger, and survives no failure more. */
export const rule = defineRule({
  id: 'async-messaging/members-even',
  severity: 'warning',
  profile: 'recommended',
  types: Object.keys(PATHS),
  *check(resource, graph) {
    const { root, type } = resource;
    const at = root.find('spec', 'replicas');
    const count = at?.number();
    if (!at || count === undefined || count === 0 || count % 2 !== 0) return;
    if (type === NODE_POOL) {
      const roles = root.find('spec', 'roles');
      if (!roles?.known || !roles.items.some((role) => role.text() === 'controller')) return;
      // Several pools of controllers vote together.
      const cluster = clusterLabel(resource)?.text();
      const pools = graph.near(resource, NODE_POOL).filter((pool) => clusterLabel(pool)?.text() === cluster);
      if (pools.length > 1) return;
    }
    const majority = count / 2 + 1;
    yield {
      at,
      message: `${describe(resource)} has ${count} ${PATHS[type]}, of which ${majority} must agree: it survives the loss of ${count - majority}, no more than ${count - 1} would.`,
    };
  },
});
