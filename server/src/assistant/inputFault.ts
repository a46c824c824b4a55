import { Ajv2020 } from 'ajv/dist/2020.js';
import type { JsonObjectSchema } from '../../../protocol/assistantTools.ts';

const ajv = new Ajv2020({ allErrors: false });

/** What is wrong with the input of a tool, in words; undefined where it is as its schema says. */
export function inputFault(input: unknown, schema: JsonObjectSchema): string | undefined {
  const validate = ajv.compile(schema);
  if (validate(input)) return undefined;
  const [error] = validate.errors ?? [];
  const field = error?.instancePath.replace(/^\//, '') || 'it';
  const extra: unknown = error?.params['additionalProperty'] ?? error?.params['allowedValues'];
  return `${field} ${error?.message ?? 'does not fit'}${extra === undefined ? '' : `: ${[extra].flat().join(', ')}`}`;
}
