import type { ClusterSchemas } from '../schema/clusterSchemas.ts';
import type { SchemaIndex } from '../schema/schemaIndex.ts';

/** Where the schemas of a session come from, beside the workspace itself. */
export interface KnownSchemas {
  readonly bundle: SchemaIndex;
  /** A layer of the index that every feature asks. */
  readonly cluster: ClusterSchemas;
  /**
   * Takes the printed schemas of a folder's Terraform providers from a file, or forgets them, and gives their number.
   * Rejects where the file cannot be read or holds something else.
   */
  installProviders(folder: string, file: string | undefined): Promise<number>;
}
