import { defineRule } from '../../rules/contract.ts';
import { databaseClientsOf } from '../../workspace/applications/databaseClients.ts';
import { addFeature } from './addFeature.ts';
import { MANIFESTS, sqlxApplications } from './rustSqlx.ts';

const TLS = /^tls-|-(?:rustls|native-tls)$/;

/** Without TLS among its features SQLx speaks to the database in the clear, or not at all where the database insists. */
export const rule = defineRule({
  id: 'rust-sqlx/tls-missing',
  severity: 'warning',
  profile: 'strict',
  types: MANIFESTS,
  *check(resource, graph) {
    for (const { sqlx, source } of sqlxApplications(graph)) {
      if (sqlx.resource !== resource || sqlx.isPartial || !sqlx.node.known) continue;
      if (sqlx.features.some((feature) => TLS.test(feature))) continue;
      if (!sqlx.features.some((feature) => /^(?:postgres|mysql|any)$/.test(feature))) continue;
      const client = databaseClientsOf(graph).find(({ running }) => running.source === source);
      yield {
        at: sqlx.featuresAt ?? sqlx.node.keyPlace,
        message: `sqlx of ${source.name} has no TLS: its connections go in the clear, and a database that insists on TLS refuses them.`,
        ...(client?.addressAt && { related: [{ at: client.addressAt.at, message: 'The address of the database.' }] }),
        fixes: addFeature('Speak TLS by rustls', sqlx, 'tls-rustls'),
      };
    }
  },
});
