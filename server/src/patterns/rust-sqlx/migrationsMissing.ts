import { SQL_MIGRATION } from '../../languages/sql/migrationLanguage.ts';
import { defineRule } from '../../rules/contract.ts';
import { crateNamed } from '../../workspace/applications/rust/rustApplications.ts';
import { MANIFESTS, sqlxApplications } from './rustSqlx.ts';

/** Nobody can tell which state the tables of an environment are in, or bring another one to it. */
export const rule = defineRule({
  id: 'rust-sqlx/migrations-missing',
  severity: 'warning',
  profile: 'strict',
  types: MANIFESTS,
  *check(resource, graph) {
    for (const application of sqlxApplications(graph)) {
      const { sqlx, source } = application;
      if (sqlx.resource !== resource) continue;
      if (
        source.files.some(({ type }) => type === SQL_MIGRATION) ||
        crateNamed(application, 'refinery', 'sea-orm-migration')
      )
        continue;
      yield {
        at: sqlx.node.keyPlace,
        message: `${source.name} has a database, but no migrations: there is no folder migrations with files of SQL.`,
      };
    }
  },
});
