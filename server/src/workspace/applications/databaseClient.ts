import type { Place } from '../../text/sourceNode.ts';
import type { Resource } from '../resource.ts';
import type { ResourceGraph } from '../resourceGraph.ts';
import type { DatabaseAddress } from './databaseAddress.ts';
import type { RunningSource } from './sourceFolders.ts';

/** A number of which a sum is made, and where it is set. */
export interface CountedSetting {
  readonly count: number;
  /** Undefined for a default that nothing writes. */
  readonly at: Place | undefined;
  readonly resource: Resource | undefined;
  /** As a message names it: `maximum-pool-size`, `Max Pool Size`, `workers`. */
  readonly name: string;
}

/** A process of a workload that keeps a pool of connections to a database. */
export interface DatabaseClient {
  /** The pattern that speaks of it: `spring-data`, `flask-sqlalchemy`, `aspire-efcore`, `rust-sqlx`. */
  readonly stack: string;
  readonly running: RunningSource;
  /** The most connections of one pool, overflow included; undefined where it cannot be known. */
  readonly pool: CountedSetting | undefined;
  /** Processes of one pod that have such a pool each; undefined where it cannot be known. */
  readonly processes: CountedSetting | undefined;
  readonly address: DatabaseAddress | undefined;
  /** Where the address is written. */
  readonly addressAt: { readonly at: Place; readonly resource: Resource } | undefined;
}

/** Finds the clients of one stack. Pure: everything is asked of the graph. */
export type DatabaseClientFinder = (graph: ResourceGraph) => Iterable<DatabaseClient>;
