import { CARGO_MANIFEST } from '../../languages/rust/cargoManifest.ts';
import { clientSum, connectionSum, sumInWords } from '../../rules/parts/connectionSum.ts';
import type { FieldExplanation } from '../../rules/pattern.ts';
import { databaseClientsOf, serverOf } from '../../workspace/applications/databaseClients.ts';

export const rustExplanations: readonly FieldExplanation[] = [
  {
    types: [CARGO_MANIFEST],
    path: ['dependencies', 'sqlx'],
    text: () =>
      '**SQLx.** Asynchronous access to a database with queries that are checked while they are compiled. It needs a runtime (`runtime-tokio`), a driver (`postgres`), and TLS (`tls-rustls`) where the connection leaves the cluster. `macros` checks queries, `migrate` brings migrations.',
  },
  {
    types: ['ConfigMap'],
    path: ['data', '*'],
    text(field, resource, graph) {
      for (const client of databaseClientsOf(graph)) {
        const { pool } = client;
        if (client.stack !== 'rust-sqlx' || pool?.resource !== resource || pool.at?.span.start !== field.span.start)
          continue;
        const server = serverOf(client, graph);
        const sum = server && connectionSum(server, graph, client.running.workload.resource);
        const own = sum?.clients.find((other) => other.client === client);
        if (!sum || !own || !clientSum(client, graph)) continue;
        return `**Pool.** ${sumInWords(sum, own)}, and ${sum.server.name} has ${sum.available} for its clients.`;
      }
      return undefined;
    },
  },
];
