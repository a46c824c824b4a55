import { defineRule } from '../../rules/contract.ts';
import { namePlace } from '../../rules/parts/containers.ts';
import { cacheClientsOf } from '../../workspace/caches/cacheClients.ts';
import { directiveOf } from '../../workspace/caches/cacheServer.ts';
import { cacheServersOf } from '../../workspace/caches/cacheServers.ts';
import { SERVING_TYPES } from '../../workspace/kubernetes/workload.ts';

/** Without `maxmemory` a cache never evicts: it grows until the container's limit ends it. */
export const rule = defineRule({
  id: 'cache-aside/memory-unbounded',
  severity: 'information',
  // Many small caches never grow that far.
  profile: 'strict',
  types: SERVING_TYPES,
  *check(resource, graph) {
    for (const server of cacheServersOf(graph)) {
      if (server.resource !== resource || server.engine !== 'redis' || !server.container || !server.isKnown) continue;
      const limit = server.container.find('resources', 'limits', 'memory');
      if (!limit || directiveOf(server, 'maxmemory') || !cacheClientsOf(graph).some((one) => one.server === server))
        continue;
      yield {
        at: namePlace(server.container),
        message: `Nothing bounds what ${server.name} keeps (maxmemory): it grows to the ${limit.text() ?? ''} of its container, is killed, and starts empty.`,
        related: [{ at: limit, message: 'The limit of the container.' }],
      };
    }
  },
});
