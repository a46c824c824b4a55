import { defineRule } from '../../rules/contract.ts';
import { CACHE_OWNERS } from '../../rules/parts/cacheOwners.ts';
import { directiveOf, isAppendOnly } from '../../workspace/caches/cacheServer.ts';
import { cacheServersOf } from '../../workspace/caches/cacheServers.ts';
import { dataVolume } from './dataVolume.ts';

/** The log is meant to outlive a restart, but the volume ends with the pod. */
export const rule = defineRule({
  id: 'write-through/log-on-temporary-volume',
  severity: 'warning',
  profile: 'recommended',
  types: CACHE_OWNERS,
  *check(resource, graph) {
    for (const server of cacheServersOf(graph)) {
      const log = directiveOf(server, 'appendonly');
      const volume = isAppendOnly(server) ? dataVolume(server) : undefined;
      if (!log || log.resource !== resource || volume?.kind !== 'temporary') continue;
      yield {
        at: log.at,
        message: `${server.name} logs every write, but to ${volume.name}, which ends with the pod: what only the cache has is lost.`,
        related: [{ at: volume.at, message: 'Where the log is written.' }],
      };
    }
  },
});
