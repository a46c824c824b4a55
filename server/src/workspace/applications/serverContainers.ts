import { parseImageReference } from '../../languages/imageReference.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { replicasOf, type Workload } from '../kubernetes/workload.ts';
import { describeOther, type Resource } from '../resource.ts';
import type { ResourceGraph } from '../resourceGraph.ts';
import { readDatabaseAddress } from './databaseAddress.ts';
import type { ConnectionLimit, DatabaseServer } from './databaseServer.ts';
import { environmentOf } from './environment.ts';
import { MYSQL_DEFAULT, POSTGRES_DEFAULT, POSTGRES_RESERVED } from './serverDefaults.ts';

/** Images by their last name; those of other vendors that keep the settings of the original count as well. */
const POSTGRES = /^(?:postgres|postgresql|postgis|timescaledb(?:-ha)?|pgvector|spilo-\d+)$/;
const MYSQL = /^(?:mysql|mysql-server|mariadb|percona|percona-server)$/;
const POOLER = /^pgbouncer$/;

/** A container that is a database or a pooler, read as a server; undefined for every other container. */
export function containerServer(
  workload: Workload,
  container: SourceNode,
  graph: ResourceGraph,
): DatabaseServer | undefined {
  const image = parseImageReference(container.text('image') ?? '')?.name ?? '';
  const { resource } = workload;
  const name = describeOther(resource);
  if (POOLER.test(image)) return pooler(workload, container, graph);
  const isPostgres = POSTGRES.test(image);
  if (!isPostgres && !MYSQL.test(image)) return undefined;
  const words = wordsOf(container);
  const limit = words && (fromWords(words, isPostgres) ?? fromFiles(workload, isPostgres, graph));
  if (limit) return { resource, name, limit };
  const isDefault = words !== undefined && !mayBeConfigured(workload, container, words, graph);
  return { resource, name, limit: isDefault ? defaultLimit(isPostgres) : undefined };
}

function defaultLimit(isPostgres: boolean): ConnectionLimit {
  return isPostgres
    ? { setting: 'max_connections', count: POSTGRES_DEFAULT, at: undefined, reserved: POSTGRES_RESERVED }
    : { setting: 'max_connections', count: MYSQL_DEFAULT, at: undefined, reserved: 0 };
}

/** The words that the process is started with; undefined where a template writes some. */
function wordsOf(container: SourceNode): readonly SourceNode[] | undefined {
  if (container.open) return undefined;
  const lists = ['command', 'args'].flatMap((field) => container.find(field) ?? []);
  return lists.every((list) => list.known) ? lists.flatMap((list) => list.items) : undefined;
}

