import document from '../../../schemas/slipway.schema.json' with { type: 'json' };
import { schemaFromJson } from '../schema/jsonSchema.ts';
import { ANYTHING, type Schema } from '../schema/schema.ts';
import type { ResourceSchema } from '../schema/schemaIndex.ts';

const definitions: Readonly<Record<string, unknown>> = document.definitions;
const read = new Map<string, Schema>();

const context = {
  resolve(reference: string): Schema | undefined {
    const name = reference.replace(/^#\/definitions\//, '');
    if (!Object.hasOwn(definitions, name)) return undefined;
    let schema = read.get(name);
    if (!schema) {
      schema = schemaFromJson(definitions[name], context);
      read.set(name, schema);
    }
    return schema;
  },
  objectMeta: ANYTHING,
};

/** The schema of `slipway.yaml`, the same that other editors get. */
export const CONFIGURATION_SCHEMA: ResourceSchema = {
  apiVersion: '',
  kind: '',
  origin: 'workspace',
  source: 'Slipway',
  schema: schemaFromJson(document, context),
};
