import { describeOther, type Resource } from '../resource.ts';
import type { DatabaseServer } from './databaseServer.ts';
import { POSTGRES_DEFAULT, POSTGRES_RESERVED } from './serverDefaults.ts';

export const POSTGRES_CLUSTER = 'postgresql.cnpg.io/Cluster';
export const POSTGRES_POOLER = 'postgresql.cnpg.io/Pooler';

/** CloudNativePG's own defaults of a pooler, those of PgBouncer. */
const POOLER_CLIENTS = 100;
const POOLER_POOL = 20;

export function cloudNativeServer(cluster: Resource): DatabaseServer {
  const parameters = ['spec', 'postgresql', 'parameters'];
  const written = cluster.root.find(...parameters, 'max_connections');
  const count = written ? Number(written.text()) : POSTGRES_DEFAULT;
  const isKnown = written ? Number.isInteger(count) : cluster.root.lacks(...parameters, 'max_connections');
  const limit = { setting: 'max_connections', count, at: written, reserved: POSTGRES_RESERVED };
  return { resource: cluster, name: describeOther(cluster), limit: isKnown ? limit : undefined };
}

export function poolerServer(pooler: Resource): DatabaseServer {
  const number = (key: string, fallback: number): number | undefined => {
    const path = ['spec', 'pgbouncer', 'parameters', key];
    const written = pooler.root.find(...path);
    const count = written ? Number(written.text()) : fallback;
    return Number.isInteger(count) && (written || pooler.root.lacks(...path)) ? count : undefined;
  };
  const clients = number('max_client_conn', POOLER_CLIENTS);
  const cluster = pooler.root.text('spec', 'cluster', 'name');
  const instances = pooler.root.number('spec', 'instances') ?? (pooler.root.lacks('spec', 'instances') ? 1 : undefined);
  const at = pooler.root.find('spec', 'pgbouncer', 'parameters', 'max_client_conn');
  const limit =
    clients === undefined || instances === undefined
      ? undefined
      : { setting: 'max_client_conn', count: clients * instances, at, reserved: 0 };
  return {
    resource: pooler,
    name: describeOther(pooler),
    limit,
    ...(cluster !== undefined && {
      behind: {
        host: `${cluster}-${pooler.root.text('spec', 'type') ?? 'rw'}`,
        connections: number('default_pool_size', POOLER_POOL),
        at: pooler.root.find('spec', 'pgbouncer', 'parameters', 'default_pool_size'),
      },
    }),
  };
}
