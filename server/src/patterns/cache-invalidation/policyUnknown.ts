import { defineRule } from '../../rules/contract.ts';
import { CACHE_OWNERS } from '../../rules/parts/cacheOwners.ts';
import { nearestName } from '../../text/nearestName.ts';
import { directiveOf } from '../../workspace/caches/cacheServer.ts';
import { cacheServersOf } from '../../workspace/caches/cacheServers.ts';
import { EVICTION_POLICIES } from './policies.ts';

/** A policy that does not exist keeps the server from starting. */
export const rule = defineRule({
  id: 'cache-invalidation/policy-unknown',
  severity: 'error',
  profile: 'recommended',
  types: CACHE_OWNERS,
  *check(resource, graph) {
    for (const server of cacheServersOf(graph)) {
      const policy = directiveOf(server, 'maxmemory-policy');
      if (!policy || policy.resource !== resource || /[{$]/.test(policy.value)) continue;
      if (EVICTION_POLICIES.includes(policy.value.toLowerCase())) continue;
      const nearest = nearestName(policy.value, EVICTION_POLICIES);
      const isWhole = policy.at.source.slice(policy.at.span) === policy.value;
      yield {
        at: policy.at,
        message: `There is no eviction policy ${policy.value}: ${server.name} does not start with it.`,
        ...(nearest !== undefined &&
          isWhole && {
            fixes: [
              {
                title: `Use ${nearest}`,
                safe: false,
                edits: () => [{ uri: policy.at.source.uri, span: policy.at.span, newText: nearest }],
              },
            ],
          }),
      };
    }
  },
});
