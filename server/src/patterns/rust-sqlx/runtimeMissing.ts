import { defineRule } from '../../rules/contract.ts';
import { crateNamed } from '../../workspace/applications/rust/rustApplications.ts';
import { addFeature } from './addFeature.ts';
import { MANIFESTS, sqlxApplications } from './rustSqlx.ts';

/** Without a runtime SQLx compiles, and panics when it first opens a connection. */
export const rule = defineRule({
  id: 'rust-sqlx/runtime-missing',
  severity: 'error',
  profile: 'recommended',
  types: MANIFESTS,
  *check(resource, graph) {
    for (const { sqlx, source, ...application } of sqlxApplications(graph)) {
      if (sqlx.resource !== resource || sqlx.isPartial || !sqlx.node.known || isOlderThan06(sqlx.version)) continue;
      if (sqlx.features.some((feature) => feature.startsWith('runtime-'))) continue;
      const tokio = crateNamed({ ...application, source }, 'tokio', 'axum', 'actix-web', 'rocket', 'tonic');
      yield {
        at: sqlx.featuresAt ?? sqlx.node.keyPlace,
        message: `sqlx of ${source.name} has no runtime: it panics at the first connection without a feature such as runtime-tokio.`,
        fixes: tokio ? addFeature('Run sqlx on tokio', sqlx, 'runtime-tokio') : [],
      };
    }
  },
});

/** Older versions call their runtimes by other names. */
function isOlderThan06(version: string | undefined): boolean {
  return version === undefined || /^[\^~=]?0\.[0-5](?:\.|$)/.test(version);
}
