import { CARGO_MANIFEST } from '../../languages/rust/cargoManifest.ts';
import { sumInWords, sumOfClient } from '../../rules/parts/connectionSum.ts';
import type { FieldExplanation } from '../../rules/pattern.ts';
import { databaseClientsOf } from '../../workspace/applications/databaseClients.ts';

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
        const found = sumOfClient(client, graph);
        if (!found) continue;
        const { sum, own } = found;
        return `**Pool.** ${sumInWords(sum, own)}, and ${sum.server.name} has ${sum.available} for its clients.`;
      }
      return undefined;
    },
  },
];
