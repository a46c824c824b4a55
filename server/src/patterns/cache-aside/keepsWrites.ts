import { cacheClientsOf } from '../../workspace/caches/cacheClients.ts';
import { type CacheServer, isAppendOnly } from '../../workspace/caches/cacheServer.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { dataVolume } from '../write-through/dataVolume.ts';

/**
 * A cache that is written through: it keeps a log of its writes; or its settings are lost, it writes to a claim, and
 * those who use it are told of a store rather than of a cache.
 */
export function keepsWrites(server: CacheServer, graph: ResourceGraph): boolean {
  if (isAppendOnly(server)) return true;
  if (!server.lacksSettings || dataVolume(server)?.kind !== 'claim') return false;
  const names = cacheClientsOf(graph).flatMap((client) => (client.server === server ? client.variable : []));
  return names.length > 0 && names.every((name) => !/CACHE|REDIS|VALKEY/i.test(name));
}
