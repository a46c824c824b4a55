import { defineRule } from '../../rules/contract.ts';
import { crateNamed, rustApplications } from '../../workspace/applications/rust/rustApplications.ts';
import { MANIFESTS } from './rustSqlx.ts';

const RUNTIMES = ['tokio', 'axum', 'actix-web', 'rocket', 'warp', 'tonic'];
const WRAPPERS = ['deadpool-diesel', 'diesel-async', 'deadpool-r2d2', 'tokio-diesel', 'rocket_sync_db_pools', 'bb8'];

/** `r2d2` blocks its thread while it waits: on a thread of the runtime, everything else on that thread waits as well. */
export const rule = defineRule({
  id: 'rust-sqlx/blocking-pool',
  severity: 'information',
  profile: 'strict',
  types: MANIFESTS,
  *check(resource, graph) {
    for (const application of rustApplications(graph)) {
      const diesel = crateNamed(application, 'diesel');
      const pool = crateNamed(application, 'r2d2') ?? (diesel?.features.includes('r2d2') ? diesel : undefined);
      const runtime = crateNamed(application, ...RUNTIMES);
      if (pool?.resource !== resource || !runtime || crateNamed(application, ...WRAPPERS)) continue;
      yield {
        at: pool.node.keyPlace,
        message: `${application.source.name} waits for a connection of r2d2 on a thread of ${runtime.crate}: calls of the database belong into spawn_blocking, or into a pool that is made for it.`,
        related: [{ at: runtime.node.keyPlace, message: 'The runtime whose threads are blocked.' }],
      };
    }
  },
});
