import { formatFault } from '../../server/src/schema/formats.ts';
import { matchesPattern } from '../../server/src/schema/patterns.ts';
import type { EncodedSchema, SchemaBundle } from '../../server/src/schema/schemaBundle.ts';

type Json = unknown;

/** A sequence of numbers in [0, 1) that a seed determines (mulberry32). */
export function randomSequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 4294967296;
  };
}

const SAMPLES = [
  'example',
  'a',
  '10s',
  '5m',
  '1h0m0s',
  '10',
  '10%',
  '1Gi',
  '1GB',
  'http://example.com',
  'https://example.com/a',
  'example.com',
  'example.com/path',
  '*.example.com',
  'Example',
  '10.0.0.0/8',
  '2026-01-31T10:00:00Z',
  'YWJj',
  '12:30',
  '* * * * *',
  'monday',
  'january',
  '2026',
  '123456789012',
  'ami-0a',
  'sg-0a',
  'subnet-0a',
  'file.yaml',
];

/** Writes manifests that are mostly valid for a schema of the bundle. */
export class ManifestWriter {
  readonly #schemas: readonly EncodedSchema[];
  readonly #random: () => number;
  readonly #nulls: boolean;

  constructor(bundle: SchemaBundle, random: () => number, nulls: boolean) {
    this.#schemas = bundle.schemas;
    this.#random = random;
    this.#nulls = nulls;
  }

  resource(apiVersion: string, kind: string, schema: number): Record<string, Json> {
    const value = this.value(schema, 0) as Record<string, Json>;
    const { status: _, ...rest } = value;
    return { ...rest, apiVersion, kind, metadata: { ...(rest['metadata'] as object), name: 'example' } };
  }

  value(id: number, depth: number): Json {
    const schema = this.#schemas[id]!;
    if (schema.enum) return this.#pick(schema.enum);
    switch (schema.type) {
      case 'integer':
      case 'number':
        return (schema.minimum ?? 1) + Math.floor(this.#random() * 3);
      case 'boolean':
        return this.#random() < 0.5;
      case 'int-or-string':
        return this.#random() < 0.5 ? 1 : this.#text(schema);
      case 'quantity':
        return this.#random() < 0.5 ? 1 : '1Gi';
      case 'string':
        return this.#text(schema);
      case 'array':
        return this.#list(schema, depth);
      default:
        return schema.fields || schema.values !== undefined || schema.type === 'object'
          ? this.#map(schema, depth)
          : 'any';
    }
  }

  #list(schema: EncodedSchema, depth: number): Json[] {
    if (schema.items === undefined) return [];
    const least = schema.minItems ?? 0;
    const most = schema.listKeys ? 1 : depth > 5 ? least : least + 2;
    const length = least + Math.floor(this.#random() * (most - least + 1));
    return Array.from({ length }, () => this.value(schema.items!, depth + 1));
  }

  #map(schema: EncodedSchema, depth: number): Record<string, Json> {
    const value: Record<string, Json> = {};
    const { fields = [], required = [] } = schema;
    const chance = depth > 6 ? 0 : depth > 3 ? 0.15 : 0.4;
    for (let index = 0; index < fields.length; index += 3) {
      const name = String(fields[index]);
      if (!required.includes(name) && this.#random() >= chance) continue;
      const plain = !schema.oneOf && !schema.anyOf && schema.not === undefined;
      const empty = this.#nulls && plain && this.#random() < 0.05;
      value[name] = empty ? null : this.value(Number(fields[index + 1]), depth + 1);
    }
    if (schema.values !== undefined && (depth < 6 || schema.minProperties)) {
      for (const key of ['key-a', 'key-b']) {
        if (schema.minProperties || this.#random() < 0.5) value[key] = this.value(schema.values, depth + 1);
      }
    }
    return value;
  }

  #text(schema: EncodedSchema): string {
    const fitting = SAMPLES.filter(
      (text) =>
        text.length >= (schema.minLength ?? 0) &&
        text.length <= (schema.maxLength ?? Infinity) &&
        (schema.pattern === undefined || matchesPattern(schema.pattern, text) === true) &&
        (schema.format === undefined || formatFault(schema.format, text) === undefined),
    );
    return fitting.length > 0 ? this.#pick(fitting) : 'none';
  }

  #pick<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.#random() * items.length)]!;
  }
}

/** Changes one place of a manifest, mostly for the worse. */
export function mutate(manifest: Record<string, Json>, random: () => number): void {
  const places: { holder: Record<string | number, Json>; key: string | number }[] = [];
  collect(manifest, places);
  const inner = places.filter(({ holder, key }) => holder !== manifest || !FIXED.has(String(key)));
  const place = inner[Math.floor(random() * inner.length)];
  if (!place) return;
  const { holder, key } = place;
  const replaceBy = (value: Json) => () => {
    holder[key] = value;
  };
  const changes: (() => void)[] = [
    () => {
      if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else delete holder[key];
    },
    () => {
      if (!Array.isArray(holder)) holder['unknownField'] = 1;
    },
    () => {
      if (Array.isArray(holder) || holder['metadata'] !== undefined) return;
      const value = holder[key];
      delete holder[key];
      holder[`${key}s`] = value;
    },
    replaceBy('NotAValue'),
    replaceBy(42.5),
    replaceBy(-7),
    replaceBy(2 ** 40),
    replaceBy(true),
    replaceBy('-'),
    replaceBy([]),
    replaceBy({}),
    replaceBy([{ a: 1 }]),
    replaceBy({ a: 'b' }),
  ];
  changes[Math.floor(random() * changes.length)]!();
}

/** What must stay so that the manifest is still one of its kind, with a name that both sides accept. */
const FIXED = new Set(['apiVersion', 'kind', 'metadata']);

function collect(value: Json, places: { holder: Record<string | number, Json>; key: string | number }[]): void {
  if (typeof value !== 'object' || value === null) return;
  const holder = value as Record<string | number, Json>;
  for (const key of Array.isArray(value) ? value.keys() : Object.keys(value)) {
    if (key !== 'name') places.push({ holder, key });
    collect(holder[key], places);
  }
}
