import { defineRule } from '../../rules/contract.ts';
import { CACHE_OWNERS } from '../../rules/parts/cacheOwners.ts';
import { directiveOf, isAppendOnly } from '../../workspace/caches/cacheServer.ts';
import { cacheServersOf } from '../../workspace/caches/cacheServers.ts';

/** A full cache that evicts nothing refuses every further write. */
export const rule = defineRule({
  id: 'cache-invalidation/never-evicts',
  severity: 'warning',
  profile: 'recommended',
  types: CACHE_OWNERS,
  *check(resource, graph) {
    for (const server of cacheServersOf(graph)) {
      // What keeps its data is a store or a queue, which may never forget.
      if (isAppendOnly(server) || !server.container) continue;
      const memory = directiveOf(server, 'maxmemory');
      const policy = directiveOf(server, 'maxmemory-policy');
      if (!memory || memory.value === '0' || (policy ? policy.value !== 'noeviction' : !server.isKnown)) continue;
      const place = policy ?? memory;
      if (place.resource !== resource) continue;
      const { source, span } = place.at;
      const indent = /^[ \t]*/.exec(source.slice(source.lineSpan(source.lineAt(span.start))))![0];
      const isLine = source.slice(span) === place.value && resource.type === 'ConfigMap';
      const edit = policy
        ? { uri: source.uri, span, newText: 'allkeys-lru' }
        : {
            uri: source.uri,
            span: { start: span.end, end: span.end },
            newText: `${source.lineBreak}${indent}maxmemory-policy allkeys-lru`,
          };
      yield {
        at: place.at,
        message: policy
          ? `${server.name} keeps nothing on disk, but never evicts: once ${memory.value} are full, every write fails.`
          : `${server.name} evicts nothing where no maxmemory-policy is set: once ${memory.value} are full, every write fails.`,
        ...(isLine && { fixes: [{ title: 'Evict what is used least recently', safe: false, edits: () => [edit] }] }),
      };
    }
  },
});
