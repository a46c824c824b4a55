import { openApiSchemas } from './openApi.ts';
import type { ResourceKind, ResourceSchema, SchemaIndex, SchemaLayer } from './schemaIndex.ts';
import { SchemaSet } from './schemaSet.ts';

const NOTHING = new SchemaSet([]);

/**
 * The kinds of the cluster that the user chose, as its API server describes them: its own version of the built-in kinds
 * and every custom resource that is installed. Empty until it is told. The one layer that changes.
 */
export class ClusterSchemas implements SchemaLayer {
  #set = NOTHING;
  #version = 0;

  get version(): number {
    return this.#version;
  }

  find(apiVersion: string, kind: string): ResourceSchema | undefined {
    return this.#set.find(apiVersion, kind);
  }

  kinds(): Iterable<ResourceKind> {
    return this.#set.kinds();
  }

  /**
   * Takes over the OpenAPI v3 documents of a cluster in place of what was known; none forgets it. Gives the number of
   * kinds. A document that is none is passed over.
   *
   * @param index gives the schema of ObjectMeta
   * @param context the name of the cluster's context, for people
   */
  replace(documents: readonly unknown[], index: SchemaIndex, context: string): number {
    this.#set = new SchemaSet(documents.flatMap((document) => openApiSchemas(document, index, context)));
    this.#version++;
    return [...this.#set.kinds()].length;
  }
}
