import { GRADLE_BUILD } from '../../languages/java/gradleLanguage.ts';
import { MAVEN_PROJECT } from '../../languages/java/mavenLanguage.ts';
import { SQL_MIGRATION } from '../../languages/sql/migrationLanguage.ts';
import { defineRule } from '../../rules/contract.ts';
import { hasLibrary, libraryNamed } from '../../workspace/applications/spring/javaDependencies.ts';
import { ACCESS, FLYWAY, LIQUIBASE, springDataApplications } from './springData.ts';

/** Nobody can tell which state the tables of an environment are in, or bring another one to it. */
export const rule = defineRule({
  id: 'spring-data/migrations-missing',
  severity: 'warning',
  profile: 'strict',
  types: [MAVEN_PROJECT, GRADLE_BUILD],
  *check(resource, graph) {
    for (const { settings, libraries } of springDataApplications(graph)) {
      const access = libraryNamed(libraries, ...ACCESS);
      if (access?.resource !== resource || hasLibrary(libraries, ...FLYWAY, ...LIQUIBASE) !== false) continue;
      if (settings.source.files.some(({ type }) => type === SQL_MIGRATION)) continue;
      yield {
        at: access.at,
        message: `${settings.source.name} has a database, but no migrations: neither Flyway nor Liquibase is among its libraries.`,
      };
      return;
    }
  },
});
