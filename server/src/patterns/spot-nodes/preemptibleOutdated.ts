import { defineRule } from '../../rules/contract.ts';
import { GKE_POOL, spotPoolOf } from './spotPools.ts';

/** Preemptible machines end after a day at the latest; spot machines cost the same and may stay. */
export const rule = defineRule({
  id: 'spot-nodes/preemptible-outdated',
  severity: 'information',
  profile: 'recommended',
  types: [GKE_POOL],
  *check(resource) {
    const pool = spotPoolOf(resource);
    const key = pool?.at.keySpan;
    if (!pool || !key || pool.at.key !== 'preemptible') return;
    yield {
      at: pool.at,
      message: `The preemptible nodes of ${resource.name ?? 'this pool'} end after 24 hours at the latest; spot nodes cost the same and may stay.`,
      fixes: [
        {
          title: 'Use spot nodes',
          safe: false,
          edits: () => [{ uri: pool.at.source.uri, span: key, newText: 'spot' }],
        },
      ],
    };
  },
});
