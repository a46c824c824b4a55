import { readFileSync } from 'node:fs';
import type { SchemaBundle } from '../../server/src/schema/schemaBundle.ts';
import { bundleAsJsonSchema } from '../schema/bundleAsJsonSchema.ts';

/**
 * One JSON schema of all bundled kinds, chosen between by `apiVersion` and `kind`: the form in which schemas of Kubernetes
 * are published for servers that know JSON schema only.
 */
export function manifestSchema(bundleFile: string): object {
  const bundle = JSON.parse(readFileSync(bundleFile, 'utf8')) as SchemaBundle;
  const { $defs } = bundleAsJsonSchema(bundle);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $defs,
    oneOf: bundle.kinds.map(([apiVersion, kind, schema]) => ({
      required: ['apiVersion', 'kind'],
      properties: { apiVersion: { enum: [apiVersion] }, kind: { enum: [kind] } },
      allOf: [{ $ref: `#/$defs/${schema}` }],
    })),
  };
}
