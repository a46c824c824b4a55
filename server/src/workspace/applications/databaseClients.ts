import type { Resource } from '../resource.ts';
import type { ResourceGraph } from '../resourceGraph.ts';
import type { DatabaseClient, DatabaseClientFinder } from './databaseClient.ts';
import type { DatabaseServer } from './databaseServer.ts';
import { databaseServerAt } from './databaseServers.ts';
import { dotnetClients } from './dotnet/dotnetClients.ts';
import { pythonDatabaseClients } from './pythonDatabaseClients.ts';
import { rustClients } from './rust/rustClients.ts';
import { springClients } from './spring/springClients.ts';

/** One finder for each stack of the catalog. */
const FINDERS: readonly DatabaseClientFinder[] = [springClients, rustClients, pythonDatabaseClients, dotnetClients];

/** Every client of a database that runs from sources of the workspace. */
export function databaseClientsOf(graph: ResourceGraph): readonly DatabaseClient[] {
  return graph.memo('database-clients', () => FINDERS.flatMap((find) => [...find(graph)]));
}

/** The server that a client's address leads to, where the workspace tells. */
export function serverOf(client: DatabaseClient, graph: ResourceGraph): DatabaseServer | undefined {
  const host = client.address?.host;
  return host === undefined ? undefined : databaseServerAt(host, client.running.workload.resource, graph);
}

/** The clients of one server. */
export function clientsOf(server: Resource, graph: ResourceGraph): readonly DatabaseClient[] {
  const byServer = graph.memo('clients-by-server', () => {
    const index = new Map<Resource, DatabaseClient[]>();
    for (const client of databaseClientsOf(graph)) {
      const resource = serverOf(client, graph)?.resource;
      if (resource) index.set(resource, [...(index.get(resource) ?? []), client]);
    }
    return index;
  });
  return byServer.get(server) ?? [];
}
