import { clientSum, connectionSum, sumInWords } from '../../rules/parts/connectionSum.ts';
import type { FieldExplanation } from '../../rules/pattern.ts';
import { databaseClientsOf, serverOf } from '../../workspace/applications/databaseClients.ts';

const text: FieldExplanation['text'] = (field, _resource, graph) => {
  for (const client of databaseClientsOf(graph)) {
    const at = client.addressAt?.at;
    if (client.stack !== 'aspire-efcore' || at?.source !== field.source || at.span.start !== field.span.start) continue;
    const own = clientSum(client, graph);
    if (!own) continue;
    const lead = `**Pool of ADO.NET.** Each pod keeps up to ${own.pool} connections for this string${client.pool?.at === at ? ', the default' : ''}.`;
    const server = serverOf(client, graph);
    const sum = server && connectionSum(server, graph, client.running.workload.resource);
    const counted = sum?.clients.find((other) => other.client === client);
    if (!sum || !counted) return lead;
    return `${lead} ${sumInWords(sum, counted)} of the ${sum.available} connections that ${sum.server.name} admits.`;
  }
  return undefined;
};

/** What the numbers of a connection string mean for the database, with those of this workspace. */
export const explanations: readonly FieldExplanation[] = [
  { types: ['ConfigMap'], path: ['data', '*'], text },
  { types: ['application/AppSettings'], path: ['ConnectionStrings', '*'], text },
];
