import { definePattern, type Participant } from '../../rules/pattern.ts';
import { cacheClientsOf } from '../../workspace/caches/cacheClients.ts';
import { directiveOf } from '../../workspace/caches/cacheServer.ts';
import { cacheServersOf } from '../../workspace/caches/cacheServers.ts';
import { MANAGED_CACHES } from '../../workspace/caches/managedCaches.ts';
import { applyCache } from '../cache-aside/applyCache.ts';
import { clientParticipants, directiveParticipants, distinct } from '../cache-aside/cacheParticipants.ts';
import { INVALIDATED } from '../cache-aside/cachePurposes.ts';
import { missingBlocks } from '../terraform/parts/missingBlocks.ts';
import { expiryOf } from './expiry.ts';

export const pattern = definePattern({
  id: 'cache-invalidation',
  title: 'Cache invalidation',
  category: 'caching',
  summary:
    'Lets what a cache holds go before it is wrong: by time, by eviction, by events, or because a writer says so.',
  roles: {
    cache: { title: 'cache', required: true },
    expiry: { title: 'time to live', required: true },
    eviction: { title: 'eviction policy', required: true },
    events: { title: 'events of the cache', required: false },
    address: { title: 'address that the caller is told', required: false },
    client: { title: 'workload that asks the cache', required: false },
  },
  *recognize(graph) {
    for (const server of cacheServersOf(graph)) {
      const clients = cacheClientsOf(graph).filter((client) => client.server === server);
      // A store beside the cache is told of by a name of its own; the time to live is that of the cache.
      const caching = clients.filter(({ variable }) => /CACHE|REDIS|VALKEY/i.test(variable));
      const expiries = caching.flatMap(({ workloads }) =>
        workloads.flatMap((workload): Participant[] => {
          const expiry = expiryOf(workload, graph);
          return expiry ? [{ role: 'expiry', resource: expiry.resource, at: expiry.at }] : [];
        }),
      );
      const eviction = directiveParticipants(server, 'maxmemory-policy', 'eviction');
      const events = directiveParticipants(server, 'notify-keyspace-events', 'events');
      if (expiries.length + eviction.length + events.length === 0 && !server.lacksSettings) continue;
      const isOnlySettings = server.resource.type === 'ConfigMap';
      yield {
        pattern: 'cache-invalidation',
        name: server.resource.name ?? server.name,
        participants: distinct([
          ...(isOnlySettings ? [] : [{ role: 'cache', resource: server.resource, at: server.at }]),
          ...expiries,
          ...eviction,
          ...events,
          ...clientParticipants(clients),
        ]),
        missing: [
          ...(isOnlySettings ? ['cache'] : []),
          ...(caching.length > 0 && expiries.length === 0 ? ['expiry'] : []),
          ...(eviction.length === 0 && server.workload && server.engine === 'redis' ? ['eviction'] : []),
        ],
      };
    }
    // A managed cache evicts by a policy, whether it is written or not.
    for (const { name, users } of missingBlocks(graph, ...MANAGED_CACHES)) {
      yield {
        pattern: 'cache-invalidation',
        name,
        participants: users.map(({ resource, at }) => ({ role: 'address', resource, at })),
        missing: ['cache', 'eviction'],
      };
    }
  },
  explanations: [
    {
      types: ['ConfigMap'],
      path: ['data', '*'],
      text(field, _resource, graph) {
        for (const server of cacheServersOf(graph)) {
          const policy = directiveOf(server, 'maxmemory-policy');
          if (
            policy?.at.source !== field.source ||
            policy.at.span.start < field.span.start ||
            policy.at.span.end > field.span.end
          )
            continue;
          return `**Eviction.** ${MEANINGS[policy.value.split('-').at(-1) ?? ''] ?? 'Nothing goes when the memory is full, and writes fail'}${policy.value.startsWith('volatile') ? ', of the keys with a time to live alone' : ''}.`;
        }
        return undefined;
      },
    },
  ],
  apply: (resource, graph) => applyCache(resource, graph, INVALIDATED),
});

const MEANINGS: Readonly<Record<string, string>> = {
  lru: 'When the memory is full, what nobody used for longest goes first',
  lfu: 'When the memory is full, what is used least often goes first',
  random: 'When the memory is full, any key may go',
  ttl: 'When the memory is full, what expires next goes first',
};
