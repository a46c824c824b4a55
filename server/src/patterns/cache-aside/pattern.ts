import { formatBytes } from '../../rules/parts/quantity.ts';
import { definePattern, type Participant } from '../../rules/pattern.ts';
import { cacheClientsOf, unreadCacheAddresses } from '../../workspace/caches/cacheClients.ts';
import { type CacheServer, directiveOf, readCacheSize } from '../../workspace/caches/cacheServer.ts';
import { cacheServersOf } from '../../workspace/caches/cacheServers.ts';
import { applyCache } from './applyCache.ts';
import { clientParticipants, directiveParticipants, distinct } from './cacheParticipants.ts';
import { ASIDE } from './cachePurposes.ts';
import { keepsWrites } from './keepsWrites.ts';
import { lostCacheAddresses } from './lostCacheAddresses.ts';

export const pattern = definePattern({
  id: 'cache-aside',
  title: 'Cache-aside',
  category: 'caching',
  summary:
    'Asks a cache first and the database only for what it does not know, so that reads are fast and losing the cache costs time alone.',
  roles: {
    address: { title: 'address that the caller is told', required: true },
    client: { title: 'workload that asks the cache', required: true },
    cache: { title: 'cache', required: true },
    memory: { title: 'bound of its memory', required: true },
  },
  *recognize(graph) {
    for (const client of [...cacheClientsOf(graph), ...unreadCacheAddresses(graph)]) {
      const { server, host, resource, workloads } = client;
      if (server && keepsWrites(server, graph)) continue;
      const isCacheMissing = client.isMissing || server?.resource.type === 'ConfigMap';
      yield {
        pattern: 'cache-aside',
        name: `${resource.name ?? resource.kind} → ${host.split('.')[0]}`,
        participants: distinct([...clientParticipants([client]), ...cacheParticipants(server)]),
        missing: [
          ...(workloads.length > 0 ? [] : ['client']),
          ...(isCacheMissing ? ['cache'] : []),
          ...(isUnbounded(server) ? ['memory'] : []),
        ],
      };
    }
    for (const { configMap, server, service, readers } of lostCacheAddresses(graph)) {
      if (keepsWrites(server, graph)) continue;
      yield {
        pattern: 'cache-aside',
        name: `${configMap} → ${service?.name ?? server.resource.name}`,
        participants: [
          ...readers.map(({ resource }) => ({
            role: 'client',
            resource,
            at: resource.root.find('metadata', 'name') ?? resource.root,
          })),
          ...cacheParticipants(server),
        ],
        missing: ['address', ...(isUnbounded(server) ? ['memory'] : [])],
      };
    }
  },
  explanations: [
    {
      types: ['ConfigMap'],
      path: ['data', '*'],
      text(field, _resource, graph) {
        for (const server of cacheServersOf(graph)) {
          const memory = directiveOf(server, 'maxmemory');
          const isHere =
            memory?.at.source === field.source &&
            memory.at.span.start >= field.span.start &&
            memory.at.span.end <= field.span.end;
          const size = memory && isHere ? readCacheSize(memory.value) : undefined;
          if (size === undefined) continue;
          const limit = server.container?.text('resources', 'limits', 'memory');
          return `**Cache.** ${server.name} keeps at most ${formatBytes(size)}${limit === undefined ? '' : ` of the ${limit} of its container; the rest is for buffers and clients`}. When it is full, \`${directiveOf(server, 'maxmemory-policy')?.value ?? 'noeviction'}\` says what goes.`;
        }
        return undefined;
      },
    },
  ],
  apply: (resource, graph) => applyCache(resource, graph, ASIDE),
});

/** The cache itself, unless only its settings are there, and what bounds its memory. */
function cacheParticipants(server: CacheServer | undefined): readonly Participant[] {
  if (!server) return [];
  const isOnlySettings = server.resource.type === 'ConfigMap';
  return [
    ...(isOnlySettings ? [] : [{ role: 'cache', resource: server.resource, at: server.at }]),
    ...directiveParticipants(server, 'maxmemory', 'memory'),
  ];
}

function isUnbounded(server: CacheServer | undefined): boolean {
  return server?.engine === 'redis' && server.workload !== undefined && !directiveOf(server, 'maxmemory');
}
