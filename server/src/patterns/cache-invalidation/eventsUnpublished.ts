import { defineRule } from '../../rules/contract.ts';
import { CACHE_OWNERS } from '../../rules/parts/cacheOwners.ts';
import { directiveOf } from '../../workspace/caches/cacheServer.ts';
import { cacheServersOf } from '../../workspace/caches/cacheServers.ts';

/** Classes of events without `K` or `E` name no channel: nothing is published. */
export const rule = defineRule({
  id: 'cache-invalidation/events-unpublished',
  severity: 'warning',
  profile: 'recommended',
  types: CACHE_OWNERS,
  *check(resource, graph) {
    for (const server of cacheServersOf(graph)) {
      const events = directiveOf(server, 'notify-keyspace-events');
      if (!events || events.resource !== resource || events.value === '' || !/^[A-Za-z$]+$/.test(events.value))
        continue;
      const hasChannel = /[KE]/.test(events.value);
      const hasClass = /[^KE]/.test(events.value);
      if (hasChannel && hasClass) continue;
      const isWhole = events.at.source.slice(events.at.span) === events.value;
      const fixed = hasChannel ? `${events.value}x` : `E${events.value}`;
      yield {
        at: events.at,
        message: hasChannel
          ? `${server.name} names a channel (${events.value}) but no class of events, so nothing is published: add x for what expires, e for what is evicted.`
          : `${server.name} names classes of events (${events.value}) but no channel, so nothing is published: add E for one channel per event, or K for one per key.`,
        ...(isWhole &&
          !hasChannel && {
            fixes: [
              {
                title: `Use ${fixed}`,
                safe: true,
                edits: () => [{ uri: events.at.source.uri, span: events.at.span, newText: fixed }],
              },
            ],
          }),
      };
    }
  },
});
