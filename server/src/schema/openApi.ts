import { contextOf } from './customResources.ts';
import { type JsonSchemaContext, schemaFromJson } from './jsonSchema.ts';
import { ANYTHING, Schema } from './schema.ts';
import type { ResourceSchema, SchemaIndex } from './schemaIndex.ts';

const REFERENCE = '#/components/schemas/';
const QUANTITY = 'io.k8s.apimachinery.pkg.api.resource.Quantity';

/**
 * The kinds of one OpenAPI v3 document of an API server (`/openapi/v3/apis/apps/v1`). A document of another shape gives
 * none; a schema is read when it is used, and once.
 *
 * @param document the parsed JSON
 * @param source the cluster's context, for messages
 */
export function openApiSchemas(document: unknown, index: SchemaIndex, source: string): ResourceSchema[] {
  const schemas = property(property(document, 'components'), 'schemas');
  if (typeof schemas !== 'object' || schemas === null) return [];
  const read = new Map<string, Schema>();
  const context: JsonSchemaContext = { objectMeta: contextOf(index).objectMeta, resolve };

  function resolve(reference: string): Schema | undefined {
    if (!reference.startsWith(REFERENCE)) return undefined;
    const name = reference.slice(REFERENCE.length);
    const known = read.get(name);
    if (known) return known;
    if (name === QUANTITY) return new Schema({ type: 'quantity' });
    // Two schemas that only refer to each other would never end.
    read.set(name, ANYTHING);
    const schema = schemaFromJson(property(schemas, name), context);
    read.set(name, schema);
    return schema;
  }

  return Object.entries(schemas).flatMap(([name, schema]) => {
    const types = property(schema, 'x-kubernetes-group-version-kind');
    // A schema that stands for many kinds (DeleteOptions, WatchEvent) is none of an object.
    if (!Array.isArray(types) || types.length !== 1) return [];
    const { group, version, kind } = types[0] as { group?: unknown; version?: unknown; kind?: unknown };
    if (typeof version !== 'string' || typeof kind !== 'string') return [];
    const apiVersion = typeof group === 'string' && group !== '' ? `${group}/${version}` : version;
    return [
      {
        apiVersion,
        kind,
        origin: 'cluster' as const,
        source,
        get schema() {
          return resolve(REFERENCE + name) ?? ANYTHING;
        },
      },
    ];
  });
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
