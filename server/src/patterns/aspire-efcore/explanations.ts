import { clientSum, shareInWords } from '../../rules/parts/connectionSum.ts';
import type { FieldExplanation } from '../../rules/pattern.ts';
import { databaseClientsOf } from '../../workspace/applications/databaseClients.ts';

const text: FieldExplanation['text'] = (field, _resource, graph) => {
  for (const client of databaseClientsOf(graph)) {
    const at = client.addressAt?.at;
    if (client.stack !== 'aspire-efcore' || at?.source !== field.source || at.span.start !== field.span.start) continue;
    const own = clientSum(client, graph);
    if (!own) continue;
    const lead = `**Pool of ADO.NET.** Each pod keeps up to ${own.pool} connections for this string${client.pool?.at === at ? ', the default' : ''}.`;
    return `${lead} ${shareInWords(client, graph)}`.trimEnd();
  }
  return undefined;
};

/** What the numbers of a connection string mean for the database, with those of this workspace. */
export const explanations: readonly FieldExplanation[] = [
  { types: ['ConfigMap'], path: ['data', '*'], text },
  { types: ['application/AppSettings'], path: ['ConnectionStrings', '*'], text },
];
