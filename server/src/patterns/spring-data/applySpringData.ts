import { applyDatabaseStack } from '../../rules/parts/databaseStack.ts';
import type { WorkspaceChange } from '../../rules/pattern.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { springSources } from './springSources.ts';

/** Starts the application without its web server, so that it ends when Flyway has migrated. */
const MIGRATE = ['--spring.flyway.enabled=true', '--spring.main.web-application-type=none'];

/** Writes a Spring Boot application with a pooled data source and its migrations for a workload that has no sources here yet. */
export function applySpringData(resource: Resource, graph: ResourceGraph): WorkspaceChange | undefined {
  return applyDatabaseStack(resource, graph, {
    sources: springSources,
    variables: (name, host) => ({
      SPRING_DATASOURCE_URL: `jdbc:postgresql://${host}:5432/${name}`,
      SPRING_DATASOURCE_USERNAME: name,
      SPRING_DATASOURCE_HIKARI_MAXIMUMPOOLSIZE: '10',
    }),
    migrate: { args: MIGRATE },
  });
}
