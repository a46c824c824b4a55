import { SPRING_SETTINGS } from '../../languages/java/springSettings.ts';
import { LIQUIBASE_CHANGELOG } from '../../languages/liquibase/changelog.ts';
import { SQL_MIGRATION } from '../../languages/sql/migrationLanguage.ts';
import { definePattern, type Participant } from '../../rules/pattern.ts';
import { readDatabaseAddress } from '../../workspace/applications/databaseAddress.ts';
import { databaseServerAt, isServerMissing } from '../../workspace/applications/databaseServers.ts';
import type { SourceFolder } from '../../workspace/applications/sourceFolders.ts';
import { sourceFoldersOf } from '../../workspace/applications/sourceFolders.ts';
import { javaLibrariesOf, libraryNamed } from '../../workspace/applications/spring/javaDependencies.ts';
import { springApplications } from '../../workspace/applications/spring/springSettings.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { mayRunTemplated } from '../pipeline/templatedImages.ts';
import { applySpringData } from './applySpringData.ts';
import { springDataExplanations } from './explanations.ts';
import { foreignApplications } from './foreignApplications.ts';
import { ACCESS, LIQUIBASE, springDataApplications } from './springData.ts';

/** Files of Flyway and of Liquibase. */
const MIGRATIONS: ReadonlySet<string> = new Set([SQL_MIGRATION, LIQUIBASE_CHANGELOG]);

export const pattern = definePattern({
  id: 'spring-data',
  title: 'Spring Data',
  category: 'data',
  summary: 'Keeps the data of a Spring Boot application in a database, with repositories, migrations and a pool.',
  roles: {
    build: { title: 'libraries for the database', required: true },
    settings: { title: 'settings of the data source', required: true },
    migrations: { title: 'migrations', required: true },
    workload: { title: 'workload', required: true },
    database: { title: 'database', required: true },
    migrator: { title: 'Job that migrates once', required: false },
  },
  *recognize(graph) {
    for (const source of sourceFoldersOf(graph)) {
      const libraries = javaLibrariesOf(source, graph);
      const access = libraryNamed(libraries, ...ACCESS);
      const settings = settingsOf(source);
      if (!access && settings.length === 0) continue;
      const participants: Participant[] = [];
      const add = (role: string, resource: Resource, at = placeOf(resource)): void => {
        if (!participants.some((other) => other.role === role && other.resource === resource))
          participants.push({ role, resource, at });
      };
      if (access) add('build', access.resource, access.at);
      for (const { resource, at } of settings) add('settings', resource, at);
      for (const file of source.files) if (MIGRATIONS.has(file.type)) add('migrations', file);
      for (const { workload } of source.uses) {
        const role = workload.resource.type.startsWith('batch/') ? 'migrator' : 'workload';
        add(role, workload.resource);
      }
      for (const { settings: effective } of springDataApplications(graph)) {
        const written = effective.get('spring.datasource.url') ?? effective.get('spring.r2dbc.url');
        if (effective.source === source && written) add('settings', written.resource, written.at);
      }
      const database = databaseOf(source, graph);
      for (const server of database.found) add('database', server);
      const has = (role: string) => participants.some((participant) => participant.role === role);
      yield {
        pattern: 'spring-data',
        name: source.name,
        participants,
        missing: [
          ...(has('build') || (libraries.open && libraries.builds.length > 0) ? [] : ['build']),
          ...(has('settings') ? [] : ['settings']),
          // The changelogs of Liquibase may have any name.
          ...(has('migrations') || libraryNamed(libraries, ...LIQUIBASE) || standElsewhere(source, graph)
            ? []
            : ['migrations']),
          ...(has('workload') || mayRunTemplated(source.name, graph) ? [] : ['workload']),
          ...(has('database') || !database.isMissing ? [] : ['database']),
        ],
      };
    }
    yield* foreignApplications(graph);
  },
  explanations: springDataExplanations,
  apply: applySpringData,
});

/** Flyway looks for migrations in a place that is not the usual one. */
function standElsewhere(source: SourceFolder, graph: ResourceGraph): boolean {
  return springDataApplications(graph).some(({ settings }) => {
    const locations = settings.source === source ? settings.get('spring.flyway.locations') : undefined;
    return locations !== undefined && locations.value !== 'classpath:db/migration';
  });
}

/** The documents that say something of the database, each at the first key that does. */
function settingsOf(source: SourceFolder): { resource: Resource; at: Participant['at'] }[] {
  return source.files.flatMap((resource) => {
    if (resource.type !== SPRING_SETTINGS) return [];
    const spring = resource.root.find('spring');
    const nested = spring?.find('datasource') ?? spring?.find('r2dbc');
    const flat = resource.root.entries.find(({ key }) => /^spring\.(?:datasource|r2dbc)\./.test(key ?? ''));
    const found = nested ?? flat;
    return found ? [{ resource, at: found.keyPlace }] : [];
  });
}

function databaseOf(
  source: SourceFolder,
  graph: ResourceGraph,
): { readonly found: readonly Resource[]; readonly isMissing: boolean } {
  const found = new Set<Resource>();
  let isMissing = false;
  for (const settings of springApplications(graph)) {
    if (settings.source !== source || !settings.running) continue;
    const workload = settings.running.workload.resource;
    const written = settings.get('spring.datasource.url') ?? settings.get('spring.r2dbc.url');
    const host = readDatabaseAddress(written?.value ?? '')?.host;
    if (host === undefined) continue;
    const server = databaseServerAt(host, workload, graph);
    if (server) found.add(server.resource);
    else if (isServerMissing(host, workload, graph)) isMissing = true;
  }
  return { found: [...found], isMissing };
}

function placeOf(resource: Resource): Participant['at'] {
  const { source } = resource.root;
  return resource.root.find('metadata', 'name') ?? { source, span: source.lineSpan(0) };
}
