import { type Migration, SQL_MIGRATION } from '../../languages/sql/migrationLanguage.ts';
import { defineRule } from '../../rules/contract.ts';
import { firstLine } from '../../rules/parts/firstLine.ts';
import { flywayMigrations, flywayName } from './flywayNames.ts';

/** Flyway refuses two migrations of one version, and the application does not start. */
export const rule = defineRule({
  id: 'spring-data/migration-duplicated',
  severity: 'error',
  profile: 'recommended',
  types: [SQL_MIGRATION],
  *check(resource, graph) {
    const { fileName } = resource.model as Migration;
    const own = flywayName(fileName);
    if (own.kind !== 'versioned') return;
    for (const other of flywayMigrations(resource, graph) ?? []) {
      const name = flywayName((other.model as Migration).fileName);
      // Said at the later one of the two.
      if (other === resource || name.kind !== 'versioned' || name.version !== own.version || other.uri > resource.uri)
        continue;
      yield {
        at: firstLine(resource),
        message: `${fileName} has version ${own.version}, as ${(other.model as Migration).fileName} has: Flyway refuses both, and no pod starts.`,
        related: [{ at: firstLine(other), message: 'The other migration of this version.' }],
      };
      return;
    }
  },
});
