import { clientSum, shareInWords } from '../../rules/parts/connectionSum.ts';
import type { FieldExplanation } from '../../rules/pattern.ts';
import { databaseClientsOf } from '../../workspace/applications/databaseClients.ts';

/** What the numbers of a pool mean for the database, with those of this workspace. */
export const explanations: readonly FieldExplanation[] = [
  {
    types: ['ConfigMap'],
    path: ['data', '*'],
    text(field, _resource, graph) {
      for (const client of databaseClientsOf(graph)) {
        if (client.stack !== 'flask-sqlalchemy') continue;
        const isHere = [client.pool?.at, client.processes?.at].some(
          (at) => at?.source === field.source && at.span.start === field.span.start,
        );
        const own = isHere ? clientSum(client, graph) : undefined;
        if (!own) continue;
        const lead = `**Pool of SQLAlchemy.** Each worker process of gunicorn keeps ${own.pool} connections at most (\`pool_size\` + \`max_overflow\`), and a pod has ${own.processes} of them.`;
        return `${lead} ${shareInWords(client, graph)}`.trimEnd();
      }
      return undefined;
    },
  },
  {
    types: ['application/AlembicConfiguration'],
    path: ['alembic', 'script_location'],
    text: () =>
      '**Migrations of Alembic.** The folder with `env.py` and `versions/`. Each revision there names the one that it follows; `upgrade head` needs exactly one that nothing follows.',
  },
];
