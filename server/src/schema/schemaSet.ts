import type { ResourceKind, ResourceSchema, SchemaLayer } from './schemaIndex.ts';

/** A layer from a list of schemas, for what a workspace or a cluster defines. Of two for the same kind the last wins. */
export class SchemaSet implements SchemaLayer {
  readonly #schemas = new Map<string, ResourceSchema>();

  constructor(schemas: Iterable<ResourceSchema>) {
    for (const schema of schemas) this.#schemas.set(`${schema.apiVersion} ${schema.kind}`, schema);
  }

  find(apiVersion: string, kind: string): ResourceSchema | undefined {
    return this.#schemas.get(`${apiVersion} ${kind}`);
  }

  kinds(): Iterable<ResourceKind> {
    return this.#schemas.values();
  }
}
