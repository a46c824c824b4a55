import { defineRule } from '../../rules/contract.ts';
import { calleeOfInstance } from '../../workspace/applications/spring/clientCalls.ts';
import { SETTING_OWNERS } from '../../workspace/applications/spring/settingOwners.ts';
import { destinationRulesFor } from '../../workspace/istio/destinationRules.ts';
import { describeOther } from '../../workspace/resource.ts';
import { callLimits } from './bulkheads.ts';

/** The sidecar answers 503 before the bulkhead is full: the limit of the application never counts. */
export const rule = defineRule({
  id: 'bulkhead/mesh-refuses-first',
  severity: 'warning',
  profile: 'recommended',
  types: SETTING_OWNERS,
  *check(resource, graph) {
    const told = new Set<string>();
    for (const { instance, calls, at, resource: owner } of callLimits(graph)) {
      const callee = owner === resource ? calleeOfInstance(instance, graph) : undefined;
      if (!callee?.name) continue;
      for (const policy of destinationRulesFor(callee.name, callee, graph)) {
        const pool = policy.root.find('spec', 'trafficPolicy', 'connectionPool');
        const connections = pool?.number('tcp', 'maxConnections');
        const pending = pool?.number('http', 'http1MaxPendingRequests');
        if (!pool || connections === undefined || pending === undefined || pool.open) continue;
        // With HTTP/2 requests share a connection, and another limit counts.
        if (pool.text('http', 'h2UpgradePolicy') === 'UPGRADE' || connections + pending >= calls) continue;
        const key = `${at.span.start} ${callee.name}`;
        if (told.has(key)) continue;
        told.add(key);
        yield {
          at,
          message: `The bulkhead ${instance.name} lets ${calls} calls at a time through, but the sidecar takes ${connections} connections + ${pending} waiting requests = ${connections + pending} to ${describeOther(callee)} and refuses the rest with 503.`,
          related: [{ at: pool.find('tcp', 'maxConnections') ?? pool, message: 'What the sidecar of each pod takes.' }],
        };
      }
    }
  },
});
