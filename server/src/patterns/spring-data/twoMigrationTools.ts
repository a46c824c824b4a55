import { GRADLE_BUILD } from '../../languages/java/gradleLanguage.ts';
import { MAVEN_PROJECT } from '../../languages/java/mavenLanguage.ts';
import { defineRule } from '../../rules/contract.ts';
import { libraryNamed } from '../../workspace/applications/spring/javaDependencies.ts';
import { FLYWAY, LIQUIBASE, springDataApplications } from './springData.ts';

/** Both tools run at start, each with a history of its own: neither knows what the other has done. */
export const rule = defineRule({
  id: 'spring-data/two-migration-tools',
  severity: 'warning',
  profile: 'recommended',
  types: [MAVEN_PROJECT, GRADLE_BUILD],
  *check(resource, graph) {
    for (const { settings, libraries } of springDataApplications(graph)) {
      const flyway = libraryNamed(libraries, ...FLYWAY);
      const liquibase = libraryNamed(libraries, ...LIQUIBASE);
      if (!flyway || liquibase?.resource !== resource) continue;
      const isOff = ['spring.flyway.enabled', 'spring.liquibase.enabled'].some(
        (key) => settings.get(key) !== undefined && settings.get(key)?.value !== 'true',
      );
      if (isOff) continue;
      yield {
        at: liquibase.at,
        message: `${settings.source.name} migrates its database with Liquibase and with Flyway, and neither knows what the other has done.`,
        related: [{ at: flyway.at, message: 'Flyway is asked for here.' }],
      };
      return;
    }
  },
});
