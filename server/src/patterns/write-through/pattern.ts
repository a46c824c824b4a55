import { definePattern, type Participant } from '../../rules/pattern.ts';
import { databaseClientsOf, serverOf } from '../../workspace/applications/databaseClients.ts';
import { cacheClientsOf } from '../../workspace/caches/cacheClients.ts';
import { type CacheServer, directiveOf, isAppendOnly } from '../../workspace/caches/cacheServer.ts';
import { cacheServersOf } from '../../workspace/caches/cacheServers.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { applyCache } from '../cache-aside/applyCache.ts';
import { clientParticipants, directiveParticipants, distinct } from '../cache-aside/cacheParticipants.ts';
import { WRITTEN_THROUGH } from '../cache-aside/cachePurposes.ts';
import { keepsWrites } from '../cache-aside/keepsWrites.ts';
import { dataVolume } from './dataVolume.ts';

export const pattern = definePattern({
  id: 'write-through',
  title: 'Write-through',
  category: 'caching',
  summary:
    'Writes to a cache that keeps what it is given and to the database before it answers, so that readers never see an old value.',
  roles: {
    store: { title: 'cache that is written first', required: true },
    log: { title: 'log of its writes', required: true },
    volume: { title: 'volume of the log', required: true },
    address: { title: 'address that the writer is told', required: true },
    client: { title: 'workload that writes', required: true },
    database: { title: 'database behind it', required: true },
  },
  *recognize(graph) {
    for (const server of cacheServersOf(graph)) {
      if (!keepsWrites(server, graph)) continue;
      const clients = cacheClientsOf(graph).filter((client) => client.server === server);
      const { participants, isMissing } = databasesOf(clients, graph);
      const volume = dataVolume(server);
      const all = distinct([
        ...(server.workload ? [{ role: 'store', resource: server.resource, at: server.at }] : []),
        ...directiveParticipants(server, 'appendonly', 'log'),
        ...(volume?.kind === 'claim' ? [{ role: 'volume', resource: server.resource, at: volume.at }] : []),
        ...clientParticipants(clients),
        ...participants,
      ]);
      const plays = (role: string) => all.some((participant) => participant.role === role);
      yield {
        pattern: 'write-through',
        name: server.resource.name ?? server.name,
        participants: all,
        missing: [
          ...['store', 'log', 'address', 'client'].filter((role) => !plays(role)),
          ...(volume?.kind === 'temporary' || !plays('store') ? ['volume'] : []),
          ...(isMissing ? ['database'] : []),
        ],
      };
    }
  },
  explanations: [
    {
      types: ['ConfigMap'],
      path: ['data', '*'],
      text(field, _resource, graph) {
        const server = cacheServersOf(graph).find((one) => isAppendOnly(one) && isIn(one, field));
        if (!server) return undefined;
        const sync = directiveOf(server, 'appendfsync')?.value ?? 'everysec';
        const loss =
          { always: 'no confirmed write', everysec: 'the writes of one second' }[sync] ?? 'the writes of half a minute';
        return `**Write-through.** ${server.name} writes a log of what it is given (\`appendfsync ${sync}\`): when its node fails, ${loss} may be lost.`;
      },
    },
  ],
  apply: (resource, graph) => applyCache(resource, graph, WRITTEN_THROUGH),
});

function isIn(server: CacheServer, field: Participant['at']): boolean {
  const at = directiveOf(server, 'appendonly')?.at;
  return at?.source === field.source && at.span.start >= field.span.start && at.span.end <= field.span.end;
}

/** The databases that the writers work on; missing where one of them has no server that can be found. */
function databasesOf(
  clients: ReturnType<typeof cacheClientsOf>,
  graph: ResourceGraph,
): { readonly participants: readonly Participant[]; readonly isMissing: boolean } {
  const writers = new Set(clients.flatMap(({ workloads }) => workloads.map(({ resource }) => resource)));
  const own = databaseClientsOf(graph).filter(
    ({ running, address }) => writers.has(running.workload.resource) && address?.host,
  );
  const participants = own.flatMap((client): Participant[] => {
    const resource = serverOf(client, graph)?.resource;
    return resource
      ? [{ role: 'database', resource, at: resource.root.find('metadata', 'name') ?? resource.root.keyPlace }]
      : [];
  });
  const isInCluster = own.some(({ address }) => /^[^.]+(?:\.[^.]+(?:\.svc.*)?)?$/.test(address?.host ?? ''));
  return { participants, isMissing: participants.length === 0 && isInCluster };
}
