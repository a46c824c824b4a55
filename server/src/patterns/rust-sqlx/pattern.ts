import { CARGO_MANIFEST } from '../../languages/rust/cargoManifest.ts';
import { SQLX_QUERY } from '../../languages/rust/queryLanguage.ts';
import { SQL_MIGRATION } from '../../languages/sql/migrationLanguage.ts';
import { firstLine } from '../../rules/parts/firstLine.ts';
import { definePattern, type Participant } from '../../rules/pattern.ts';
import { databaseClientsOf, serverOf } from '../../workspace/applications/databaseClients.ts';
import { isServerMissing } from '../../workspace/applications/databaseServers.ts';
import { environmentOf } from '../../workspace/applications/environment.ts';
import type { UsedCrate } from '../../workspace/applications/rust/rustApplications.ts';
import { type SourceFolder, sourceFoldersOf } from '../../workspace/applications/sourceFolders.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { mayRunTemplated } from '../pipeline/templatedImages.ts';
import { applyRustSqlx } from './applyRustSqlx.ts';
import { rustExplanations } from './explanations.ts';
import { sqlxApplications } from './rustSqlx.ts';

export const pattern = definePattern({
  id: 'rust-sqlx',
  title: 'SQLx',
  category: 'data',
  summary: 'Keeps the data of a Rust service in a database, with checked queries, migrations and an asynchronous pool.',
  roles: {
    build: { title: 'crate for the database', required: true },
    migrations: { title: 'migrations', required: true },
    workload: { title: 'workload', required: true },
    address: { title: 'address of the database', required: true },
    database: { title: 'database', required: true },
    migrator: { title: 'Job that migrates once', required: false },
    queries: { title: 'checked queries for builds without a database', required: false },
  },
  *recognize(graph) {
    for (const { source, sqlx } of usesOf(graph)) {
      const participants: Participant[] = sqlx
        ? [{ role: 'build', resource: sqlx.resource, at: sqlx.node.keyPlace }]
        : [];
      const add = (role: string, resource: Participant['resource'], at: Participant['at']): void => {
        if (!participants.some((other) => other.role === role && other.resource === resource))
          participants.push({ role, resource, at });
      };
      for (const file of source.files) {
        if (file.type === SQL_MIGRATION) add('migrations', file, firstLine(file));
        if (file.type === SQLX_QUERY) add('queries', file, firstLine(file));
      }
      for (const {
        workload: { resource },
      } of source.uses) {
        const role = resource.type.startsWith('batch/') ? 'migrator' : 'workload';
        add(role, resource, resource.root.find('metadata', 'name') ?? resource.root);
      }
      let isMissing = false;
      for (const client of databaseClientsOf(graph)) {
        if (client.running.source !== source || client.stack !== 'rust-sqlx') continue;
        if (client.addressAt) add('address', client.addressAt.resource, client.addressAt.at);
        const server = serverOf(client, graph)?.resource;
        if (server) add('database', server, server.root.find('metadata', 'name') ?? server.root);
        else if (client.address?.host && isServerMissing(client.address.host, client.running.workload.resource, graph))
          isMissing = true;
      }
      const has = (role: string) => participants.some((participant) => participant.role === role);
      yield {
        pattern: 'rust-sqlx',
        name: source.name,
        participants,
        missing: [
          ...(sqlx ? [] : ['build']),
          ...(has('migrations') ? [] : ['migrations']),
          ...(has('workload') || mayRunTemplated(source.name, graph) ? [] : ['workload']),
          ...(has('address') || !has('workload') || mayBeSet(source, graph) ? [] : ['address']),
          ...(has('database') || !isMissing ? [] : ['database']),
        ],
      };
    }
  },
  explanations: rustExplanations,
  apply: applyRustSqlx,
});

/** Packages that ask for SQLx, and folders of checked queries whose manifest is gone. */
function usesOf(graph: ResourceGraph): { readonly source: SourceFolder; readonly sqlx: UsedCrate | undefined }[] {
  const asking = sqlxApplications(graph);
  const orphaned = sourceFoldersOf(graph).filter(
    ({ files }) => files.some(({ type }) => type === SQLX_QUERY) && !files.some(({ type }) => type === CARGO_MANIFEST),
  );
  return [...asking, ...orphaned.map((source) => ({ source, sqlx: undefined }))];
}

/** Something that no file here shows may set the address, as a Secret; a ConfigMap that is not there sets nothing. */
function mayBeSet(source: SourceFolder, graph: ResourceGraph): boolean {
  return source.uses.some(({ workload, container }) => {
    const lost = graph
      .edgesFrom(workload.resource, 'configured-by')
      .some(({ target, to }) => target.status === 'missing' && to.includes('ConfigMap'));
    return !lost && environmentOf({ workload, container, source }, graph).open;
  });
}
