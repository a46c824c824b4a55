import { defineRule } from '../../rules/contract.ts';
import { POOL_TYPES, spotPoolOf } from './spotPools.ts';

/** Without a taint everything may stand on such nodes: databases and what has one replica, too. */
export const rule = defineRule({
  id: 'spot-nodes/pool-untainted',
  severity: 'information',
  profile: 'strict',
  types: POOL_TYPES,
  *check(resource) {
    const pool = spotPoolOf(resource);
    if (pool?.taints?.length !== 0) return;
    yield {
      at: pool.at,
      message: `The spot nodes of ${resource.name ?? 'this pool'} have no taint, so that any pod may stand there.`,
    };
  },
});
