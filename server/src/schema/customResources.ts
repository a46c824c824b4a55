import type { SourceNode } from '../text/sourceNode.ts';
import { type JsonSchemaContext, MAY_HOLD_MORE, schemaFromJson } from './jsonSchema.ts';
import { ANYTHING, Schema, type SchemaField } from './schema.ts';
import type { ResourceSchema, SchemaIndex, SchemaOrigin } from './schemaIndex.ts';

/** Definitions are long and rarely edited: what was read of one is kept for as long as its text stands. */
const readSchemas = new WeakMap<SourceNode, Schema>();

/**
 * The kinds that a CustomResourceDefinition defines, one per version, served or not. A definition that is not complete
 * enough to be understood (half-typed, templated names) gives none. Nothing of the schema is read before it is used.
 *
 * @param root a document of kind CustomResourceDefinition, v1 or v1beta1
 * @param index gives the schema of ObjectMeta
 */
export function customResourceSchemas(
  root: SourceNode,
  index: SchemaIndex,
  origin: SchemaOrigin,
  source: string,
): ResourceSchema[] {
  const group = root.text('spec', 'group');
  const kind = root.text('spec', 'names', 'kind');
  if (!group || !kind) return [];
  const scope = root.text('spec', 'scope');
  const shared = root.find('spec', 'validation', 'openAPIV3Schema');
  const keepsUnknown = root.boolean('spec', 'preserveUnknownFields') === true;
  const versions = (root.find('spec', 'versions')?.items ?? []).flatMap((version) => {
    const name = version.text('name');
    const deprecation = version.boolean('deprecated') === true ? (version.text('deprecationWarning') ?? '') : undefined;
    return name ? [{ name, deprecation, schema: version.find('schema', 'openAPIV3Schema') ?? shared }] : [];
  });
  const only = root.text('spec', 'version');
  if (versions.length === 0 && only) versions.push({ name: only, deprecation: undefined, schema: shared });
  return versions.map(({ name, deprecation, schema }) => {
    return {
      apiVersion: `${group}/${name}`,
      kind,
      origin,
      source,
      ...(scope && { namespaced: scope === 'Namespaced' }),
      ...(deprecation !== undefined && { deprecation }),
      get schema() {
        if (!schema) return ANYTHING;
        let read = readSchemas.get(schema);
        if (!read) {
          read = rootSchema(schemaValue(schema), keepsUnknown, contextOf(index));
          readSchemas.set(schema, read);
        }
        return read;
      },
    };
  });
}

/** The API server adds apiVersion, kind and metadata to every custom resource, whatever the definition says of them. */
export function rootSchema(value: unknown, keepsUnknown: boolean, context: JsonSchemaContext): Schema {
  const written = schemaFromJson(value, context);
  const fields = new Map<string, SchemaField>();
  const text = new Schema({ type: 'string' });
  for (const name of ['apiVersion', 'kind']) fields.set(name, { name, schema: text, required: true, text: '' });
  fields.set('metadata', {
    name: 'metadata',
    schema: context.objectMeta,
    required: false,
    text: context.objectMeta.text,
  });
  for (const field of written.fields.values()) if (!fields.has(field.name)) fields.set(field.name, field);
  const { oneOf, anyOf, allOf, not } = written.branches ?? {};
  return new Schema(
    { ...written.keywords, open: keepsUnknown || written.keywords.open === true || written.fields.size === 0 },
    {
      fields: () => fields,
      ...(oneOf && { oneOf: () => oneOf }),
      ...(anyOf && { anyOf: () => anyOf }),
      ...(allOf && { allOf: () => allOf }),
      ...(not && { not: () => not }),
      text: () => written.text,
    },
  );
}

/** What reading a definition's schema needs from the kinds that are already known. */
export function contextOf(index: SchemaIndex): JsonSchemaContext {
  const pod = index.forResource('v1', 'Pod');
  return { resolve: () => undefined, objectMeta: pod?.schema.fields.get('metadata')?.schema ?? ANYTHING };
}

/** The node as plain value, with a mark where a template may add to it. */
function schemaValue(node: SourceNode): unknown {
  switch (node.kind) {
    case 'scalar':
      return node.scalar;
    case 'list': {
      const items = node.items.map(schemaValue);
      return node.open ? Object.assign(items, { [MAY_HOLD_MORE]: true }) : items;
    }
    case 'map': {
      const value: Record<string | symbol, unknown> = {};
      for (const entry of node.entries) if (entry.key !== undefined) value[entry.key] = schemaValue(entry);
      if (node.open) value[MAY_HOLD_MORE] = true;
      return value;
    }
    case 'unknown':
      return undefined;
  }
}
