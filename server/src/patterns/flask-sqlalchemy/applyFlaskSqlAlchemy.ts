import { applyDatabaseStack } from '../../rules/parts/databaseStack.ts';
import type { WorkspaceChange } from '../../rules/pattern.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { flaskSources } from './flaskSources.ts';

/** Writes a Flask application with a pooled engine and its migrations for a workload that has no sources here yet. */
export function applyFlaskSqlAlchemy(resource: Resource, graph: ResourceGraph): WorkspaceChange | undefined {
  return applyDatabaseStack(resource, graph, {
    sources: flaskSources,
    variables: (name, host) => ({
      DATABASE_URL: `postgresql+psycopg://${name}@${host}:5432/${name}`,
      SQLALCHEMY_POOL_SIZE: '4',
      SQLALCHEMY_MAX_OVERFLOW: '2',
      WEB_CONCURRENCY: '2',
    }),
    migrate: { command: ['flask', '--app', 'application', 'db', 'upgrade'] },
  });
}
