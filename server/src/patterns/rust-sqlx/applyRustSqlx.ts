import { applyDatabaseStack } from '../../rules/parts/databaseStack.ts';
import type { WorkspaceChange } from '../../rules/pattern.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { rustSources } from './rustSources.ts';

/** Writes a service with a pool of SQLx and its migrations for a workload that has no sources here yet. */
export function applyRustSqlx(resource: Resource, graph: ResourceGraph): WorkspaceChange | undefined {
  return applyDatabaseStack(resource, graph, {
    sources: rustSources,
    variables: (name, host) => ({
      DATABASE_URL: `postgres://${name}@${host}:5432/${name}`,
      DATABASE_MAX_CONNECTIONS: '8',
    }),
    migrate: { args: ['migrate'] },
  });
}
