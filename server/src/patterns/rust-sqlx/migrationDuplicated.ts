import { type Migration, SQL_MIGRATION } from '../../languages/sql/migrationLanguage.ts';
import { defineRule } from '../../rules/contract.ts';
import { firstLine } from '../../rules/parts/firstLine.ts';
import { siblingMigrations, sqlxMigration } from './rustSqlx.ts';

/** The second migration of one version fails: the history has a row of that number already. */
export const rule = defineRule({
  id: 'rust-sqlx/migration-duplicated',
  severity: 'error',
  profile: 'recommended',
  types: [SQL_MIGRATION],
  *check(resource, graph) {
    const { fileName } = resource.model as Migration;
    const own = sqlxMigration(fileName);
    if (!own || own.direction === 'down') return;
    for (const other of siblingMigrations(resource, graph) ?? []) {
      const name = (other.model as Migration).fileName;
      const its = sqlxMigration(name);
      // Said at the later one of the two.
      if (other === resource || !its || its.direction === 'down' || its.version !== own.version || name > fileName)
        continue;
      yield {
        at: firstLine(resource),
        message: `${fileName} has version ${own.version}, as ${name} has: the second one fails, since the history knows that version already.`,
        related: [{ at: firstLine(other), message: 'The other migration of this version.' }],
      };
      return;
    }
  },
});
