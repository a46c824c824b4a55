import { SPRING_SETTINGS } from '../../languages/java/springSettings.ts';
import { clientSum, sumInWords, sumOfClient } from '../../rules/parts/connectionSum.ts';
import type { FieldExplanation } from '../../rules/pattern.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { databaseClientsOf } from '../../workspace/applications/databaseClients.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

type Text = FieldExplanation['text'];

/** One key in nested YAML and in a file of properties. */
function field(key: string, text: Text): FieldExplanation[] {
  return [
    { types: [SPRING_SETTINGS], path: key.split('.'), text },
    { types: [SPRING_SETTINGS], path: [key], text },
  ];
}

/** What the keys of a data source mean, with the numbers of this workspace. */
export const springDataExplanations: readonly FieldExplanation[] = [
  ...field('spring.datasource.hikari.maximum-pool-size', pool),
  ...field('spring.datasource.hikari.minimum-idle', () =>
    lead('Idle connections', 'HikariCP keeps this many open. As many as the pool is large where it is not set.'),
  ),
  ...field('spring.datasource.hikari.connection-timeout', (node) =>
    lead(
      'Wait for a connection',
      `A thread waits this many milliseconds for a free connection${seconds(node)}, then its request fails. It has to be shorter than the time that a caller waits. 30 s where it is not set.`,
    ),
  ),
  ...field('spring.datasource.hikari.max-lifetime', (node) =>
    lead(
      'Life of a connection',
      `A connection is closed after this many milliseconds${seconds(node)}. It has to be some seconds shorter than what the database, a firewall or a load balancer lets a connection live. 30 min where it is not set.`,
    ),
  ),
  ...field('spring.jpa.hibernate.ddl-auto', () =>
    lead(
      'Tables by Hibernate',
      '`none` does nothing, `validate` compares the tables with the entities at start. `update` changes them by guessing and never removes anything; `create` and `create-drop` delete what is there. With migrations, `validate` is right.',
    ),
  ),
  ...field('spring.jpa.open-in-view', () =>
    lead(
      'Session of a request',
      'Where it is on, which is the default, a request keeps its session and its connection until the answer is written, so that templates may still load data. Off, a connection is given back when the transaction ends.',
    ),
  ),
  ...field('spring.flyway.enabled', () =>
    lead(
      'Flyway at start',
      'Where it is on, every pod that starts looks for migrations first, one after the other. A Job or a hook of the release runs them once.',
    ),
  ),
];

function lead(title: string, text: string): string {
  return `**${title}.** ${text}`;
}

function seconds(node: SourceNode): string {
  const milliseconds = Number(node.text());
  return Number.isInteger(milliseconds) && milliseconds >= 1000 ? ` (${milliseconds / 1000} s)` : '';
}

function pool(node: SourceNode, resource: Resource, graph: ResourceGraph): string {
  const general = lead('Pool', 'The most connections that one pod opens. 10 where it is not set.');
  for (const client of databaseClientsOf(graph)) {
    const { pool: own } = client;
    if (own?.resource !== resource || own.at?.span.start !== node.span.start || !clientSum(client, graph)) continue;
    const found = sumOfClient(client, graph);
    if (!found) continue;
    const { sum, own: mine } = found;
    return `${general}\n\n${sumInWords(sum, mine)}, and ${sum.server.name} has ${sum.available} for its clients.`;
  }
  return general;
}
