import { type Migration, SQL_MIGRATION } from '../../languages/sql/migrationLanguage.ts';
import { defineRule } from '../../rules/contract.ts';
import { firstLine } from '../../rules/parts/firstLine.ts';
import { flywayMigrations, flywayName } from './flywayNames.ts';

/** Flyway passes over a file whose name it does not understand, and says nothing. */
export const rule = defineRule({
  id: 'spring-data/migration-ignored',
  severity: 'warning',
  profile: 'recommended',
  types: [SQL_MIGRATION],
  *check(resource, graph) {
    const { fileName } = resource.model as Migration;
    if (flywayName(fileName).kind !== 'ignored' || !/^[VUR]/i.test(fileName)) return;
    if (!flywayMigrations(resource, graph)) return;
    yield {
      at: firstLine(resource),
      message: `Flyway never runs ${fileName}: a migration is called V<version>__<description>.sql, with two underscores and a capital V.`,
    };
  },
});
