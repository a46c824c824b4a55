import { defineRule } from '../../rules/contract.ts';
import { type DatabaseEngine, readDatabaseAddress } from '../../workspace/applications/databaseAddress.ts';
import { hasLibrary } from '../../workspace/applications/spring/javaDependencies.ts';
import { SETTING_OWNERS } from '../../workspace/applications/spring/settingOwners.ts';
import { effectiveIn, nameOf } from './springData.ts';

const DRIVERS: Partial<Record<DatabaseEngine, { readonly name: string; readonly libraries: readonly string[] }>> = {
  postgresql: {
    name: 'org.postgresql:postgresql',
    libraries: [
      'org.postgresql:postgresql',
      'org.postgresql:r2dbc-postgresql',
      'com.google.cloud.sql:*',
      'com.impossibl.*',
    ],
  },
  mysql: {
    name: 'com.mysql:mysql-connector-j',
    libraries: [
      'com.mysql:*',
      'mysql:*',
      'org.mariadb.jdbc:*',
      'com.google.cloud.sql:*',
      'software.aws.rds:*',
      'io.asyncer:*',
    ],
  },
  mariadb: { name: 'org.mariadb.jdbc:mariadb-java-client', libraries: ['org.mariadb.jdbc:*', 'org.mariadb:*'] },
};

/** Without a driver for the scheme of the address no connection is ever made. */
export const rule = defineRule({
  id: 'spring-data/driver-missing',
  severity: 'error',
  profile: 'recommended',
  types: SETTING_OWNERS,
  *check(resource, graph) {
    for (const key of ['spring.datasource.url', 'spring.r2dbc.url']) {
      for (const { settings, libraries, setting, certain } of effectiveIn(resource, key, graph)) {
        if (!certain || !settings.running || !settings.lacks('spring.datasource.driver-class-name')) continue;
        const engine = readDatabaseAddress(setting.value ?? '')?.engine;
        const driver = engine && DRIVERS[engine];
        if (!driver || hasLibrary(libraries, ...driver.libraries) !== false) continue;
        yield {
          at: setting.at,
          message: `${nameOf(settings)} finds no driver for this address: ${driver.name} is not among the libraries of ${settings.source.name}.`,
          related: libraries.builds.map(({ root }) => ({
            at: {
              source: root.source,
              span: { start: root.span.start, end: Math.min(root.span.end, root.span.start + 1) },
            },
            message: 'The libraries that it is built with.',
          })),
        };
      }
    }
  },
});
