import { defineRule } from '../../rules/contract.ts';
import { CACHE_OWNERS } from '../../rules/parts/cacheOwners.ts';
import { directiveOf, isAppendOnly } from '../../workspace/caches/cacheServer.ts';
import { cacheServersOf } from '../../workspace/caches/cacheServers.ts';

/** `appendfsync no` leaves the time of writing to the kernel: half a minute of writes may be gone. */
export const rule = defineRule({
  id: 'write-through/log-never-synced',
  severity: 'warning',
  profile: 'recommended',
  types: CACHE_OWNERS,
  *check(resource, graph) {
    for (const server of cacheServersOf(graph)) {
      const sync = directiveOf(server, 'appendfsync');
      if (!sync || sync.resource !== resource || sync.value !== 'no' || !isAppendOnly(server)) continue;
      const isWhole = sync.at.source.slice(sync.at.span) === 'no';
      yield {
        at: sync.at,
        message: `${server.name} never asks for its log to be on disk: when its node fails, the writes of up to half a minute are lost, though they were confirmed.`,
        ...(isWhole && {
          fixes: [
            {
              title: 'Sync every second',
              safe: true,
              edits: () => [{ uri: sync.at.source.uri, span: sync.at.span, newText: 'everysec' }],
            },
          ],
        }),
      };
    }
  },
});
