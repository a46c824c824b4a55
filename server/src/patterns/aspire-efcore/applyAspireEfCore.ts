import { applyDatabaseStack } from '../../rules/parts/databaseStack.ts';
import type { WorkspaceChange } from '../../rules/pattern.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { aspireSources } from './aspireSources.ts';

/** Writes an ASP.NET Core application with EF Core and an AppHost for a workload that has no sources here yet. */
export function applyAspireEfCore(resource: Resource, graph: ResourceGraph): WorkspaceChange | undefined {
  return applyDatabaseStack(resource, graph, {
    sources: aspireSources,
    variables: (name, host) => ({
      ASPNETCORE_ENVIRONMENT: 'Production',
      ConnectionStrings__main: `Host=${host};Port=5432;Database=${name};Username=${name};Maximum Pool Size=15;Timeout=3`,
    }),
    migrate: { args: ['migrate'] },
  });
}
