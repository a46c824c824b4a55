import { type Migration, SQL_MIGRATION } from '../../languages/sql/migrationLanguage.ts';
import { defineRule } from '../../rules/contract.ts';
import { firstLine } from '../../rules/parts/firstLine.ts';
import { siblingMigrations, sqlxMigration } from './rustSqlx.ts';

/** SQLx passes over a file that does not begin with a number, and says nothing. */
export const rule = defineRule({
  id: 'rust-sqlx/migration-ignored',
  severity: 'warning',
  profile: 'recommended',
  types: [SQL_MIGRATION],
  *check(resource, graph) {
    const { fileName } = resource.model as Migration;
    if (sqlxMigration(fileName) || !siblingMigrations(resource, graph)?.some((other) => other !== resource)) return;
    yield {
      at: firstLine(resource),
      message: `sqlx never runs ${fileName}: a migration is called <version>_<description>.sql, with a number for its version.`,
    };
  },
});
