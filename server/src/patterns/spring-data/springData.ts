import type { EffectiveSetting } from '../../workspace/applications/setting.ts';
import {
  hasLibrary,
  type JavaLibraries,
  javaLibrariesOf,
} from '../../workspace/applications/spring/javaDependencies.ts';
import { type SpringSettings, springApplications } from '../../workspace/applications/spring/springSettings.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

export const FLYWAY = ['org.flywaydb:*'];
export const LIQUIBASE = ['org.liquibase:*'];
export const JPA = ['org.springframework.boot:spring-boot-starter-data-jpa', 'org.hibernate.orm:*', 'org.hibernate:*'];
export const ACCESS = [
  ...JPA,
  'org.springframework.boot:spring-boot-starter-data-jdbc',
  'org.springframework.boot:spring-boot-starter-data-r2dbc',
  'org.springframework.boot:spring-boot-starter-jdbc',
];

/** A Spring Boot application that keeps its data in a relational database. */
export interface SpringDataApplication {
  readonly settings: SpringSettings;
  readonly libraries: JavaLibraries;
}

/** Every one of the workspace, once for each container that runs it. */
export function springDataApplications(graph: ResourceGraph): readonly SpringDataApplication[] {
  return graph.memo('spring-data-applications', () =>
    springApplications(graph)
      .map((settings) => ({ settings, libraries: javaLibrariesOf(settings.source, graph) }))
      .filter(({ settings, libraries }) => usesDatabase(settings, libraries)),
  );
}

function usesDatabase(settings: SpringSettings, libraries: JavaLibraries): boolean {
  return (
    hasLibrary(libraries, ...ACCESS) === true ||
    ['spring.datasource.url', 'spring.r2dbc.url'].some((key) => settings.get(key) !== undefined)
  );
}

/**
 * The applications in which `resource` sets the value of a key that counts, each value once. It is not certain where
 * something that is not known may override it.
 */
export function* effectiveIn(
  resource: Resource,
  key: string,
  graph: ResourceGraph,
): Iterable<SpringDataApplication & { readonly setting: EffectiveSetting; readonly certain: boolean }> {
  const told = new Set<number>();
  for (const application of springDataApplications(graph)) {
    const setting = application.settings.get(key);
    if (setting?.resource !== resource || told.has(setting.at.span.start)) continue;
    told.add(setting.at.span.start);
    yield { ...application, setting, certain: application.settings.isCertain(setting) };
  }
}

/** `Deployment orders`, or `orders` where no container of the workspace runs it. */
export function nameOf({ source, running }: SpringSettings): string {
  const workload = running?.workload.resource;
  return workload ? `${workload.kind} ${workload.name ?? ''}`.trim() : source.name;
}

/** Runs for ever and answers requests, unlike the Job of a migration. */
export function isServing({ running }: SpringSettings): boolean {
  return running !== undefined && !running.workload.resource.type.startsWith('batch/');
}
