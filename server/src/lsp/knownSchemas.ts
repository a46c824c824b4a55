import type { ClusterSchemas } from '../schema/clusterSchemas.ts';
import type { SchemaIndex } from '../schema/schemaIndex.ts';

/** Where the schemas of a session come from, beside the workspace itself. */
export interface KnownSchemas {
  readonly bundle: SchemaIndex;
  /** A layer of the index that every feature asks. */
  readonly cluster: ClusterSchemas;
}
