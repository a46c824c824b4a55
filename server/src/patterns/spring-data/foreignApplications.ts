import { instanceName } from '../../rules/parts/instanceName.ts';
import type { PatternInstance } from '../../rules/pattern.ts';
import { readDatabaseAddress } from '../../workspace/applications/databaseAddress.ts';
import { databaseServerAt } from '../../workspace/applications/databaseServers.ts';
import { environmentOf } from '../../workspace/applications/environment.ts';
import { runningSources } from '../../workspace/applications/sourceFolders.ts';
import { springApplications } from '../../workspace/applications/spring/springSettings.ts';
import { SERVING_TYPES, workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

const VARIABLES = ['SPRING_DATASOURCE_URL', 'SPRING_R2DBC_URL'];

/**
 * Applications whose sources lie elsewhere: their environment tells Spring of a database. What their sources hold is not
 * known, so that neither libraries nor migrations are missed; nor is a database, which often comes with a chart.
 */
export function* foreignApplications(graph: ResourceGraph): Iterable<PatternInstance> {
  // Sources that no container is known to run may be those of an image that a template names.
  if (springApplications(graph).some(({ running }) => !running)) return;
  const built = new Set(runningSources(graph).map(({ container }) => container));
  for (const resource of graph.all(...SERVING_TYPES)) {
    const workload = workloadOf(resource)!;
    for (const container of workload.containers) {
      if (built.has(container)) continue;
      const { variables } = environmentOf({ workload, container }, graph);
      const setting = VARIABLES.map((name) => variables.get(name)).find((variable) => variable !== undefined);
      const host = readDatabaseAddress(setting?.value ?? '')?.host;
      if (!setting || host === undefined) continue;
      const server = databaseServerAt(host, resource, graph)?.resource;
      const place = (other: Resource) => other.root.find('metadata', 'name') ?? other.root.keyPlace;
      yield {
        pattern: 'spring-data',
        name: instanceName(resource, graph),
        participants: [
          { role: 'settings', resource: setting.resource, at: setting.at },
          { role: 'workload', resource, at: place(resource) },
          ...(server ? [{ role: 'database', resource: server, at: place(server) }] : []),
        ],
        missing: [],
      };
      break;
    }
  }
}
