import { Ajv, type ErrorObject, MissingRefError, type Options, type ValidateFunction } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { LinearPattern } from '../../schema/linearPattern.ts';
import type { SourceText } from '../../text/sourceText.ts';

/** A values.schema.json made ready, or why it cannot be. */
export type ValuesValidator =
  | { readonly status: 'ready'; readonly validate: (values: unknown) => readonly ErrorObject[] }
  /** It refers to schemas elsewhere, which are not fetched. */
  | { readonly status: 'unknown' }
  /** `path` is where in the schema. */
  | { readonly status: 'invalid'; readonly path: readonly string[]; readonly message: string };

/** Patterns come from files that nobody vouches for, so they are matched in linear time. */
function options(onUnreadPattern: () => void): Options {
  const regExp = Object.assign(
    (pattern: string) => {
      const compiled = LinearPattern.compile(pattern);
      if (!compiled) onUnreadPattern();
      return { test: (text: string) => compiled?.test(text) ?? true };
    },
    { code: '' },
  );
  return {
    allErrors: true,
    strict: false,
    validateFormats: false,
    validateSchema: false,
    inlineRefs: false,
    logger: false,
    code: { regExp } as unknown as NonNullable<Options['code']>,
  };
}

const VALIDATORS = new WeakMap<SourceText, ValuesValidator>();

/** Compiles a values.schema.json, once for each version of its text. Formats are not checked: Helm's versions differ there. */
export function valuesValidator(source: SourceText): ValuesValidator {
  let validator = VALIDATORS.get(source);
  if (!validator) {
    validator = compile(source.text);
    VALIDATORS.set(source, validator);
  }
  return validator;
}

function compile(text: string): ValuesValidator {
  let schema: unknown;
  try {
    schema = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    // What the parser says of it differs between versions of Node.
    return { status: 'invalid', path: [], message: 'it is no JSON' };
  }
  if (typeof schema === 'boolean') schema = schema ? {} : { not: {} };
  if (typeof schema !== 'object' || schema === null) return { status: 'invalid', path: [], message: 'it is no object' };
  const { $schema: dialect = '', ...rest } = schema as Record<string, unknown>;
  const isOld = /draft-0?[346]/.test(String(dialect));
  const plain = isOld ? modernized(rest) : rest;
  const Validator = /2019-09/.test(String(dialect)) ? Ajv2019 : /draft-/.test(String(dialect)) ? Ajv : Ajv2020;
  // Without a dialect Helm's versions read different ones, and what is right in one of them is no fault.
  const dialects = dialect === '' ? [Ajv2020, Ajv] : [Validator];
  let fault: ValuesValidator = { status: 'unknown' };
  for (const Dialect of dialects) {
    let isRead = true;
    const ajv = new Dialect(
      options(() => {
        isRead = false;
      }),
    );
    const [problem] = isOld || ajv.validateSchema(plain) ? [] : (ajv.errors ?? []);
    if (problem) {
      const path = pointer(problem.instancePath);
      fault = { status: 'invalid', path, message: `${path.at(-1) ?? 'the schema'} ${problem.message}` };
      continue;
    }
    const validator = ready(ajv, plain);
    return isRead ? validator : { status: 'unknown' };
  }
  return fault;
}

function ready(ajv: Ajv, schema: object): ValuesValidator {
  let check: ValidateFunction;
  try {
    check = ajv.compile(schema);
  } catch (error) {
    if (!(error instanceof MissingRefError)) return { status: 'unknown' };
    const isLocal = error.missingRef.startsWith('#');
    if (!isLocal) return { status: 'unknown' };
    return { status: 'invalid', path: [], message: `nothing stands at ${error.missingRef}, which it refers to` };
  }
  return {
    status: 'ready',
    validate: (values) => (check(values) ? [] : (check.errors ?? [])),
  };
}

/** Draft 4 says `exclusiveMinimum: true` beside the minimum, and `id` for `$id`. */
function modernized(schema: unknown): object {
  if (Array.isArray(schema)) return schema.map((part) => (isObject(part) ? modernized(part) : part));
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(schema as object)) {
    if (key === '$schema' || (key === 'id' && typeof value === 'string')) continue;
    result[key] = isObject(value) ? modernized(value) : value;
  }
  for (const [exclusive, limit] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    if (typeof result[exclusive] !== 'boolean') continue;
    if (result[exclusive] === true) {
      result[exclusive] = result[limit];
      delete result[limit];
    } else delete result[exclusive];
  }
  return result;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** The segments of a JSON pointer. */
export function pointer(text: string): string[] {
  return text
    .split('/')
    .slice(1)
    .map((segment) => decodeURIComponent(segment).replaceAll('~1', '/').replaceAll('~0', '~'));
}