const ARGUMENT = /(?:^|[\s'"]|-c\s*|--)max[_-]connections\s*=\s*'?(\d+)/i;

function fromWords(words: readonly SourceNode[], isPostgres: boolean): ConnectionLimit | undefined {
  let found: ConnectionLimit | undefined;
  words.forEach((word, index) => {
    const text = word.text() ?? '';
    const written = ARGUMENT.exec(text)?.[1];
    const next = words[index + 1];
    const separate = /^--max[_-]connections$/i.test(text) || (isPostgres && text === '-N');
    const count = written ?? (separate ? next?.text() : undefined);
    const at = written === undefined ? next : word;
    if (count === undefined || !/^\d+$/.test(count)) return;
    // The last one counts.
    found = { ...defaultLimit(isPostgres), count: Number(count), at };
  });
  return found;
}

const LINE = /^[ \t]*max[_-]connections[ \t]*=?[ \t]*'?(\d+)/im;

/** A file of settings that a mounted ConfigMap holds. */
function fromFiles(workload: Workload, isPostgres: boolean, graph: ResourceGraph): ConnectionLimit | undefined {
  const found = mountedMaps(workload, graph).flatMap((map): ConnectionLimit[] =>
    (map?.root.find('data')?.entries ?? []).flatMap((entry) => {
      const count = /\.(?:conf|cnf|ini)$/.test(entry.key ?? '') ? LINE.exec(entry.text() ?? '')?.[1] : undefined;
      return count === undefined ? [] : { ...defaultLimit(isPostgres), count: Number(count), at: entry };
    }),
  );
  return found.length === 1 ? found[0] : undefined;
}

/** The ConfigMaps that the pod mounts; undefined in the place of one that is not known. */
function mountedMaps({ podSpec, resource }: Workload, graph: ResourceGraph): (Resource | undefined)[] {
  return (podSpec?.find('volumes')?.items ?? []).flatMap((volume) => {
    const name = volume.find('configMap', 'name') ?? volume.find('projected');
    if (!name) return [];
    const target = graph.lookup(resource, ['ConfigMap'], name.text() ?? '');
    return [target.status === 'found' ? target.resource : undefined];
  });
}

/** Something that is not read here may set the limit: a file, a variable, a script. */
function mayBeConfigured(
  workload: Workload,
  container: SourceNode,
  words: readonly SourceNode[],
  graph: ResourceGraph,
): boolean {
  if (words.some((word) => /config_file|--defaults-(?:extra-)?file|\bsh\b|patroni/.test(word.text() ?? '')))
    return true;
  if (workload.podSpec?.open || workload.podSpec?.find('volumes')?.known === false) return true;
  if (!container.lacks('envFrom')) return true;
  const variables = container.find('env');
  if (variables && !variables.known) return true;
  if (variables?.items.some((it) => /MAX_CONNECTIONS|EXTRA_FLAGS|INITDB_ARGS|_CONF/i.test(it.text('name') ?? '')))
    return true;
  return mountedMaps(workload, graph).some((map) =>
    map ? (map.root.find('data')?.entries ?? []).some(({ key }) => /\.(?:conf|cnf|ini|sh|sql)$/.test(key ?? '')) : true,
  );
}

/** PgBouncer's own defaults. */
const POOLER_CLIENTS = 100;
const POOLER_POOL = 20;

/** PgBouncer as its images read it: variables with or without a prefix, or a mounted `pgbouncer.ini`. */
function pooler(workload: Workload, container: SourceNode, graph: ResourceGraph): DatabaseServer {
  const { resource } = workload;
  const { variables, open } = environmentOf({ workload, container }, graph);
  const file = mountedMaps(workload, graph)
    .flatMap((map) => map?.root.find('data')?.entries ?? [])
    .find(({ key }) => key === 'pgbouncer.ini');
  const read = (
    name: string,
  ): { readonly text: string | undefined; readonly at: SourceNode | undefined } | undefined => {
    for (const prefix of ['', 'PGBOUNCER_']) {
      const variable = variables.get(prefix + name.toUpperCase());
      if (variable) return { text: variable.value, at: variable.at as SourceNode };
    }
    const text = new RegExp(`^[ \\t]*${name}[ \\t]*=[ \\t]*(\\S+)`, 'im').exec(file?.text() ?? '')?.[1];
    return text === undefined ? undefined : { text, at: file };
  };
  const number = (name: string, fallback: number) => {
    const written = read(name);
    const count = written ? Number(written.text) : open ? Number.NaN : fallback;
    return { count: Number.isInteger(count) && count > 0 ? count : undefined, at: written?.at };
  };
  const replicas = replicasOf(workload);
  const clients = number('max_client_conn', POOLER_CLIENTS);
  const pool = number('default_pool_size', POOLER_POOL);
  const host =
    read('db_host')?.text ??
    variables.get('POSTGRESQL_HOST')?.value ??
    readDatabaseAddress(read('database_url')?.text ?? '')?.host ??
    /^\s*[^;#=\n]+=.*\bhost=([^\s]+)/m.exec(file?.text() ?? '')?.[1];
  return {
    resource,
    name: describeOther(resource),
    limit:
      clients.count === undefined || replicas === undefined
        ? undefined
        : { setting: 'max_client_conn', count: clients.count * replicas, at: clients.at, reserved: 0 },
    ...(host !== undefined && { behind: { host, connections: pool.count, at: pool.at } }),
  };
}
