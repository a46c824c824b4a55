import { defineRule } from '../../rules/contract.ts';
import { CACHE_OWNERS } from '../../rules/parts/cacheOwners.ts';
import { formatBytes, readQuantity } from '../../rules/parts/quantity.ts';
import { directiveOf, isAppendOnly, readCacheSize } from '../../workspace/caches/cacheServer.ts';
import { cacheServersOf } from '../../workspace/caches/cacheServers.ts';

/** Buffers, fragmentation and clients come on top of what `maxmemory` counts. */
const OVERHEAD = 1.1;
/** A child process that rewrites the log or saves shares pages until they are written to. */
const OVERHEAD_WITH_FORK = 1.35;

/** The kernel ends the container before the cache begins to evict. */
export const rule = defineRule({
  id: 'cache-aside/memory-over-limit',
  severity: 'warning',
  profile: 'recommended',
  types: CACHE_OWNERS,
  *check(resource, graph) {
    for (const server of cacheServersOf(graph)) {
      const memory = directiveOf(server, 'maxmemory');
      const limitNode = server.container?.find('resources', 'limits', 'memory');
      const limit = readQuantity(limitNode?.scalar);
      const size = memory?.resource === resource ? readCacheSize(memory.value) : undefined;
      if (!memory || !limitNode || !limit || !size) continue;
      const forks =
        isAppendOnly(server) || server.directives.some(({ name, value }) => name === 'save' && value !== '');
      const needed = size * (forks ? OVERHEAD_WITH_FORK : OVERHEAD);
      if (needed <= limit) continue;
      const fitting = Math.floor(limit / (forks ? OVERHEAD_WITH_FORK : OVERHEAD) / 2 ** 20);
      const what = forks ? 'its buffers and the process that saves it' : 'its buffers';
      yield {
        at: memory.at,
        message: `${formatBytes(size)} of ${server.name} and ${what} take about ${formatBytes(Math.round(needed / 2 ** 20) * 2 ** 20)}, more than the ${formatBytes(limit)} of its container: it is killed before it evicts.`,
        related: [{ at: limitNode, message: 'The limit of the container.' }],
        // Up to the limit it may just hold.
        ...(size < limit && { strict: true as const }),
        ...(memory.at.source.slice(memory.at.span) === memory.value &&
          fitting > 0 && {
            fixes: [
              {
                title: `Use ${fitting}mb`,
                safe: false,
                edits: () => [{ uri: memory.at.source.uri, span: memory.at.span, newText: `${fitting}mb` }],
              },
            ],
          }),
      };
    }
  },
});
