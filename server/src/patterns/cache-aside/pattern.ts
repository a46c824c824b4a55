import { formatBytes } from '../../rules/parts/quantity.ts';
import { definePattern } from '../../rules/pattern.ts';
import { cacheClientsOf } from '../../workspace/caches/cacheClients.ts';
import { directiveOf, isAppendOnly, readCacheSize } from '../../workspace/caches/cacheServer.ts';
import { cacheServersOf } from '../../workspace/caches/cacheServers.ts';
import { applyCache } from './applyCache.ts';
import { clientParticipants, directiveParticipants, distinct } from './cacheParticipants.ts';
import { ASIDE } from './cachePurposes.ts';

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
    const clients = cacheClientsOf(graph);
    for (const client of clients) {
      const { server, host, resource } = client;
      if (server && isAppendOnly(server)) continue;
      const isOnlySettings = server?.resource.type === 'ConfigMap';
      const memory = server ? directiveParticipants(server, 'maxmemory', 'memory') : [];
      const own = server && !isOnlySettings ? [{ role: 'cache', resource: server.resource, at: server.at }] : [];
      const isCacheMissing = client.isMissing || isOnlySettings;
      const isUnbounded = server?.engine === 'redis' && memory.length === 0 && server.workload !== undefined;
      yield {
        pattern: 'cache-aside',
        name: `${resource.name ?? resource.kind} → ${host.split('.')[0]}`,
        participants: distinct([...clientParticipants([client]), ...own, ...memory]),
        missing: [...(isCacheMissing ? ['cache'] : []), ...(isUnbounded ? ['memory'] : [])],
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
