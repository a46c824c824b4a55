import { type Migration, SQL_MIGRATION } from '../../languages/sql/migrationLanguage.ts';
import { defineRule } from '../../rules/contract.ts';
import { firstLine } from '../../rules/parts/firstLine.ts';
import { siblingMigrations, sqlxMigration } from './rustSqlx.ts';

/** A migration that can be run but not undone, among others that can. */
export const rule = defineRule({
  id: 'rust-sqlx/migration-unpaired',
  severity: 'warning',
  profile: 'recommended',
  types: [SQL_MIGRATION],
  *check(resource, graph) {
    const { fileName } = resource.model as Migration;
    const own = sqlxMigration(fileName);
    if (!own || own.direction === 'simple') return;
    const wanted = own.direction === 'up' ? 'down' : 'up';
    const siblings = siblingMigrations(resource, graph);
    const names = siblings?.map((other) => sqlxMigration((other.model as Migration).fileName));
    if (!names || names.some((its) => its?.version === own.version && its.direction === wanted)) return;
    const effect = own.direction === 'up' ? 'cannot be undone' : 'undoes what no file does';
    yield {
      at: firstLine(resource),
      message: `${fileName} ${effect}: there is no ${wanted} migration of version ${own.version}.`,
    };
  },
});
