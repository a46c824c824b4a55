import type { Place } from '../../text/sourceNode.ts';
import type { Resource } from '../resource.ts';

/** Something that admits connections of clients: a database, or a pooler in front of one. */
export interface DatabaseServer {
  readonly resource: Resource;
  /** What a message calls it: `StatefulSet orders-db`, `aws_db_instance ledger`, `Deployment pgbouncer`. */
  readonly name: string;
  /** The most connections that it admits; undefined where it cannot be known. */
  readonly limit: ConnectionLimit | undefined;
  /** For a pooler: what it opens itself. */
  readonly behind?: PooledServer;
}

export interface ConnectionLimit {
  /** `max_connections`, `max_client_conn`. */
  readonly setting: string;
  readonly count: number;
  /** Undefined for the default of the server. */
  readonly at: Place | undefined;
  /** Connections that the server keeps for its administrators. */
  readonly reserved: number;
}

/** The connections of a pooler to the database behind it. */
export interface PooledServer {
  readonly host: string;
  /** Of one pod of the pooler; undefined where it cannot be known. */
  readonly connections: number | undefined;
  readonly at: Place | undefined;
}
