import { defineRule } from '../../rules/contract.ts';
import { crateNamed } from '../../workspace/applications/rust/rustApplications.ts';
import { MANIFESTS, sqlxApplications } from './rustSqlx.ts';

const POOLS = ['deadpool-postgres', 'bb8-postgres', 'r2d2_postgres', 'deadpool-diesel', 'r2d2', 'mobc-postgres'];

/** SQLx brings a pool of its own; a second one opens connections of which the first knows nothing. */
export const rule = defineRule({
  id: 'rust-sqlx/second-pool',
  severity: 'information',
  profile: 'strict',
  types: MANIFESTS,
  *check(resource, graph) {
    for (const application of sqlxApplications(graph)) {
      const other = crateNamed(application, ...POOLS);
      if (other?.resource !== resource) continue;
      yield {
        at: other.node.keyPlace,
        message: `${application.source.name} has two pools: ${other.crate} opens connections beside those of sqlx, and each pod has both.`,
        related: [{ at: application.sqlx.node.keyPlace, message: 'sqlx brings a pool of its own.' }],
      };
    }
  },
});
